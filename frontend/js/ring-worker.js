// The service worker of calls: shows that somebody is needed, says that it arrived, opens the answer page.
// It keeps nothing and answers no page request.
self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  const shown = self.registration.showNotification(told.title || "Abdi", {
    tag: told.tag, data: { path: told.path }, requireInteraction: true,
  });
  const said = told.receipt ? fetch(told.receipt, { method: "POST" }).catch(() => {}) : Promise.resolve();
  event.waitUntil(Promise.all([shown, said]));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path = event.notification.data && event.notification.data.path;
  event.waitUntil(self.clients.openWindow(path && path.startsWith("/") ? path : "/piket/siaga"));
});
