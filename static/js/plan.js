// Takes advice into the plan where it stands; what goes wrong is sent as a plain form instead.
const template = document.querySelector("template[data-planned]");

const show = (key, line) => {
  for (const block of document.querySelectorAll(`[id="take-${key}"]`)) {
    const planned = template.content.firstElementChild.cloneNode(true);
    planned.querySelector("[data-facts]").textContent = line.facts ? ` · ${line.facts}` : "";
    for (const name of ["change", "open"]) planned.querySelector(`a[data-${name}]`).href = line[name];
    planned.querySelector("[data-what]").textContent = `: ${line.what}`;
    block.replaceChildren(planned);
  }
};

const besides = (lines) => {
  const list = document.querySelector("[data-plan]");
  list?.replaceChildren(...lines.map(({ what, who, due, open }) => {
    const line = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: open, dir: "auto", textContent: what });
    const facts = [who, due].map((text) => Object.assign(document.createElement("span"), { dir: "auto", textContent: text }));
    line.append(link, ...facts);
    return line;
  }));
  document.querySelector("[data-nothing-yet]")?.toggleAttribute("hidden", lines.length > 0);
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!template || !form.matches("[data-take]")) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  const reply = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(20_000),
  }).then((sent) => (sent.headers.get("Content-Type")?.includes("json") ? sent.json() : null), () => null);
  if (!reply) return form.submit();
  const [first] = Object.keys(reply.lines);
  for (const [key, line] of Object.entries(reply.lines)) show(key, line);
  besides(reply.plan);
  if (form.matches(".take-package")) form.remove();
  for (const count of document.querySelectorAll("[data-lines]")) count.textContent = reply.count;
  const place = document.getElementById(`take-${first}`);
  for (let closed = place?.closest("details:not([open])"); closed; closed = place.closest("details:not([open])")) closed.open = true;
  place?.focus({ preventScroll: true });
});
