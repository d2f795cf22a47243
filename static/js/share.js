// Hands a link to the phone's own list of ways to send it, where the phone has one.
for (const button of document.querySelectorAll("[data-share]")) {
  const field = document.getElementById(button.dataset.share);
  button.hidden = !navigator.share;
  // Whoever closes that list again has sent nothing, which is no fault.
  button.addEventListener("click", () => navigator.share({ url: field.value }).catch(() => {}));
}
