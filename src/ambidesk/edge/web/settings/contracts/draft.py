"""The editor of a draft: from when it holds, then its rows; saved, activated or thrown away."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.contracts.acting import contract_of
from ambidesk.edge.web.settings.contracts.noun import day_field
from ambidesk.edge.web.settings.contracts.rows import (
    LineForm,
    Offered,
    PenaltyForm,
    PriceForm,
    PromiseForm,
    RowForm,
)
from ambidesk.edge.web.settings.contracts.staging import StageForm, key_of
from ambidesk.edge.web.settings.lengths import written_length
from ambidesk.edge.web.settings.sections import Section, Words, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import Contract, OutsideKind, Version
from ambidesk.service.contracts.said import (
    LineSaid,
    PenaltySaid,
    PriceSaid,
    PromiseSaid,
    StageSaid,
    VersionSaid,
    said_of,
)
from ambidesk.service.contracts.writing import drop_draft, write_draft
from ambidesk.support.conversations.models import ChannelKind

MOST_ROWS = 200


class VersionForm(forms.Form):
    """What holds for the whole version."""

    starts_on = day_field(gettext_lazy("Holds from"))
    outside = forms.ChoiceField(
        label=gettext_lazy("Work that no line covers"), choices=OutsideKind.choices
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Requests come only by"),
        choices=ChannelKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing chosen is every way."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One kind of rows on the page."""

    key: str
    title: Words
    words: Words
    rows: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """The editor."""

    section: str
    sections: tuple[Section, ...]
    contract: Contract
    form: VersionForm
    parts: tuple[Part, ...]
    has_draft: bool
    wrong: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether all of it can be taken; asked of all, so that each says what is wrong."""
        return all([self.form.is_valid(), *(part.rows.is_valid() for part in self.parts)])


KINDS: tuple[tuple[str, type[RowForm], Any, Words, Words], ...] = (
    (
        "lines",
        LineForm,
        LineSaid,
        gettext_lazy("What is covered"),
        gettext_lazy("The narrowest line that fits decides; what is left empty fits all."),
    ),
    (
        "promises",
        PromiseForm,
        PromiseSaid,
        gettext_lazy("What is promised"),
        gettext_lazy("Goes before the general promises, for requests that a line is about."),
    ),
    (
        "stages",
        StageForm,
        StageSaid,
        gettext_lazy("How long a stage may take"),
        gettext_lazy("Goes before what the process says; the narrowest row that fits decides."),
    ),
    (
        "prices",
        PriceForm,
        PriceSaid,
        gettext_lazy("What the rest costs"),
        gettext_lazy("Of night, weekend and holiday the dearest counts, each hour once."),
    ),
    (
        "penalties",
        PenaltyForm,
        PenaltySaid,
        gettext_lazy("What lateness costs us"),
        gettext_lazy("By working time; the highest sum is for each period of the fee."),
    ),
)


def show(request: Request, pk: int) -> HttpResponse:
    """Show the draft; without one, a copy of what was written last."""
    row = contract_of(request, pk)
    return _answer(request, _page(request, row, said=_written(row)))


def save(request: Request, pk: int) -> HttpResponse:
    """Write the draft, and put it into force where that was asked."""
    row = contract_of(request, pk)
    page = _page(request, row, given=request.POST)
    if not page.is_valid:
        return _answer(request, page, status=422)
    try:
        write_draft(row, _said(page), by=request.actor, at=request.at)
        if "activate" in request.POST:
            activate(row, by=request.actor, at=request.at)
            messages.success(request, _("In force from its day on"))
            return pages.to(reverse("settings-contracts-one", args=[row.pk]))
    except Refusal as refused:
        page = _page(request, row, given=request.POST, wrong=str(refused))
        return _answer(request, page, status=refused.status)
    messages.success(request, _("Saved"))
    return pages.to(request.path)


def drop(request: Request, pk: int) -> HttpResponse:
    """Throw the draft away."""
    row = contract_of(request, pk)
    drop_draft(row, by=request.actor, at=request.at)
    messages.success(request, _("The draft is thrown away"))
    return pages.to(reverse("settings-contracts-one", args=[row.pk]))


def _page(
    request: Request,
    row: Contract,
    *,
    said: VersionSaid | None = None,
    given: Mapping[str, Any] | None = None,
    wrong: str = "",
) -> DraftPage:
    form = VersionForm(given, initial=_initial(said) if said else None)
    offered = Offered(row, given)
    return DraftPage(
        section="contracts",
        sections=sections(request.actor),
        contract=row,
        form=form,
        parts=tuple(_part(each, offered, said, given) for each in KINDS),
        has_draft=Version.objects.filter(contract=row, activated_at=None).exists(),
        wrong=wrong,
    )


def _part(
    kind: tuple[str, type[RowForm], Any, Words, Words],
    offered: Offered,
    said: VersionSaid | None,
    given: Mapping[str, Any] | None,
) -> Part:
    key, form, _made, title, words = kind
    make = forms.formset_factory(
        form, extra=2 if key == "lines" else 1, can_delete=True, max_num=MOST_ROWS
    )
    known = [_initial(each) for each in getattr(said, key)] if said else None
    rows = make(given, initial=known, prefix=key, form_kwargs={"offered": offered})
    return Part(key=key, title=title, words=words, rows=rows)


def _initial(said: Any) -> dict[str, Any]:
    known = {each.name: getattr(said, each.name) for each in fields(said)}
    if "covers" in known:
        known["covers"] = "yes" if known["covers"] else "no"
        known["serial"] = known["asset"].serial if known["asset"] else ""
    if minutes := known.get("grace_minutes"):
        known["grace"] = f"{minutes} min"
    if isinstance(said, StageSaid):
        known["work"] = written_length(said.work)
        known["warning"] = written_length(said.warning)
        known["process"] = key_of(said)
    return known


def _written(row: Contract) -> VersionSaid:
    last = row.versions.order_by("number").last()
    if last is None:
        return VersionSaid(starts_on=row.starts_on)
    is_draft = last.activated_at is None
    return said_of(last, starts_on=last.starts_on if is_draft else day_of(now()))


def _said(page: DraftPage) -> VersionSaid:
    rows: dict[str, Any] = {}
    for part, (_key, _form, made, _title, _words) in zip(page.parts, KINDS, strict=True):
        names = {each.name for each in fields(made)}
        rows[part.key] = [
            made(**{name: value for name, value in each.cleaned_data.items() if name in names})
            for each in part.rows
            if each.has_changed() or each.initial
            if each.cleaned_data and not each.cleaned_data.get("DELETE")
        ]
    return VersionSaid(**page.form.cleaned_data, **rows)


def _answer(request: Request, page: DraftPage, *, status: int = 200) -> HttpResponse:
    return render(request, "contracts/draft.html", {"page": page}, status=status)
