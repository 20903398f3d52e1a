"""Entering by a link: the first administrator, and colleagues who choose their password."""

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.passwords import LONGEST
from ambidesk.parties.staff import admitting, founding


class Choice(forms.Form):
    """A password of one's own choice."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=LONGEST,
        help_text=gettext_lazy("At least fifteen characters; three words are easy to remember."),
    )


class First(Choice):
    """Who the first administrator is."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("name", "email", "password")


def welcome(request: Request, token: str) -> HttpResponse:
    """Ask the holder of the first link who they are."""
    founding.require_founding_token(token, at=request.at)
    return _secret(render(request, "account/welcome.html", {"form": First()}))


def found(request: Request, token: str) -> HttpResponse:
    """Make the holder of the first link the administrator, and let them in."""
    founding.require_founding_token(token, at=request.at)
    form = First(request.POST)
    if form.is_valid():
        try:
            member = founding.found(token, **form.cleaned_data, at=request.at)
        except InvalidInput as refused:
            form.add_error(refused.field, str(refused))
        else:
            get_adapter().login(request, member.user)
            return back_to("home")
    return _secret(render(request, "account/welcome.html", {"form": form}, status=422))


def ask(request: Request, token: str) -> HttpResponse:
    """Ask the holder of a link for a new password."""
    user = admitting.holder_of(token, at=request.at)
    return _secret(render(request, "account/access.html", {"form": Choice(), "holder": user}))


def choose(request: Request, token: str) -> HttpResponse:
    """Set the password; to sign in is the next step, with the second factor if there is one."""
    user = admitting.holder_of(token, at=request.at)
    form = Choice(request.POST)
    if form.is_valid():
        try:
            admitting.take_link(token, form.cleaned_data["password"], at=request.at)
        except InvalidInput as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Your password is set. Sign in with it."))
            return back_to("account_login")
    page = {"form": form, "holder": user}
    return _secret(render(request, "account/access.html", page, status=422))


def _secret(answer: HttpResponse) -> HttpResponse:
    """The address is a secret: nothing keeps it."""
    answer["Cache-Control"] = "no-store"
    return answer
