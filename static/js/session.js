// Follows the steps of a session: asks for one number, and draws the page anew when it has changed.
// What somebody is filling in stays; then a line says that the room went on.
const shown = document.querySelector("[data-session-state]");
const EVERY = 2_000;
let steps = shown?.dataset.steps;
let clock;

const json = (address) =>
  fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(EVERY * 2) }).then((sent) => sent.json());

const isTyping = () => [...shown.querySelectorAll("form[data-kept] :checked, form[data-kept] textarea")].some((field) => field.checked ?? field.value);

const draw = async () => {
  const page = await fetch(location.href, { signal: AbortSignal.timeout(EVERY * 4) }).then((sent) => sent.text());
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-session-state]");
  if (!fresh) return location.reload();
  shown.replaceChildren(...fresh.childNodes);
  steps = fresh.dataset.steps;
  shown.querySelector("[autofocus]")?.focus();
  keepTime();
};

const follow = async () => {
  try {
    const now = `${(await json(shown.dataset.sessionState)).steps}`;
    if (now !== steps) {
      if (isTyping()) document.querySelector("[data-went-on]").hidden = false;
      else await draw();
    }
  } catch {
    // Without a connection it is asked again.
  }
  setTimeout(follow, EVERY);
};

const keepTime = () => {
  clearInterval(clock);
  const left = shown.querySelector("[data-ends]");
  if (!left) return;
  const tick = () => {
    const seconds = Math.max(0, Math.round((new Date(left.dataset.ends) - Date.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, "0")}`;
    if (seconds) return;
    clearInterval(clock);
    shown.querySelector("[data-time-over]").hidden = false;
  };
  clock = setInterval(tick, 1000);
  tick();
};

if (shown) {
  keepTime();
  setTimeout(follow, EVERY);
}
