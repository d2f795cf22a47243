// Shows and puts away the questions that depend on the answer just saved. What is in sight is not
// taken from under the finger: it says that it is no longer asked, and goes when it is out of sight.
const words = document.querySelector("template[data-autosave]")?.dataset;
const away = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting && !target.contains(document.activeElement)) target.hidden = true;
  }
});

document.addEventListener("answer:saved", ({ detail }) => {
  for (const [code, shown] of Object.entries(detail.shown ?? {})) {
    const question = document.querySelector(`[data-code="${CSS.escape(code)}"]`);
    if (!question || shown === !(question.hidden || "away" in question.dataset)) continue;
    question.querySelector(".save-state").textContent = shown ? "" : words?.away;
    if (shown) {
      away.unobserve(question);
      delete question.dataset.away;
      question.hidden = false;
    } else {
      question.dataset.away = "";
      away.observe(question);
    }
  }
});
