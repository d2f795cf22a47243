// Opens a term's definition in place; Escape closes it, and any open explanation, again.
let page;

const definition = async (link) => {
  page ??= fetch(link.pathname)
    .then((response) => response.text())
    .then((text) => new DOMParser().parseFromString(text, "text/html"));
  const term = (await page).getElementById(link.hash.slice(1));
  return term?.nextElementSibling?.textContent.trim();
};

const close = (link) => {
  link.nextElementSibling?.matches(".meaning") && link.nextElementSibling.remove();
  link.removeAttribute("aria-expanded");
};

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.term");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.hasAttribute("aria-expanded")) return close(link);
  const text = await definition(link).catch(() => "");
  if (!text) return location.assign(link.href);
  const meaning = document.createElement("span");
  meaning.className = "meaning";
  meaning.setAttribute("role", "status");
  meaning.textContent = text;
  link.after(meaning);
  link.setAttribute("aria-expanded", "true");
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const link = event.target.closest("a.term[aria-expanded]");
  if (link) close(link);
  const details = event.target.closest("details.aside[open]");
  if (!link && details && !event.target.matches("textarea")) {
    details.open = false;
    details.querySelector("summary").focus();
  }
});
