// Fills lat, lon and their accuracy from the device: a button with data-locate, or a form with data-locate-now.
// Fields: [name=lat], [name=lon], [name=accuracy]; words for the reader go to [data-place].

function fill(form, { coords }) {
  const set = (name, value) => { const field = form.elements[name]; if (field) field.value = value; };
  set("lat", coords.latitude.toFixed(6));
  set("lon", coords.longitude.toFixed(6));
  set("accuracy", Math.round(coords.accuracy));
  const words = form.querySelector("[data-place]");
  if (words?.dataset.found) words.textContent = words.dataset.found.replace("{m}", Math.round(coords.accuracy));
  form.dispatchEvent(new CustomEvent("abdi:place", { bubbles: true, detail: coords }));
}

function ask(form) {
  if (!form || !navigator.geolocation) return;
  const words = form.querySelector("[data-place]");
  navigator.geolocation.getCurrentPosition((position) => fill(form, position), () => {
    if (words?.dataset.missing) words.textContent = words.dataset.missing;
  }, { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 });
}

document.querySelectorAll("form[data-locate-now]").forEach(ask);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-locate]");
  if (button) ask(button.form || button.closest("form"));
});
