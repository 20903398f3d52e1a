"""The form by which a saved report is sent by mail: how often, when, to whom, until when."""

from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.across.insight.mailing import Terms
from ambidesk.across.insight.models import Attached, SavedReport
from ambidesk.across.insight.models.mailing import EVERY
from ambidesk.across.insight.rights import InsightRight
from ambidesk.across.insight.rules.rhythm import Every, Rhythm
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.models import User, UserQuerySet

MORNING = "09:00"


def zones() -> list[tuple[str, str]]:
    """Give every zone that has a place, and UTC."""
    names = (name for name in sorted(available_timezones()) if "/" in name or name == "UTC")
    return [(name, name.replace("_", " ")) for name in names]


class MailingForm(forms.Form):
    """How often, when, to whom; readers are asked for where there is a choice."""

    readers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("To"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each gets the figures that they may see themselves. Nobody chosen: you."),
    )
    every = forms.ChoiceField(
        label=_("How often"),
        choices=[(each.value, words) for each, words in EVERY.items()],
        initial=Every.WEEK.value,
        help_text=_("It tells of the day, the seven days or the month before."),
    )
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"),
        coerce=int,
        choices=[(number + 1, words) for number, words in WEEKDAYS.items()],
        required=False,
        empty_value=None,
    )
    monthday = forms.IntegerField(
        label=_("Day of the month"),
        min_value=1,
        max_value=31,
        initial=1,
        required=False,
        help_text=_("In a shorter month its last day."),
    )
    clock = forms.TimeField(
        label=_("Time"), initial=MORNING, widget=forms.TimeInput(attrs={"type": "time"})
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    attached = forms.ChoiceField(
        label=pgettext_lazy("mail", "File"), choices=Attached.choices, required=False
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, actor: Actor, report: SavedReport, given: QueryDict | None = None) -> None:
        super().__init__(given, initial={"zone": timezone.get_current_timezone_name()})
        readers = self.fields["readers"]
        if not actor.may(InsightRight.MAIL) or not report.team_id:
            # What is one's own alone nobody else sees.
            del self.fields["readers"]
        elif isinstance(readers, forms.ModelMultipleChoiceField):
            readers.queryset = _colleagues(actor, report)

    @property
    def chosen(self) -> list[User]:
        """Who shall get it; none is the one who asks."""
        return list(self.cleaned_data.get("readers") or ())

    @property
    def terms(self) -> Terms:
        """When it goes, with what, until when."""
        said = self.cleaned_data
        every = Every(said["every"])
        day = {Every.WEEK: said["weekday"], Every.MONTH: said["monthday"]}.get(every)
        rhythm = Rhythm(every=every, day=day or 1, clock=said["clock"], zone=ZoneInfo(said["zone"]))
        return Terms(rhythm=rhythm, attached=Attached(said["attached"]), ends_on=said["ends_on"])


def _colleagues(actor: Actor, report: SavedReport) -> UserQuerySet:
    """Who sees the report by the team that it is shared with and may see figures; the actor."""
    theirs = User.objects.filter(
        member__teams=report.team_id, grants__role__rights__contains=[InsightRight.SEE]
    )
    places = Q(pk__in=theirs.values("pk")) | Q(pk=actor.user_id)
    return User.objects.active().filter(places).order_by("name", "pk")
