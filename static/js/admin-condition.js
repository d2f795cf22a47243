// Beside a condition: says at once what it means or what is wrong, and inserts codes at the cursor.
"use strict";
window.addEventListener("load", () => {
  const PAUSE = 400;
  const FIELD = "[data-condition]:not([name*='__prefix__'])";
  const lists = new Map();

  async function tell(field, line) {
    const text = field.value.trim();
    if (!text) return line.replaceChildren();
    const address = new URL(field.dataset.condition, location.href);
    address.searchParams.set("text", text);
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (!response.ok || text !== field.value.trim()) return;
    const { faults, words } = await response.json();
    line.classList.toggle("is-wrong", faults.length > 0);
    line.textContent = faults.length ? faults.join(" ") : words;
  }

  function list(address) {
    if (!lists.has(address)) {
      lists.set(address, fetch(address).then((response) => response.text()).then((html) => {
        const page = new DOMParser().parseFromString(html, "text/html");
        return page.getElementById("codes");
      }));
    }
    return lists.get(address);
  }

  function button(code, field) {
    const made = document.createElement("button");
    made.type = "button";
    made.append(code.cloneNode(true));
    made.addEventListener("click", () => {
      field.setRangeText(code.textContent, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    return made;
  }

  async function open(panel, field) {
    if (panel.childElementCount > 1) return;
    const codes = await list(field.dataset.codes);
    if (!codes) return;
    const own = codes.cloneNode(true);
    own.removeAttribute("id");
    for (const code of own.querySelectorAll("[data-insert]")) code.replaceWith(button(code, field));
    panel.append(own);
  }

  function help(field) {
    if (field.dataset.helped) return;
    field.dataset.helped = "yes";
    const line = document.createElement("p");
    line.className = "condition-words";
    line.setAttribute("role", "status");
    const panel = document.createElement("details");
    const title = document.createElement("summary");
    title.textContent = field.dataset.title;
    panel.className = "condition-codes";
    panel.append(title);
    panel.addEventListener("toggle", () => open(panel, field));
    const box = document.createElement("div");
    box.className = "condition";
    for (const link of document.querySelectorAll(`a[href="${field.dataset.codes}"]`)) link.remove();
    field.replaceWith(box);
    box.append(field, line, panel);
    let timer;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => tell(field, line), PAUSE);
    });
    tell(field, line);
  }

  document.querySelectorAll(FIELD).forEach(help);
  document.addEventListener("formset:added", ({ target }) => target.querySelectorAll(FIELD).forEach(help));
});
