// The page of a translator: the browser asks before typed texts are left, and a word of the glossary is put where the
// cursor stands.
"use strict";
window.addEventListener("load", () => {
  const form = document.querySelector("form[data-typed]");
  if (!form) return;
  const isUnsaved = (one) => "unsaved" in one.dataset || one.value !== one.defaultValue;
  const ask = (event) => {
    if ([...form.querySelectorAll("textarea")].some(isUnsaved)) event.preventDefault();
  };
  addEventListener("beforeunload", ask);
  form.addEventListener("submit", () => removeEventListener("beforeunload", ask));

  for (const word of form.querySelectorAll(".text:has(textarea) .words strong")) {
    const button = document.createElement("button");
    button.type = "button";
    button.lang = word.lang;
    button.textContent = word.textContent;
    button.addEventListener("click", () => {
      const area = button.closest(".text").querySelector("textarea");
      area.setRangeText(button.textContent, area.selectionStart, area.selectionEnd, "end");
      area.focus();
    });
    word.replaceWith(button);
  }
});
