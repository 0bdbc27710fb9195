// A shared duty PC. A minute without input in any tab: the open form is kept, the page emptied, the screen locked.
// The server counts the same minute by itself; it hears of typing that asks for no page by a short message.
import { keepAll } from "./drafts.js";

const { whose, lock, lockUrl, inputUrl } = document.body.dataset;
const INPUT = "abdi:console:input";
const WHOSE = "abdi:console:whose";
const TOLD_AFTER = 2000;
const BOARD = "/papan";

function leave() {
  keepAll();
  document.body.replaceChildren();
  location.replace(BOARD);
}

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

const told = (url) => fetch(url, { method: "POST", keepalive: true, headers: { "X-CSRFToken": token() } });

function guard(milliseconds) {
  let waiting = 0;
  let over = false;
  const note = () => {
    localStorage.setItem(INPUT, String(Date.now()));
    waiting = waiting || setTimeout(() => {
      waiting = 0;
      told(inputUrl).then((answer) => { if (!answer.ok || answer.redirected) leave(); }, () => {});
    }, TOLD_AFTER);
  };
  note();
  ["keydown", "input", "pointerdown", "wheel"].forEach((name) => addEventListener(name, note, { capture: true, passive: true }));
  setInterval(() => {
    if (over || Date.now() - Number(localStorage.getItem(INPUT)) < milliseconds) return;
    over = true;
    clearTimeout(waiting);
    const ended = told(lockUrl);
    keepAll();
    document.body.replaceChildren();
    ended.then(() => location.replace(BOARD), () => location.replace(BOARD));
  }, 500);
}

if (whose !== undefined) {
  localStorage.setItem(WHOSE, whose);
  // Somebody else stepped in, or the screen was locked, in another tab: this page is his no more.
  addEventListener("storage", (event) => { if (event.key === WHOSE && event.newValue !== whose && whose) leave(); });
  addEventListener("pagehide", keepAll);
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (lock) guard(Number(lock) * 1000);
}

// A card reader types a number and Enter: on to the PIN.
document.querySelectorAll("[data-card]").forEach((field) => field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  field.form.querySelector("[name=pin]").focus();
}));
