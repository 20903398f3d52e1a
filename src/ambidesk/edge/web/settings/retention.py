"""Retention: for how long persons and originals are kept; what would go is shown beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ambidesk.across.privacy.models import Kept, RetentionRule
from ambidesk.across.privacy.retaining import Outlook, outlook, set_retention, switch_retention
from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.pages import Step
from ambidesk.edge.web.settings.sections import Words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.people.rights import PeopleRight


class RetentionForm(forms.Form):
    """What is kept, and for how long."""

    kept = forms.ChoiceField(label=_("What"), choices=Kept.choices)
    months = forms.IntegerField(
        label=_("Keep for so many months"),
        min_value=1,
        max_value=240,
        help_text=_(
            "Persons: since the last word on any of their tickets; who has an open one stays. "
            "Originals: since they came in; the messages made of them stay."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the rule would take now."""

    rule: RetentionRule
    outlook: Outlook
    template: str = "retention.html"


def _rows(_request: Request) -> QuerySet[RetentionRule]:
    return RetentionRule.objects.all()


def _facts(rule: RetentionRule) -> tuple[str, ...]:
    return (ngettext("%(n)s month", "%(n)s months", rule.months) % {"n": rule.months},)


def _state(rule: RetentionRule) -> tuple[Words, str]:
    return (_("on"), "done") if rule.is_on else (_("off"), "")


def _known(rule: RetentionRule) -> dict[str, Any]:
    return {"kept": rule.kept, "months": rule.months}


def _save(request: Request, rule: RetentionRule | None, values: Mapping[str, Any]) -> HttpResponse:
    saved = set_retention(
        rule, Kept(values["kept"]), months=values["months"], by=request.actor, at=request.at
    )
    return pages.to(_url(saved))


def switch(request: Request, pk: int) -> HttpResponse:
    """Let the rule take what is old, or no more."""
    rule = RetentionRule.objects.filter(pk=pk).first()
    if rule is None:
        raise Http404
    switch_retention(rule, on=not rule.is_on, by=request.actor, at=request.at)
    return pages.to(_url(rule))


def _url(rule: RetentionRule) -> str:
    return reverse("settings-retention-one", args=[rule.pk])


def _steps(rule: RetentionRule) -> tuple[Step, ...]:
    words = _("Switch off") if rule.is_on else _("Switch on")
    kind = "quiet" if rule.is_on else "danger"
    return (Step(url=reverse("settings-retention-switch", args=[rule.pk]), words=words, kind=kind),)


RETENTION = Noun(
    key="retention",
    model=RetentionRule,
    form=RetentionForm,
    right=PeopleRight.ERASE,
    title=_("Retention"),
    words=_("What is of no use any more goes by itself, once a rule is switched on."),
    add_words=_("New rule"),
    empty=_("Say for how long the data of persons is kept."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    steps=_steps,
    state=_state,
    report=lambda rule: Trial(rule=rule, outlook=outlook(rule, at=timezone.now())),
)
