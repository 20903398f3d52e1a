"""The profile: language and theme of whoever is signed in."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.models.user import Theme
from ambidesk.ground.reach.preferring import prefer


class Preferences(forms.Form):
    """How somebody likes to read the screens."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As the browser")), ("ru", "Русский"), ("en", "English")],
        required=False,
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices)


def show(request: Request) -> HttpResponse:
    """Show the form."""
    known = {"language": request.user.language, "theme": request.user.theme}
    return render(request, "ui/profile.html", {"form": Preferences(initial=known)})


def save(request: Request) -> HttpResponse:
    """Remember the choice."""
    form = Preferences(request.POST)
    if not form.is_valid():
        return render(request, "ui/profile.html", {"form": form}, status=422)
    prefer(request.user, **form.cleaned_data)
    response = HttpResponse(status=303)
    response["Location"] = request.path
    return response
