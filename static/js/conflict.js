// Two people changed one answer: both values are shown, and this person chooses.
const template = document.querySelector("template[data-autosave]");

const wordsOf = (question, code) => {
  const words = [...question.querySelectorAll(".options :checked")].map((input) =>
    (input.labels?.[0] ?? input).textContent.trim(),
  );
  const typed = question.querySelector(".options :is(input[type=text], textarea)")?.value;
  const note = question.querySelector(`[name="${code}-note"]`)?.value;
  return [...words, typed, note].filter(Boolean).join("\n");
};

const take = (question, code, theirs) => {
  for (const input of question.querySelectorAll(`[name="${code}"]`)) {
    if (/radio|checkbox/.test(input.type)) input.checked = theirs.value.includes(input.value);
    else input.value = theirs.value.find((value) => !/^(dont_know|not_applicable)$/.test(value)) ?? "";
  }
  const note = question.querySelector(`[name="${code}-note"]`);
  if (note) note.value = theirs.note ?? "";
};

document.addEventListener("answer:fill", ({ target, detail }) => take(target, target.dataset.code, detail));

document.addEventListener("answer:conflict", ({ target: question, detail: theirs }) => {
  const code = question.dataset.code;
  question.querySelector(".conflict")?.remove();
  const panel = template.content.firstElementChild.cloneNode(true);
  panel.querySelector(".theirs").textContent = [theirs.text, theirs.note].filter(Boolean).join("\n");
  panel.querySelector(".mine").textContent = wordsOf(question, code);
  panel.addEventListener("click", ({ target }) => {
    const keep = target.dataset.keep;
    if (!keep) return;
    if (keep === "theirs") take(question, code, theirs);
    panel.remove();
    question.querySelector("input, textarea, select").focus();
    question.dispatchEvent(new CustomEvent("answer:resolved", { bubbles: true, detail: { keep } }));
  });
  question.querySelector(".options").before(panel);
  panel.querySelector("button").focus();
});
