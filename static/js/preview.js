// In a preview: shows and hides what depends on what is chosen, and saves nothing.
const form = document.querySelector("form[data-preview]");
let latest = 0;

form?.addEventListener("change", async () => {
  const mine = ++latest;
  const response = await fetch(location.href, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
  });
  if (!response.ok || mine !== latest) return;
  document.dispatchEvent(new CustomEvent("answer:saved", { detail: await response.json() }));
});
