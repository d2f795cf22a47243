// Two people changed one answer: both values are shown, and this person chooses.
const make = (name, style, ...inside) => {
  const made = document.createElement(name);
  made.className = style;
  made.append(...inside);
  return made;
};

// The words come with what was saved elsewhere: hardly any page needs them.
const panelOf = (words, saved, typed) => {
  const button = (value) =>
    Object.assign(make("button", "button button-secondary", words[value]), { type: "button", value });
  const panel = make(
    "section",
    "conflict",
    make("p", "", make("strong", "", words.title)),
    make("dl", "", make("dt", "", words.saved), make("dd", "theirs", saved), make("dt", "", words.typed), typed),
    make("p", "actions", button("mine"), button("theirs")),
  );
  panel.setAttribute("aria-label", words.title);
  return panel;
};

const wordsOf = (question, code) => {
  const words = [...question.querySelectorAll(".options :checked")].map((input) =>
    (input.labels?.[0] ?? input).textContent.trim(),
  );
  const typed = question.querySelector(".options :is(input[type=text], textarea)")?.value;
  const note = question.querySelector(`[name="${code}-note"]`)?.value;
  return [...words, typed, note].filter(Boolean).join("\n");
};

const take = (question, code, theirs) => {
  for (const input of question.querySelectorAll(`[name="${code}"]`)) {
    if (/radio|checkbox/.test(input.type)) input.checked = theirs.value.includes(input.value);
    else input.value = theirs.value.find((value) => !/^(dont_know|not_applicable)$/.test(value)) ?? "";
  }
  const note = question.querySelector(`[name="${code}-note"]`);
  if (note) note.value = theirs.note ?? "";
};

document.addEventListener("answer:fill", ({ target, detail }) => take(target, target.dataset.code, detail));

document.addEventListener("answer:conflict", ({ target: question, detail: theirs }) => {
  const code = question.dataset.code;
  question.querySelector(".conflict")?.remove();
  const saved = [theirs.text, theirs.note].filter(Boolean).join("\n");
  const panel = panelOf(theirs.words, saved, make("dd", "mine", wordsOf(question, code)));
  panel.addEventListener("click", ({ target }) => {
    const keep = target.value;
    if (!keep) return;
    if (keep === "theirs") take(question, code, theirs);
    panel.remove();
    question.querySelector("input, textarea, select").focus();
    question.dispatchEvent(new CustomEvent("answer:resolved", { bubbles: true, detail: { keep } }));
  });
  question.querySelector(".options").before(panel);
  panel.querySelector("button").focus();
});
