// Small comforts for every page: toasts, dialogs, copying, counters, menus. Pages work without.

const on = (selector, type, act) => document.addEventListener(type, (event) => {
  const found = event.target.closest?.(selector);
  if (found) act(found, event);
});

export const announce = (text) => {
  const live = document.getElementById("live");
  if (live) live.textContent = text;
};

// A toast leaves after six seconds, not while it is pointed at or holds the focus.
function timed(toast) {
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), 6000); };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusout", start);
  start();
}
document.querySelectorAll("[data-toast]").forEach(timed);
on("[data-shut]", "click", (button) => button.closest("[data-toast]").remove());

on("[data-opens]", "click", (button, event) => {
  const dialog = document.getElementById(button.dataset.opens);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
});
on("[data-closes]", "click", (button) => button.closest("dialog").close());

document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = !navigator.clipboard; });
on("[data-copy]", "click", async (button) => {
  await navigator.clipboard.writeText(button.dataset.copy);
  announce(button.dataset.done || "");
  const words = button.lastChild;
  const before = words.textContent;
  words.textContent = button.dataset.done;
  setTimeout(() => { words.textContent = before; }, 2000);
});

document.querySelectorAll("[data-share]").forEach((button) => { button.hidden = !navigator.share; });
on("[data-share]", "click", (button) => navigator.share({ url: button.dataset.share, text: button.dataset.text || "" }).catch(() => {}));

on("[data-step]", "click", (button) => {
  const field = button.closest("[data-counter]").querySelector("input");
  const next = Number(field.value || 0) + Number(button.dataset.step);
  field.value = Math.min(Math.max(next, Number(field.min || 0)), Number(field.max || 99));
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

// Only one menu is open; Escape and a press outside close it.
document.addEventListener("click", (event) => {
  document.querySelectorAll("[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("[data-menu][open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
});

// The theme changes at once; the answer of the server keeps it.
on("[data-themes] button", "click", (button) => {
  if (button.value === "ikut") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = button.value;
});

on("[data-back]", "click", (link, event) => { if (history.length > 1) { event.preventDefault(); history.back(); } });

document.querySelector("[data-focus]")?.focus();
