// Answers that the server has not acknowledged yet are kept on this device, so that they outlive the
// page. Each goes when it is acknowledged; all of them when the answers are submitted, left or too old
// (leave.js). What belongs to this page is put back into it and sent by autosave.js; the rest from here.
const PREFIX = "unsent:";
const tab = Math.random();
const form = document.querySelector("form[data-answer-url]");
const notice = document.querySelector("[data-unsent-of]");
let sending = false;
let pressed = 0;
let leaving = false;

const keyOf = (code) => PREFIX + form.dataset.answerUrl.replace("CODE", code);
const questionOf = (key) =>
  form && [...form.querySelectorAll("[data-code]")].find(({ dataset }) => keyOf(dataset.code) === key);

const records = () => {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    return keys.map((key) => [key, JSON.parse(localStorage.getItem(key))]);
  } catch {
    return []; // Where the browser keeps nothing, pages say so: "kept on this page".
  }
};

const keep = ({ target: question, detail: body }) => {
  body.delete("csrfmiddlewaretoken");
  const record = { body: `${body}`, page: location.pathname, at: Date.now(), tab };
  try {
    localStorage.setItem(keyOf(question.dataset.code), JSON.stringify(record));
    question.dataset.unsent = "";
  } catch {
    delete question.dataset.unsent;
  }
};

// Another tab may have kept an answer of its own to the same question meanwhile: that one stays.
const acknowledged = ({ target: question }) => {
  const key = keyOf(question.dataset.code);
  const [, record] = records().find(([name]) => name === key) ?? [];
  if (record?.tab === tab) localStorage.removeItem(key);
  delete question.dataset.unsent;
};

// Under the revision it was given for: where somebody saved a newer one since, both are shown.
const putBack = (question, { body }) => {
  const { code } = question.dataset;
  const fields = new URLSearchParams(body);
  const detail = { value: fields.getAll(code), note: fields.get(`${code}-note`) };
  question.dispatchEvent(new CustomEvent("answer:fill", { bubbles: true, detail }));
  question.querySelector(`[name="${code}-revision"]`).value = fields.get(`${code}-revision`);
  question.querySelector(".options :is(input, textarea, select)").dispatchEvent(new Event("change", { bubbles: true }));
};

const post = async (key, { body }) => {
  const fields = new URLSearchParams(body);
  fields.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const answer = await fetch(key.slice(PREFIX.length), { method: "POST", body: fields, headers: { Accept: "application/json" } });
    return [answer.status, (await answer.json()).status];
  } catch {
    return [0, ""];
  }
};

const nameIt = (key, { page }) => {
  const line = document.createElement("a");
  line.href = page;
  line.textContent = key.split("/").at(-2);
  notice.hidden = false;
  notice.append(" ", line);
};

// Drawing anew must not take the page from under a press, nor call off the way somebody has taken.
const drawAnew = () => {
  if (leaving) return;
  const rest = pressed + 1000 - Date.now();
  if (rest > 0) setTimeout(drawAnew, rest);
  else location.reload();
};

const sendRest = async () => {
  if (sending) return;
  sending = true;
  let gone = 0;
  notice?.querySelectorAll("a").forEach((line) => line.remove());
  for (const [key, record] of records().filter(([name]) => !questionOf(name))) {
    const [status, outcome] = await post(key, record);
    if (status === 200 || status === 410 || outcome === "unknown") {
      localStorage.removeItem(key);
      gone += 1;
    } else if (notice) nameIt(key, record);
  }
  sending = false;
  // The list of subjects and the check page show what stands on the server.
  if (gone && notice) drawAnew();
};

for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => (pressed = Date.now()), true);
addEventListener("beforeunload", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));

document.addEventListener("answer:unsent", keep);
document.addEventListener("answer:saved", acknowledged);
document.addEventListener("answer:resolved", (event) => event.detail.keep === "theirs" && acknowledged(event));
window.addEventListener("online", sendRest);

for (const [key, record] of records()) {
  const closed = notice?.dataset.unsentOf && key.startsWith(PREFIX + notice.dataset.unsentOf);
  if (closed) localStorage.removeItem(key);
  else if (questionOf(key)) putBack(questionOf(key), record);
}
sendRest();
