"""The service worker: it shows what is pushed, and leads to the ticket when it is touched."""

from django.http import HttpResponse

from ambidesk.edge.web.ui.requests import Request

# Shown at once and kept by the browser: it must stand at the root to see every page.
SCRIPT = """\
self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  event.waitUntil(self.registration.showNotification(String(told.title || "Ambidesk"), {
    tag: told.tag, data: { url: told.url }, icon: "/static/favicon.svg",
  }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path = (event.notification.data || {}).url || "/";
  const url = new URL(path, self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil(self.clients.matchAll({ type: "window" }).then((pages) => {
    const page = pages[0];
    if (!page) return self.clients.openWindow(url.href);
    return page.focus().then(() => page.navigate(url.href));
  }));
});
"""


def show(_request: Request) -> HttpResponse:
    """Give the script."""
    answer = HttpResponse(SCRIPT, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
