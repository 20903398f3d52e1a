"""Ways in beside the password: the companies' own sign-ins that are in use."""

from dataclasses import dataclass

from django import template
from django.apps import apps
from django.urls import reverse

from ambidesk.parties.staff.models import Provider

register = template.Library()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One more way in."""

    name: str
    url: str


@register.simple_tag
def companies() -> list[Way]:
    """The providers that the sign-in page offers."""
    if not apps.is_installed("allauth.socialaccount"):
        return []
    rows = Provider.objects.filter(archived_at=None)
    return [Way(name=row.name, url=reverse("company-begin", args=[row.slug])) for row in rows]
