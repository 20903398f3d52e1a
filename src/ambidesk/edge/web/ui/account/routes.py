"""Addresses of sign-in and accounts: allauth's views that are used here, and no other."""

from collections.abc import Callable

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern

from ambidesk.edge.web.ui.account import codes, entering, factors, joining, sessions
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.routes import Door, View, resource
from ambidesk.ground.reach.securing import require_own_login

PASSKEY = "account/passkeys/<int:pk>"
SESSION = "profile/sessions/<int:session>"


def _both(
    pattern: str, name: str, *, view: Callable[..., HttpResponseBase], door: Door = Door.SIGNED_IN
) -> URLPattern:
    return resource(pattern, right=door, name=name, GET=view, POST=view)


def _own(view: View) -> View:
    """How a login is protected is changed by whoever has it alone."""

    def answer(request: Request, **parts: int) -> HttpResponseBase:
        require_own_login(request.actor)
        return view(request, **parts)

    return answer


def _profile(_request: HttpRequest, **_parts: int) -> HttpResponse:
    return back_to("profile")


routes = [
    _both("account/login/", "account_login", view=account.login, door=Door.PUBLIC),
    _both("account/logout/", "account_logout", view=account.logout, door=Door.PUBLIC),
    resource(
        "account/closed/", right=Door.PUBLIC, name="account_inactive", GET=account.account_inactive
    ),
    _both("account/again/", "account_reauthenticate", view=account.reauthenticate),
    _both("account/password/", "account_change_password", view=_own(account.password_change)),
    _both("account/code/", "mfa_authenticate", view=mfa.authenticate, door=Door.PUBLIC),
    _both("account/again/code/", "mfa_reauthenticate", view=mfa.reauthenticate),
    _both(
        "account/again/passkey/",
        "mfa_reauthenticate_webauthn",
        view=webauthn.reauthenticate_webauthn,
    ),
    _both(
        "account/login/passkey/",
        "mfa_login_webauthn",
        view=webauthn.login_webauthn,
        door=Door.PUBLIC,
    ),
    resource("account/factors/", right=Door.SIGNED_IN, name="mfa_index", GET=_profile),
    _both("account/app/", "mfa_activate_totp", view=_own(factors.AddApp.as_view())),
    _both("account/app/removal/", "mfa_deactivate_totp", view=_own(factors.RemoveApp.as_view())),
    _both("account/passkeys/new/", "mfa_add_webauthn", view=_own(factors.AddPasskey.as_view())),
    _both(f"{PASSKEY}/", "mfa_edit_webauthn", view=_own(factors.RenamePasskey.as_view())),
    _both(f"{PASSKEY}/removal/", "mfa_remove_webauthn", view=_own(factors.RemovePasskey.as_view())),
    resource(
        "account/codes/",
        right=Door.SIGNED_IN,
        name="codes",
        GET=_own(codes.ask),
        POST=_own(codes.make),
    ),
    resource(f"{SESSION}/end", right=Door.SIGNED_IN, name="profile-session-end", POST=sessions.end),
    resource(
        "profile/sessions/end",
        right=Door.SIGNED_IN,
        name="profile-sessions-end",
        POST=sessions.end_others,
    ),
    resource(
        "welcome/<str:token>/",
        right=Door.PUBLIC,
        name="welcome",
        GET=entering.welcome,
        POST=entering.found,
    ),
    resource(
        "access/<str:token>/",
        right=Door.PUBLIC,
        name="access",
        GET=entering.ask,
        POST=entering.choose,
    ),
    resource("join/", right=Door.PUBLIC, name="joining", GET=joining.ask, POST=joining.send),
    resource(
        "join/<str:token>/",
        right=Door.PUBLIC,
        name="join",
        GET=joining.look,
        POST=joining.make,
    ),
]
