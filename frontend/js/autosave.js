// Staff drafts live on the server: a form with data-autosave="/address" is sent there two seconds after a change.
// The answer is {"saved": "09.14 WIB"} or words; they go to [data-saved] inside the form.

const DELAY = 2000;

async function save(form) {
  const words = form.querySelector("[data-saved]");
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST", body: new FormData(form), headers: { "X-Autosave": "1", "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value || "" },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    if (words && text) words.textContent = text;
  } catch {
    if (words?.dataset.failed) words.textContent = words.dataset.failed;
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  let timer;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => save(form), DELAY); });
  form.addEventListener("submit", () => clearTimeout(timer));
});
