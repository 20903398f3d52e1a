"""Surveys: what is asked after closing or from time to time, of whom, and how often at most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.relation.feedback.models import Occasion, Survey
from ambidesk.relation.feedback.rights import FeedbackRight
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.relation.feedback.surveying import Asking, archive_survey, set_up_survey
from ambidesk.support.conversations.models import Channel

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Where the results of a survey are."""

    url: str
    template: str = "survey_link.html"


class SurveyForm(forms.Form):
    """What is asked of whom and when."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("For colleagues."))
    kind = forms.ChoiceField(label=_("Measures"), choices=SurveyKind.choices)
    occasion = forms.ChoiceField(
        label=_("Asks"), choices=Occasion.choices, initial=Occasion.CLOSING
    )
    question = forms.CharField(
        label=_("Question"),
        max_length=200,
        required=False,
        help_text=_("Without it the question is asked in the customer's own language."),
    )
    brand = forms.ModelChoiceField(
        label=_("Brand"),
        queryset=Brand.objects.filter(archived_at=None),
        required=False,
        empty_label=_("All brands"),
    )
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.filter(archived_at=None),
        required=False,
        empty_label=_("All teams"),
    )
    channel = forms.ModelChoiceField(
        label=_("Channel"),
        queryset=Channel.objects.filter(enabled=True),
        required=False,
        empty_label=_("All channels"),
    )
    ask_after = forms.IntegerField(
        label=_("Hours after solving"), min_value=0, max_value=720, initial=1
    )
    quiet_for = forms.IntegerField(
        label=_("Days until the same person is asked again"), min_value=0, max_value=365, initial=14
    )
    open_for = forms.IntegerField(label=_("Days to answer"), min_value=1, max_value=365, initial=30)
    change_for = forms.IntegerField(
        label=_("Days to change an answer"), min_value=0, max_value=90, initial=7
    )
    every = forms.IntegerField(
        label=_("Days between two rounds for a person"),
        min_value=1,
        max_value=1_000,
        initial=90,
        required=False,
    )
    active_within = forms.IntegerField(
        label=_("Whose last ticket was solved within so many days"),
        min_value=1,
        max_value=1_000,
        initial=180,
        required=False,
    )
    least_tickets = forms.IntegerField(
        label=_("Who had at least so many tickets"),
        min_value=1,
        max_value=1_000,
        initial=1,
        required=False,
    )
    most_a_day = forms.IntegerField(
        label=_("At most so many people a day"),
        min_value=1,
        max_value=100_000,
        initial=200,
        required=False,
    )
    groups = (
        ("", "", "", ("name", "kind", "occasion", "question")),
        ("", _("Who is asked"), "", ("brand", "team", "channel")),
        ("", _("After closing"), "", ("ask_after",)),
        (
            "",
            _("From time to time"),
            _(
                "On working days from 10 to 18 h, a few at a time. "
                "Nobody is asked while a ticket of theirs is open."
            ),
            ("every", "active_within", "least_tickets", "most_a_day"),
        ),
        ("", _("Limits"), "", ("quiet_for", "open_for", "change_for")),
    )


def _save(
    request: Request, survey: Survey | None, values: Mapping[str, Any]
) -> HttpResponse | None:
    asking = Asking(
        name=values["name"],
        kind=SurveyKind(values["kind"]),
        brand=values["brand"],
        team=values["team"],
        channel=values["channel"],
        question=values["question"],
        ask_after=values["ask_after"] * HOUR,
        quiet_for=values["quiet_for"] * DAY,
        open_for=values["open_for"] * DAY,
        change_for=values["change_for"] * DAY,
        **_given(values),
    )
    set_up_survey(survey, asking, by=request.actor, at=request.at)
    return None


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """What may be left empty, where it was not; the rest is as a survey has it by itself."""
    made: dict[str, Callable[[Any], Any]] = {
        "occasion": Occasion,
        "every": DAY.__mul__,
        "active_within": DAY.__mul__,
        "least_tickets": int,
        "most_a_day": int,
    }
    return {name: make(values[name]) for name, make in made.items() if values[name]}


def _known(survey: Survey) -> dict[str, Any]:
    return {
        "name": survey.name,
        "kind": survey.kind,
        "brand": survey.brand_id,
        "team": survey.team_id,
        "channel": survey.channel_id,
        "question": survey.question,
        "ask_after": survey.ask_after // HOUR,
        "quiet_for": survey.quiet_for // DAY,
        "open_for": survey.open_for // DAY,
        "change_for": survey.change_for // DAY,
        "occasion": survey.occasion,
        "every": survey.every // DAY,
        "active_within": survey.active_within // DAY,
        "least_tickets": survey.least_tickets,
        "most_a_day": survey.most_a_day,
    }


def _facts(survey: Survey) -> tuple[str, ...]:
    hours = survey.ask_after // HOUR
    days = survey.every // DAY
    after = (
        ngettext("every %(n)s day", "every %(n)s days", days) % {"n": days}
        if survey.is_periodic
        else ngettext("%(n)s hour after solving", "%(n)s hours after solving", hours) % {"n": hours}
    )
    limits = (survey.brand, survey.team, survey.channel)
    whom = ", ".join(str(each) for each in limits if each) or str(_("Everybody"))
    return str(SurveyKind(survey.kind).label), whom, after


SURVEYS = Noun(
    key="surveys",
    model=Survey,
    form=SurveyForm,
    right=FeedbackRight.MANAGE,
    title=_("Surveys"),
    words=_(
        "People are asked how it was after a ticket is solved, or from time to time. Where several "
        "surveys fit a solved ticket, the most specific one asks."
    ),
    add_words=_("New survey"),
    empty=_("Set up the first survey to learn what customers think."),
    rows=lambda _request: Survey.objects.select_related("brand", "team", "channel").order_by(
        "archived_at", "name"
    ),
    facts=_facts,
    known=_known,
    save=_save,
    report=lambda survey: Results(url=reverse("settings-surveys-results", args=[survey.pk])),
    archive=lambda request, survey: archive_survey(survey, by=request.actor, at=request.at),
)
