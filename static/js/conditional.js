// Shows and hides the questions that depend on the answer just saved.
document.addEventListener("answer:saved", ({ detail }) => {
  for (const [code, shown] of Object.entries(detail.shown ?? {})) {
    const question = document.querySelector(`[data-code="${CSS.escape(code)}"]`);
    if (question) question.hidden = !shown;
  }
});
