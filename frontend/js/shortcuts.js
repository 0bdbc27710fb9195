// Keys of the queue: J and K move, other letters press the element with that data-key; / searches.
// Off while somebody types, and where the reader switched them off (data-shortcuts="off").

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]");
const box = document.querySelector("[data-shortcuts]");

function move(step) {
  const rows = [...document.querySelectorAll("[data-queue-row]")];
  const at = rows.findIndex((row) => row.getAttribute("aria-current"));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (next && rows.indexOf(next) !== at) next.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "/") {
    const search = document.querySelector("[data-search]");
    if (search?.offsetParent) { event.preventDefault(); search.focus(); }
    return;
  }
  if (!box || box.dataset.shortcuts === "off") return;
  if (key === "j" || key === "k") { move(key === "j" ? 1 : -1); return; }
  const target = box.querySelector(`[data-key="${CSS.escape(key)}"]:not([disabled])`);
  if (target) { event.preventDefault(); target.click(); }
});

// The chosen row stays in sight, and the list keeps its place.
document.querySelector("[data-queue-row][aria-current]")?.scrollIntoView({ block: "nearest" });
