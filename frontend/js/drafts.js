// Unsent text stays on this device: forms with data-draft. Dropped when the form is sent or after 90 days.
// Never kept: passwords, files, hidden fields, and what is marked data-private.
// At a shared duty PC (body has data-whose) drafts belong to who wrote them, and what is typed into any form is kept.

const whose = document.body.dataset.whose || "";
const PREFIX = `abdi:draft:${whose && `${whose}:`}`;
const LIFE = (whose ? 2 : 90) * 24 * 3600 * 1000;
const DELAY = 800;
const SENT = "abdi:draft:sent";

const kept = (field) => field.name && !field.closest("[data-private]")
  && !["password", "file", "hidden", "submit", "button"].includes(field.type);
const typed = (field) => kept(field) && (field.tagName === "TEXTAREA" || field.type === "text");

const forms = [...document.querySelectorAll(whose ? "form[data-draft], main form[method=post]" : "form[data-draft]")];
const keyOf = (form) => form.dataset.draft || `${location.pathname}>${form.getAttribute("action") || ""}`;
const fieldsOf = (form) => [...form.elements].filter(form.dataset.draft ? kept : typed);

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + key));
    return draft && Date.now() - draft.at < LIFE ? draft.fields : null;
  } catch { return null; }
}

function write(form) {
  const fields = fieldsOf(form).map((field) => [field.name, field.type, field.value, field.checked]);
  if (!fields.length) return;
  try { localStorage.setItem(PREFIX + keyOf(form), JSON.stringify({ at: Date.now(), fields })); } catch { /* a full device keeps what it has */ }
}

function restore(form, fields) {
  for (const [name, type, value, checked] of fields) {
    const found = fieldsOf(form).filter((field) => field.name === name && field.type === type);
    if (type === "radio" || type === "checkbox") {
      const one = found.find((field) => field.value === value);
      if (one) one.checked = checked;
    } else if (found[0] && !found[0].value) found[0].value = value;
  }
}

// The page after a send says that it arrived: [data-draft-sent] drops the draft. An error page does not.
// Forms of a shared PC that declare no draft: any page but a refusal says so.
const sent = sessionStorage.getItem(SENT);
const refused = document.querySelector("[data-refused], [aria-invalid=true]");
if (sent && (document.querySelector("[data-draft-sent]") || (sent.includes(">") && !refused))) {
  localStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
} else if (sent && refused && sent.includes(">")) sessionStorage.removeItem(SENT);

const changed = new Set();
forms.forEach((form) => {
  const draft = read(keyOf(form));
  if (draft && !form.querySelector("[aria-invalid=true]")) restore(form, draft);
  let timer;
  form.addEventListener("input", () => {
    changed.add(form);
    clearTimeout(timer);
    timer = setTimeout(() => write(form), DELAY);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    if (!form.dataset.draft && !changed.has(form)) return;
    write(form);
    sessionStorage.setItem(SENT, PREFIX + keyOf(form));
  });
});

// Before a page is emptied: what was typed this very moment, too.
export const keepAll = () => changed.forEach(write);

// Signing out leaves nothing behind.
document.querySelectorAll("form[action='/keluar']").forEach((form) => form.addEventListener("submit", () => {
  Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).forEach((name) => localStorage.removeItem(name));
}));
