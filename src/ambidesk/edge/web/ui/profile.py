"""The profile: name, screens, protection and sessions of whoever is signed in."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.edge.web.ui.account.codes import codes_left
from ambidesk.edge.web.ui.account.sessions import Session, sessions_of
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.path import Path, path_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.models.user import Theme
from ambidesk.ground.reach.preferring import prefer
from ambidesk.ground.reach.securing import LoginOfSeveral


class Preferences(forms.Form):
    """How somebody is called and likes to read the screens."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=150,
        help_text=_("Colleagues and customers read it."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As the browser")), ("ru", "Русский"), ("en", "English")],
        required=False,
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices)
    enter_sends = forms.BooleanField(label=_("In chats, Enter sends"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """
    What the page shows of its owner's account.

    `shared` says why its protection is not changed here, where several people sign in with it.
    """

    form: Preferences
    has_app: bool
    passkeys: tuple[Authenticator, ...]
    codes_left: int
    sessions: tuple[Session, ...]
    path: Path | None
    shared: str = ""

    @property
    def is_protected(self) -> bool:
        """Whether a second factor is asked for."""
        return self.has_app or bool(self.passkeys)


def show(request: Request) -> HttpResponse:
    """Show the page."""
    user = request.user
    names = ("name", "language", "theme", "enter_sends")
    known = {name: getattr(user, name) for name in names}
    return _page(request, Preferences(initial=known))


def save(request: Request) -> HttpResponse:
    """Remember name and preferences."""
    form = Preferences(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    prefer(request.user, **form.cleaned_data)
    return back_to("profile")


def _page(request: Request, form: Preferences, **options: Any) -> HttpResponse:
    rows = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    kinds = Authenticator.Type
    page = Profile(
        form=form,
        has_app=any(row.type == kinds.TOTP for row in rows),
        passkeys=tuple(row for row in rows if row.type == kinds.WEBAUTHN),
        codes_left=codes_left(request.user.pk),
        sessions=sessions_of(request.user, this=request.session.session_key),
        path=path_of(request),
        shared=str(LoginOfSeveral.sentence) if request.actor.is_shared else "",
    )
    return render(request, "ui/profile.html", {"page": page}, **options)
