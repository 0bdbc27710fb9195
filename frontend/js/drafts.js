// Unsent text stays on this device: forms with data-draft. Dropped when the form is sent or after 90 days.
// Never kept: passwords, files, hidden fields, and what is marked data-private.

const PREFIX = "abdi:draft:";
const LIFE = 90 * 24 * 3600 * 1000;
const DELAY = 800;

const kept = (field) => field.name && !field.closest("[data-private]")
  && !["password", "file", "hidden", "submit", "button"].includes(field.type);

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + key));
    return draft && Date.now() - draft.at < LIFE ? draft.fields : null;
  } catch { return null; }
}

function write(form, key) {
  const fields = [...form.elements].filter(kept).map((field) => [field.name, field.type, field.value, field.checked]);
  try { localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), fields })); } catch { /* a full device keeps what it has */ }
}

function restore(form, fields) {
  for (const [name, type, value, checked] of fields) {
    const found = [...form.elements].filter((field) => field.name === name && field.type === type);
    if (type === "radio" || type === "checkbox") {
      const one = found.find((field) => field.value === value);
      if (one) one.checked = checked;
    } else if (found[0] && !found[0].value) found[0].value = value;
  }
}

document.querySelectorAll("form[data-draft]").forEach((form) => {
  const key = form.dataset.draft;
  const draft = read(key);
  if (draft && !form.querySelector("[aria-invalid=true]")) restore(form, draft);
  let timer;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => write(form, key), DELAY); });
  form.addEventListener("submit", () => { clearTimeout(timer); write(form, key); sessionStorage.setItem(PREFIX + "sent", key); });
});

// The page after a send says that it arrived: [data-draft-sent] drops the draft. An error page does not.
const sent = sessionStorage.getItem(PREFIX + "sent");
if (sent && document.querySelector("[data-draft-sent]")) {
  localStorage.removeItem(PREFIX + sent);
  sessionStorage.removeItem(PREFIX + "sent");
}

// Signing out leaves nothing behind.
document.querySelectorAll("form[action='/keluar']").forEach((form) => form.addEventListener("submit", () => {
  Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).forEach((name) => localStorage.removeItem(name));
}));
