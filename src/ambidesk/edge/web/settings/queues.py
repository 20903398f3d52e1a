"""Queues: how each team's work is given out, and when it flows over."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.durations import in_words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.staff.models import Team
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.models import Mode, Queue
from ambidesk.support.routing.rights import RoutingRight

MINUTE = 60


class QueueForm(forms.Form):
    """One team's queue; times in minutes or seconds as their labels say."""

    team = forms.ModelChoiceField(Team.objects.filter(archived_at=None), label=_("Team"))
    mode = forms.ChoiceField(
        choices=Mode.choices, label=_("How work is given out"), widget=forms.RadioSelect
    )
    overflow_to = forms.ModelChoiceField(
        Team.objects.filter(archived_at=None),
        label=_("Goes on to"),
        required=False,
        help_text=_("It must serve all brands of this team."),
    )
    overflow_minutes = forms.IntegerField(
        label=_("After so many minutes"), required=False, min_value=1, max_value=10_080
    )
    away_minutes = forms.IntegerField(
        label=_("Away after so many minutes without a touch"),
        min_value=1,
        max_value=1440,
        initial=10,
    )
    return_seconds = forms.IntegerField(
        label=_("Seconds until the tickets of somebody who vanished go back to the queue"),
        min_value=1,
        max_value=86_400,
        initial=60,
    )
    shows_wait = forms.BooleanField(
        label=_("Tell visitors their place and the expected wait"), required=False, initial=True
    )
    target_percent = forms.IntegerField(
        label=_("Per cent to be taken in time"),
        min_value=1,
        max_value=99,
        initial=80,
    )
    target_seconds = forms.IntegerField(
        label=_("In time means within so many seconds"), min_value=1, max_value=86_400, initial=60
    )
    patience_seconds = forms.IntegerField(
        label=_("Seconds that people wait on average before they leave"),
        min_value=1,
        max_value=86_400,
        initial=300,
    )
    groups = (
        ("", "", "", ("team", "mode")),
        (
            "",
            _("Overflow"),
            _("What nobody takes in time goes on to another team."),
            ("overflow_to", "overflow_minutes"),
        ),
        ("", _("Attendance"), "", ("away_minutes", "return_seconds")),
        (
            "",
            _("Promise"),
            _("From these the forecast computes how many operators are needed."),
            ("shows_wait", "target_percent", "target_seconds", "patience_seconds"),
        ),
    )


def _rows(_request: Request) -> QuerySet[Queue]:
    return Queue.objects.select_related("team", "overflow_to").order_by("team__name")


def _facts(queue: Queue) -> tuple[str, ...]:
    words = queue.get_mode_display().partition(":")[0]
    if queue.overflow_to is None or queue.overflow_after is None:
        return (words,)
    flows = _("to “%(team)s” after %(time)s") % {
        "team": queue.overflow_to.name,
        "time": in_words(queue.overflow_after),
    }
    return (words, flows)


def _known(queue: Queue) -> dict[str, Any]:
    return {
        "team": queue.team,
        "mode": queue.mode,
        "overflow_to": queue.overflow_to,
        "overflow_minutes": queue.overflow_after and queue.overflow_after // MINUTE,
        "away_minutes": max(queue.away_after // MINUTE, 1),
        "return_seconds": queue.return_after,
        "shows_wait": queue.shows_wait,
        "target_percent": queue.target_percent,
        "target_seconds": queue.target_seconds,
        "patience_seconds": queue.patience_seconds,
    }


def _save(request: Request, queue: Queue | None, values: Mapping[str, Any]) -> None:
    minutes = values["overflow_minutes"]
    said = Arrangement(
        mode=Mode(values["mode"]),
        overflow_to=values["overflow_to"],
        overflow_after=minutes and minutes * MINUTE,
        away_after=values["away_minutes"] * MINUTE,
        return_after=values["return_seconds"],
        shows_wait=values["shows_wait"],
        target_seconds=values["target_seconds"],
        target_percent=values["target_percent"],
        patience_seconds=values["patience_seconds"],
    )
    team = queue.team if queue else values["team"]
    arrange_queue(team, said, by=request.actor, at=request.at)


QUEUES = Noun(
    key="queues",
    model=Queue,
    form=QueueForm,
    right=RoutingRight.MANAGE,
    title=_("Queues"),
    words=_("A team with a queue takes what is next; without one people choose for themselves."),
    add_words=_("New queue"),
    empty=_("Give a team a queue: then its operators take the next one with a key."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
)
