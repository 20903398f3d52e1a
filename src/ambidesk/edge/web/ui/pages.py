"""Where a page leads after a change."""

from django.http import HttpResponse
from django.urls import reverse


def back_to(name: str, *parts: str | int) -> HttpResponse:
    """Go on to another page, which is fetched anew."""
    answer = HttpResponse(status=303)
    answer["Location"] = reverse(name, args=parts)
    return answer
