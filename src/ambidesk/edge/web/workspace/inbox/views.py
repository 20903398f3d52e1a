"""Saved views: asked for, tried out while they are built, saved, changed and dropped."""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.conditions import LONGEST, ConditionField
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.inbox.trying import Trial, try_out
from ambidesk.ground.conditions.describing import in_words
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Team
from ambidesk.support.desk.models import SavedView
from ambidesk.support.desk.saving import ICONS, Saving, change_view, drop_view, save_view
from ambidesk.support.desk.viewing import views_for
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.reach import places_of

# What a new view begins with: one question that most views ask.
BEGINNING = {"all": [{"field": "state", "operator": "is", "value": "open"}]}


class ViewForm(forms.Form):
    """A view as the builder sends it."""

    name = forms.CharField(label=_("Name"), max_length=60)
    icon = forms.ChoiceField(
        label=_("Picture"),
        choices=[(each.icon, each.label) for each in ICONS],
        initial=ICONS[0].icon,
        widget=forms.RadioSelect,
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Shared with team"),
        required=False,
        empty_label=_("Only for me"),
    )
    condition = ConditionField(label=_("Conditions"))


@dataclass(frozen=True, slots=True, kw_only=True)
class BuilderPage:
    """The form, what fits, and the views that there are."""

    form: ViewForm
    trial: Trial
    saved: SavedView | None
    others: tuple[SavedView, ...]
    is_own: bool
    words: str


def ask(request: Request) -> HttpResponse:
    """Show the builder."""
    form = _form(request.actor, initial={"condition": json.dumps(BEGINNING)})
    return _shown(request, form, None)


def create(request: Request) -> HttpResponse:
    """Save a view and go to it."""
    form = _form(request.actor, data=request.POST)
    return _saved(request, form, None)


def show(request: Request, saved: int) -> HttpResponse:
    """Show the builder, filled with a view."""
    row = _visible(request.actor, saved)
    known = {"name": row.name, "icon": row.icon, "team": row.team_id}
    form = _form(request.actor, initial={**known, "condition": json.dumps(row.condition)})
    return _shown(request, form, row)


def change(request: Request, saved: int) -> HttpResponse:
    """Change a view."""
    form = _form(request.actor, data=request.POST)
    return _saved(request, form, _visible(request.actor, saved))


def drop(request: Request, saved: int) -> HttpResponse:
    """Drop a view and go home."""
    drop_view(_visible(request.actor, saved), by=request.actor, at=request.at)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = reverse("home")
    return response


def preview(request: Request) -> HttpResponse:
    """Show how many tickets a condition holds for, and the latest of them."""
    try:
        condition = unpacked(request.POST.get("condition", "")[:LONGEST])
    except ValueError:
        condition = None
    trial = try_out(condition, actor=request.actor, at=request.at)
    return render(request, "inbox/trial.html", {"trial": trial})


def _saved(request: Request, form: ViewForm, row: SavedView | None) -> HttpResponse:
    if not form.is_valid():
        return _shown(request, form, row, status=422)
    saving = Saving(**form.cleaned_data)
    try:
        if row:
            row = change_view(row, saving, by=request.actor, at=request.at)
        else:
            row = save_view(saving, by=request.actor, at=request.at)
    except InvalidInput as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _shown(request, form, row, status=422)
    return back_to("inbox", row.slug)


def _shown(
    request: Request, form: ViewForm, row: SavedView | None, *, status: int = 200
) -> HttpResponse:
    given = form["condition"].value() or "null"
    try:
        condition = unpacked(given)
    except ValueError:
        condition = None
    page = BuilderPage(
        form=form,
        trial=try_out(condition, actor=request.actor, at=request.at),
        saved=row,
        others=tuple(SavedView.objects.filter(owner=request.user).order_by("order", "name")),
        is_own=row is None or row.owner_id == request.user.pk,
        words=_words(condition, request.actor),
    )
    return render(request, "inbox/builder.html", {"page": page}, status=status)


def _words(condition: object, actor: Actor) -> str:
    try:
        return in_words(read(condition, TICKET_VOCABULARY), TICKET_VOCABULARY, actor=actor)
    except Refusal:
        return ""


def _form(actor: Actor, **given: Any) -> ViewForm:
    form = ViewForm(**given)
    teams = Team.objects.filter(pk__in=places_of(actor).teams)
    form.fields["team"].queryset = teams  # type: ignore[attr-defined]  # ModelChoiceField's own
    return form


def _visible(actor: Actor, saved: int) -> SavedView:
    if saved not in {view.saved for view in views_for(actor)}:
        raise Http404
    return SavedView.objects.select_related("owner", "team").get(pk=saved)
