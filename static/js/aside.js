// Escape closes an explanation that was opened in place.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target.matches("textarea")) return;
  const details = event.target.closest("details.aside[open]");
  if (!details) return;
  details.open = false;
  details.querySelector("summary").focus();
});
