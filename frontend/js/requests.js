// What htmx asks in the background is marked as polling where it is, so that it does not count as activity.
document.addEventListener("htmx:configRequest", (event) => {
  const element = event.detail.elt;
  if ((element.getAttribute("hx-trigger") || "").includes("every")) event.detail.headers["X-Poll"] = "1";
});
