// Copies a link; without a clipboard the text is selected for copying by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const state = button.closest(".private-link").querySelector("[data-done]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    const done = await (navigator.clipboard?.writeText(field.value).then(() => true, () => false) ?? document.execCommand("copy"));
    state.textContent = done ? state.dataset.done : state.dataset.failed;
  });
}
