"""What browsers ask of an app that can be installed."""

from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request


def manifest(_request: Request) -> HttpResponse:
    """Say how the portal stands on a phone. Source: W3C Web Application Manifest."""
    home = reverse("portal")
    icon = static("favicon.svg")
    told = {
        "name": _("Service portal"),
        "short_name": _("Service"),
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    answer = JsonResponse(told)
    answer["Content-Type"] = "application/manifest+json"
    return answer
