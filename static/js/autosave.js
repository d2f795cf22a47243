// Saves each question when it changes: one request at a time for a question, in order, until kept.
const texts = document.querySelector("template[data-autosave]");
const form = document.querySelector("form[data-answer-url]");
const TYPING = 900;
const LONGEST_WAIT = 60_000;
// What is needed only later comes after the first paint: conflicts, and what waits for a connection.
const later = new Promise((done) => window.addEventListener("load", () => done(texts && import(texts.dataset.later))));

class Saver {
  constructor(question) {
    this.question = question;
    this.code = question.dataset.code;
    this.state = question.querySelector(".save-state");
    this.revision = question.querySelector(`[name="${this.code}-revision"]`);
    this.dirty = this.busy = this.held = false;
    this.tries = 0;
  }

  get unsent() {
    return this.dirty || this.busy || this.held;
  }

  change(wait) {
    this.dirty = true;
    this.tell("unsent", this.body());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  body() {
    const names = ["csrfmiddlewaretoken", this.code, `${this.code}-note`, `${this.code}-revision`];
    return new URLSearchParams([...new FormData(form)].filter(([name]) => names.includes(name)));
  }

  async send() {
    clearTimeout(this.timer);
    if (this.busy || this.conflict) return;
    this.busy = true;
    this.dirty = false;
    this.say("saving");
    const [status, reply] = await this.post();
    this.busy = false;
    this.settle(status, reply);
    if (this.dirty && !this.tries) this.send();
  }

  async post() {
    try {
      const response = await fetch(form.dataset.answerUrl.replace("CODE", this.code), {
        method: "POST",
        body: this.body(),
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(20_000),
      });
      const json = response.headers.get("Content-Type")?.includes("json");
      return [response.ok && !json ? 404 : response.status, json ? await response.json() : {}];
    } catch {
      return [0, {}];
    }
  }

  settle(status, reply) {
    this.held = false;
    this.cut = status === 0;
    if (status === 200) this.saved(reply);
    else if (status === 409) this.clash(reply);
    else if (status === 0 || status === 429 || status >= 500) this.retry(status);
    else {
      this.held = true;
      this.say("gone", reply.errors?.join(" "));
    }
  }

  saved(reply) {
    this.tries = 0;
    this.revision.value = reply.revision;
    const at = new Date(reply.at);
    const time = at.toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    this.say("saved", texts.dataset.saved.replace("{time}", time));
    this.tell("saved", reply);
    if (this.dirty) this.tell("unsent", this.body());
  }

  clash(reply) {
    this.held = this.conflict = true;
    this.theirs = reply.revision;
    this.say("failed", "");
    later.then(() => this.tell("conflict", reply));
  }

  resolve(keep) {
    this.held = this.conflict = false;
    this.revision.value = this.theirs;
    if (keep === "mine" || this.dirty) this.send();
    else this.say("saved", "");
  }

  retry(status) {
    this.dirty = true;
    this.tell("unsent", this.body());
    this.tries += 1;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "link";
    again.textContent = texts.dataset[status ? "failed" : "unsent" in this.question.dataset ? "kept" : "offline"];
    again.addEventListener("click", () => this.send());
    this.say(status ? "failed" : "offline", again);
    this.timer = setTimeout(() => this.send(), Math.min(2000 * 2 ** this.tries, LONGEST_WAIT));
  }

  say(state, content = texts.dataset[state]) {
    this.state.classList.toggle("is-saved", state === "saved" && content !== "");
    this.state.classList.toggle("is-trouble", /failed|offline|gone/.test(state) && content !== "");
    this.state.replaceChildren(content);
  }

  tell(event, detail) {
    this.question.dispatchEvent(new CustomEvent(`answer:${event}`, { bubbles: true, detail }));
  }
}

if (texts && form) {
  const questions = [...form.querySelectorAll("[data-code]")];
  const savers = new Map(questions.map((question) => [question, new Saver(question)]));
  const all = [...savers.values()];
  let leaving = false;

  const changed = ({ type, target }) => {
    const saver = savers.get(target.closest("[data-code]"));
    const typing = target.matches("textarea, input[type=text]");
    if (saver && (typing || type === "change")) saver.change(type === "change" ? 0 : TYPING);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("answer:resolved", ({ target, detail }) => savers.get(target)?.resolve(detail.keep));
  window.addEventListener("online", () => all.filter((saver) => saver.dirty).forEach((saver) => saver.send()));
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && all.some((saver) => saver.unsent)) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !leaving) all.filter((saver) => saver.dirty).forEach((saver) => saver.send());
  });

  // Continue waits for what is under way or was not sent yet, and stays where nothing gets through.
  form.addEventListener("submit", async (event) => {
    all.forEach((saver) => clearTimeout(saver.timer));
    const waiting = all.filter((saver) => saver.busy || saver.tries);
    if (leaving || !waiting.length) {
      leaving = true;
      return;
    }
    event.preventDefault();
    waiting.forEach((saver) => saver.send());
    while (all.some((saver) => saver.busy)) await new Promise((done) => setTimeout(done, 50));
    const stuck = all.find((saver) => saver.conflict || saver.cut);
    if (stuck) {
      const next = stuck.question.querySelector(".conflict button, .save-state button");
      if (!stuck.conflict) next.textContent = texts.dataset.waiting;
      return next.focus();
    }
    leaving = true;
    form.requestSubmit(event.submitter);
  });
  window.addEventListener("pageshow", () => (leaving = false));
}
