"""Rules as a noun of the settings: the editor, and the way to what a rule did."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.describing import Sentence, sentence_of
from ambidesk.across.automation.levels import level_of
from ambidesk.across.automation.models import Rule
from ambidesk.across.automation.rights import RuleRight
from ambidesk.across.automation.writing import archive_rule, write_rule
from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.ruling.form import RuleForm, known_of, text_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.actor import SYSTEM


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands above a rule that is written: the rule in words, its switch, what it did."""

    rule: Rule
    sentence: Sentence
    template: str = "ruling/standing.html"


def _rows(_request: Request) -> QuerySet[Rule]:
    return Rule.objects.order_by("archived_at", "place", "pk")


def _save(request: Request, row: Rule | None, values: Mapping[str, Any]) -> HttpResponse | None:
    rule = write_rule(row, text_of(values), by=request.actor, at=request.at)
    return pages.to(reverse("settings-rules-one", args=[rule.pk]))


def _begun(request: Request) -> dict[str, Any]:
    """A rule for a level of a promise begins with that level."""
    return {"events": [name for name in request.GET.getlist("events") if level_of(name)]}


def _report(row: Rule) -> Standing:
    return Standing(rule=row, sentence=sentence_of(row.current.said, actor=SYSTEM))


RULES = Noun(
    key="rules",
    model=Rule,
    form=RuleForm,
    right=RuleRight.MANAGE,
    title=_("Rules"),
    words=_("What the desk does by itself when something happens, or when time passes."),
    add_words=_("New rule"),
    empty=_("Let the desk remind a customer after three days, for example."),
    rows=_rows,
    facts=lambda _row: (),
    known=known_of,
    save=_save,
    archive=lambda request, row: archive_rule(row, by=request.actor, at=request.at),
    report=_report,
    aside="ruling/try.html",
    begun=_begun,
)
