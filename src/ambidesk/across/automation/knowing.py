"""Knowing the rules that act: read once for a batch of entries, conditions bound when they can."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from ambidesk.across.automation.models import Rule, RuleVersion
from ambidesk.across.automation.rules.judging import judged
from ambidesk.across.automation.rules.standing import Standing
from ambidesk.across.automation.saying import After, On, Said, kept_said
from ambidesk.across.automation.then import Then
from ambidesk.across.automation.triggers import Trigger, trigger_named
from ambidesk.ground.conditions.binding import Asker, Bound, bind
from ambidesk.ground.conditions.evaluating import holds
from ambidesk.ground.conditions.tree import Duration, comparisons, counts
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.models import Ticket


@dataclass(slots=True, kw_only=True)
class Ready:
    """A version of a rule, read, with its condition bound as far as no time stands in it."""

    version: RuleVersion
    said: Said
    on_since: datetime | None = None
    _bound: Bound | None = None

    @property
    def rule_id(self) -> int:
        """The rule."""
        return self.version.rule_id

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """What it waits for; nothing where it goes by time."""
        if isinstance(self.said.when, On):
            return tuple(trigger_named(each) for each in self.said.when.events)
        return ()

    def bound(self, at: datetime) -> Bound | None:
        """Give the condition for an instant; None where there is none."""
        condition = self.said.condition
        if condition is None:
            return None
        if self._bound is None or self._goes_by_time:
            self._bound = bind(condition, TICKET_VOCABULARY, asker=Asker(at=at))
        return self._bound

    def holds(self, ticket: Ticket, standing: Standing, *, at: datetime) -> bool:
        """Say whether it is for this ticket; what was never written down is as today."""
        bound = self.bound(at)
        return bound is None or holds(bound, Then(ticket, standing), at=at)

    def held(self, then: Then, standing: Standing, *, at: datetime) -> bool | None:
        """Say whether it was for this ticket as it stood; None where nobody can know."""
        bound = self.bound(at)
        if bound is None:
            return True
        return judged(bound, then, at=at, known=standing.knows)

    @property
    def _goes_by_time(self) -> bool:
        condition = self.said.condition
        if condition is None:
            return False
        # What is counted is counted up to now, with a window or without one.
        return any(isinstance(each.value, Duration) for each in comparisons(condition)) or any(
            True for _each in counts(condition)
        )


def ready(version: RuleVersion, *, on_since: datetime | None = None) -> Ready | None:
    """Read a version; None where what it names is gone, so that it acts on nobody."""
    try:
        return Ready(version=version, said=kept_said(version.said), on_since=on_since)
    except Refusal:
        return None


def rules_that_act() -> Sequence[Ready]:
    """Read the rules that are on, in their order."""
    rows = RuleVersion.objects.filter(
        rule__on_since__isnull=False, number=F("rule__version")
    ).select_related("rule")
    found = (ready(row, on_since=row.rule.on_since) for row in rows.order_by("rule__place", "pk"))
    return [each for each in found if each]


def by_events(rules: Iterable[Ready]) -> list[Ready]:
    """Those that wait for something to happen."""
    return [each for each in rules if isinstance(each.said.when, On)]


def rules_by_event() -> dict[str, tuple[Rule, ...]]:
    """Give the rules in use, on or off, by each event that they wait for, in their order."""
    rows = RuleVersion.objects.filter(rule__archived_at=None, number=F("rule__version"))
    found: dict[str, tuple[Rule, ...]] = {}
    for row in rows.select_related("rule").order_by("rule__place", "pk"):
        for name in row.said["when"].get("events", ()):
            found[name] = (*found.get(name, ()), row.rule)
    return found


def by_time(rules: Iterable[Ready]) -> list[tuple[Ready, After]]:
    """Those that wait for time to pass."""
    return [(each, when) for each in rules if isinstance(when := each.said.when, After)]


def names_of(numbers: Iterable[int]) -> dict[int, str]:
    """Name rules by their ids."""
    return dict(Rule.objects.filter(pk__in=set(numbers)).values_list("pk", "name"))
