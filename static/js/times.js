// Times stand in UTC, and say so; here they become those of the reader's own clock, with its zone. A day
// without an hour stays as it is.
const { lang } = document.documentElement;
for (const time of document.querySelectorAll("time[datetime*=T]")) {
  time.textContent = new Date(time.dateTime).toLocaleString(lang === "en" ? "en-GB" : lang, {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
}
