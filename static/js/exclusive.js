// "None of these" and "I do not know" exclude the other answers of their question.
document.addEventListener("input", ({ target }) => {
  const options = target.closest(".options");
  const chosen = target.type === "checkbox" ? target.checked : target.type === "text" && target.value;
  if (!options || !chosen) return;
  const alone = "alone" in target.dataset;
  for (const other of options.querySelectorAll("input")) {
    if (other === target || !(alone || "alone" in other.dataset)) continue;
    if (other.type === "checkbox") other.checked = false;
    else other.value = "";
  }
});
