// Leaving and erasing take along what waits on this device (static/js/unsent.js): on the page that comes once the
// server has ended it, so a leaving that is called off or fails takes nothing. Time does so as well.
const LONGEST = 14 * 24 * 60 * 60 * 1000;

const waiting = () => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith("unsent:"));
  } catch {
    return []; // The browser keeps nothing, and the scripts after this one go on.
  }
};

const since = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key)).at ?? 0;
  } catch {
    return 0;
  }
};

const left = document.querySelector("[data-left-device]")?.dataset.leftDevice;
const isLeft = (key) => left && key.startsWith(`unsent:${left}`);
for (const key of waiting()) if (isLeft(key) || Date.now() - since(key) > LONGEST) localStorage.removeItem(key);
