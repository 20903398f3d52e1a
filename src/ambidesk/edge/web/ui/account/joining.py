"""An account of one's own, for whoever writes from a domain that a company trusts."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.account.entering import Choice
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.places import HOUR, Budget, place_of, spend
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.parties.authority import joining

OF_PLACE, OF_ADDRESS, OF_DOMAIN, OF_ALL = 20, 3, 60, 600


class Address(forms.Form):
    """Where the link is to go."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail at work"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class Person(Choice):
    """Who it is."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=150)
    field_order = ("name", "password")


def ask(request: Request) -> HttpResponse:
    """Ask for an address."""
    return render(request, "account/joining.html", {"form": Address()})


def send(request: Request) -> HttpResponse:
    """Send a link to it, where its domain is trusted; what is answered does not tell."""
    form = Address(request.POST)
    if not form.is_valid():
        return render(request, "account/joining.html", {"form": form}, status=422)
    address = form.cleaned_data["email"]
    spent = spend(
        Budget(what=f"join:{place_of(request)}", most=OF_PLACE, seconds=HOUR),
        Budget(what=f"join:{address.lower()}", most=OF_ADDRESS, seconds=HOUR),
        Budget(what=f"join:@{address.lower().rpartition('@')[2]}", most=OF_DOMAIN, seconds=HOUR),
        Budget(what="join", most=OF_ALL, seconds=HOUR),
    )
    if not spent:
        joining.ask_to_join(address, language=get_language() or "", at=request.at)
    return render(request, "account/joining.html", {"address": address})


def look(request: Request, token: str) -> HttpResponse:
    """Ask the holder of a link who they are."""
    address, company = joining.who_joins(token, at=request.at)
    page = {"form": Person(), "address": address, "company": company}
    return _secret(render(request, "account/join.html", page))


def make(request: Request, token: str) -> HttpResponse:
    """Make the account; to sign in is the next step."""
    address, company = joining.who_joins(token, at=request.at)
    form = Person(request.POST)
    if form.is_valid():
        try:
            joining.join(token, **form.cleaned_data, at=request.at)
        except InvalidInput as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Your password is set. Sign in with it."))
            return back_to("account_login")
    page = {"form": form, "address": address, "company": company}
    return _secret(render(request, "account/join.html", page, status=422))


def _secret(answer: HttpResponse) -> HttpResponse:
    """The address is a secret: nothing keeps it."""
    answer["Cache-Control"] = "no-store"
    return answer
