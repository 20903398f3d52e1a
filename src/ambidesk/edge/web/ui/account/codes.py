"""Spare codes: made anew and shown once, in the answer to the request that made them."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import flows
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # no types
def ask(request: Request) -> HttpResponse:
    """Ask whether the old codes shall go."""
    if not flows.can_generate_recovery_codes(request.user):
        return back_to("profile")
    return render(request, "mfa/codes.html", {"codes": (), "left": codes_left(request.user.pk)})


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # no types
def make(request: Request) -> HttpResponse:
    """Make new codes and show them, now and never again."""
    if not flows.can_generate_recovery_codes(request.user):
        return back_to("profile")
    made = flows.generate_recovery_codes(request)
    codes = made.wrap().get_unused_codes()
    answer = render(request, "mfa/codes.html", {"codes": codes})
    answer["Cache-Control"] = "no-store"
    return answer


def codes_left(user: int) -> int:
    """How many spare codes of a user are unused."""
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(row.wrap().get_unused_codes()) if row else 0
