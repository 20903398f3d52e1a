"""What browsers ask of an app that can be installed."""

from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request


def manifest(_request: Request) -> HttpResponse:
    """Say how the portal stands on a phone. Source: W3C Web Application Manifest."""
    home = reverse("portal")
    told = {
        "name": _("Service portal"),
        "short_name": _("Service"),
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": _icons(),
    }
    answer = JsonResponse(told)
    answer["Content-Type"] = "application/manifest+json"
    return answer


def _icons() -> list[dict[str, str]]:
    """The mark in every size: phones that install only with pictures get these, too."""
    pictures = [
        {
            "src": static(f"app/{name}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, purpose in (("icon", "any"), ("icon-maskable", "maskable"))
        for size in (192, 512)
    ]
    drawn = {"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
    return [*pictures, {**drawn, "purpose": "any"}]
