"""Writing rules: made and changed in versions, put in order, switched, archived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.acting import require_allowed
from ambidesk.across.automation.events import RuleArchived, RulesOrdered, RuleSwitched, RuleWritten
from ambidesk.across.automation.models import Rule, RuleVersion
from ambidesk.across.automation.saying import (
    After,
    NotARule,
    Said,
    read_condition,
    read_when,
    written_said,
)
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.sla.models import ServiceCalendar
from ambidesk.support.desk.steps.step import read_steps

MOST_RULES = 200


class RuleNeedsName(InvalidInput):
    """It has no name."""

    sentence = _("Give the rule a name.")


class RuleNameTaken(InvalidInput):
    """There is one of this name."""

    sentence = _("There is a rule with this name already.")


class TooManyRules(InvalidInput):
    """Nobody knows any more what happens."""

    sentence = _("There are %(most)s rules. Archive some first.")


class NoSuchCalendar(InvalidInput):
    """The hours are nobody's."""

    sentence = _("This calendar does not exist any more.")


class RuleIsArchived(Refusal):
    """It was put away."""

    sentence = _("The rule “%(name)s” is archived.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """What a rule is, as its editor sends it: the name, and the parts as JSON."""

    name: str
    when: object
    condition: object
    then: object


def read_rule(text: RuleText, *, by: Actor) -> Said:
    """
    Read what a rule shall say.

    Raises:
        The refusals of read_when, NoSuchCalendar: when it acts.
        NotACondition and the other refusals of conditions: for which tickets.
        NoSteps, TooManySteps, NotSteps, NotForRules, MayNotStep, WrongParameters: what it does.
    """
    said = Said(
        when=read_when(text.when),
        condition=read_condition(text.condition),
        then=read_steps(text.then),
    )
    require_allowed(said.then, by=by)
    if isinstance(said.when, After) and said.when.calendar:
        rows = ServiceCalendar.objects.filter(archived_at=None, pk=said.when.calendar)
        if not rows.exists():
            raise NoSuchCalendar(field="said")
    return said


@transaction.atomic
def write_rule(rule: Rule | None, text: RuleText, *, by: Actor, at: datetime) -> Rule:
    """
    Make a rule, which is off, or change the one given by a new version.

    Raises:
        RuleNeedsName, RuleNameTaken, TooManyRules: it cannot be called so, or not be.
        The refusals of read_rule: it makes no sense.
    """
    said = written_said(read_rule(text, by=by))
    name = " ".join(text.name.split())[:80]
    if not name:
        raise RuleNeedsName(field="name")
    row = Rule.objects.select_for_update().get(pk=rule.pk) if rule else _new()
    row.name = name
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise RuleNameTaken(field="name") from taken
    version = _say(row, said, by=by, at=at)
    journal.record(RuleWritten(rule_id=row.pk, version_id=version.pk), by=by, at=at)
    return row


@transaction.atomic
def switch_rule(rule: Rule, *, on: bool, by: Actor, at: datetime) -> Rule:
    """
    Switch a rule on or off; what fell due while it was off stays undone.

    Raises:
        RuleIsArchived: it was put away.
        MayNotStep: whoever switches it on may not do themselves what it does.
    """
    row = Rule.objects.select_for_update().get(pk=rule.pk)
    if row.archived_at:
        raise RuleIsArchived(name=row.name)
    if row.is_on == on:
        return row
    if on:
        require_allowed(read_steps(row.current.said["then"]), by=by)
    row.on_since = row.swept_at = at if on else None
    row.save(update_fields=["on_since", "swept_at"])
    journal.record(RuleSwitched(rule_id=row.pk, on=on), by=by, at=at)
    return row


@transaction.atomic
def order_rules(numbers: Sequence[int], *, by: Actor, at: datetime) -> None:
    """
    Put the rules that are in use into this order.

    Raises:
        NotARule: it names others, or not all of them.
    """
    rows = Rule.objects.select_for_update().filter(archived_at=None).order_by("pk")
    known = {row.pk: row for row in rows}
    if sorted(numbers) != sorted(known):
        raise NotARule
    for place, number in enumerate(numbers, start=1):
        known[number].place = place
    Rule.objects.bulk_update(known.values(), ["place"])
    if known:
        event = RulesOrdered(rule_id=numbers[0], rule_ids=list(numbers))
        journal.record(event, by=by, at=at)


@transaction.atomic
def archive_rule(rule: Rule, *, by: Actor, at: datetime) -> None:
    """Put a rule away, switched off, or take it up again, still off; its runs stay."""
    row = Rule.objects.select_for_update().get(pk=rule.pk)
    row.archived_at = None if row.archived_at else at
    row.on_since = row.swept_at = None
    row.save(update_fields=["archived_at", "on_since", "swept_at"])
    event = RuleArchived(rule_id=row.pk, archived=row.archived_at is not None)
    journal.record(event, by=by, at=at)


def _new() -> Rule:
    standing = Rule.objects.filter(archived_at=None)
    if standing.count() >= MOST_RULES:
        raise TooManyRules(most=MOST_RULES)
    last = standing.aggregate(last=Max("place"))["last"] or 0
    return Rule(place=last + 1, version=0)


def _say(row: Rule, said: dict[str, Any], *, by: Actor, at: datetime) -> RuleVersion:
    """Make a version, unless the one that holds says just this."""
    before = row.versions.filter(number=row.version).first()
    if before and before.said == said:
        return before
    Rule.objects.filter(pk=row.pk).update(version=F("version") + 1)
    row.version += 1
    return RuleVersion.objects.create(
        rule=row, number=row.version, said=said, made_at=at, made_by_id=by.user_id
    )
