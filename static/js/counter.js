// Says politely how many characters are left once a text comes near its limit, counted as the
// server counts them (instrument/plain_text.py: excess_length).
const words = document.querySelector("template[data-autosave]")?.dataset;
const NEAR = 500;

document.addEventListener("input", ({ target }) => {
  if (!words || !target.matches("textarea[data-limit]")) return;
  const left = target.dataset.limit - [...target.value.normalize()].length;
  let counter = target.nextElementSibling;
  if (!counter?.matches(".counter")) {
    if (left > NEAR) return;
    counter = document.createElement("p");
    counter.className = "counter";
    counter.setAttribute("aria-live", "polite");
    target.after(counter);
  }
  counter.hidden = left > NEAR;
  counter.classList.toggle("is-over", left < 0);
  counter.textContent = (left < 0 ? words.over : words.left).replace("{count}", Math.abs(left));
});
