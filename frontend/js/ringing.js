// Ringing: asks the browser for an address to ring and sends it with the form. Without script nothing shows.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

function nameOf(agent) {
  const browser = /Firefox/.test(agent) ? "Firefox" : /Edg\//.test(agent) ? "Edge" : /Chrome/.test(agent) ? "Chrome" : "Safari";
  const system = /Android/.test(agent) ? "Android" : /iPhone|iPad/.test(agent) ? "iPhone" : /Windows/.test(agent) ? "Windows" : "Linux/Mac";
  return `${browser}, ${system}`;
}

async function send(event) {
  const form = event.currentTarget;
  event.preventDefault();
  const problem = form.querySelector("[data-ring-problem]");
  problem.hidden = true;
  try {
    await navigator.serviceWorker.register(form.dataset.worker, { scope: "/" });
    const ready = await navigator.serviceWorker.ready;
    const given = await ready.pushManager.subscribe({
      userVisibleOnly: true, applicationServerKey: bytes(form.dataset.ring),
    });
    form.querySelector("[name=subscription]").value = JSON.stringify(given.toJSON());
    form.querySelector("[name=name]").value = nameOf(navigator.userAgent);
    form.submit();
  } catch {
    problem.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-ring]")) {
  if ("serviceWorker" in navigator && "PushManager" in window) {
    form.hidden = false;
    form.addEventListener("submit", send);
  } else {
    document.querySelector("[data-ring-missing]").hidden = false;
  }
}
