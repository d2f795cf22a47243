// Beside a list of codes: a list of what can be named, which adds a line.
"use strict";
window.addEventListener("load", () => {
  function option(value, words) {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = words;
    return made;
  }

  function names(field, code) {
    return field.value.split("\n").some((line) => line.trim().split(/[\s,;]/)[0] === code);
  }

  for (const field of document.querySelectorAll("textarea[data-names]")) {
    const list = document.createElement("select");
    list.className = "add-code";
    list.setAttribute("aria-label", field.dataset.add);
    list.append(option("", field.dataset.add));
    for (const [code, words] of JSON.parse(field.dataset.names)) list.append(option(code, words));
    list.addEventListener("change", () => {
      const chosen = list.selectedOptions[0];
      if (chosen.value && !names(field, chosen.value)) {
        field.value = [field.value.trimEnd(), chosen.textContent].filter(Boolean).join("\n");
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      list.value = "";
    });
    const box = document.createElement("div");
    box.className = "codes";
    field.replaceWith(box);
    box.append(field, list);
  }
});
