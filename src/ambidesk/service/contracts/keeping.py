"""
Keeping: decisions written down, each once; deciding the same again writes nothing.

A person's decision stands until it is taken back, whatever is found out meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contracts.models import Coverage, Decision, VerdictKind
from ambidesk.service.contracts.reading import in_force
from ambidesk.service.contracts.rules import deciding
from ambidesk.service.contracts.rules.lines import Facts

# What makes one decision another one; what is left of a package changes by itself.
TELLING = (
    "verdict",
    "reason",
    "clause",
    "contract_id",
    "version_id",
    "line_id",
    "package_id",
    "stop_id",
    "parts",
    "labour",
    "travel",
    "limit",
    "warranty_until",
)


class NoReasonGiven(InvalidInput):
    """Who overrules says why."""

    sentence = _("Say why it is decided otherwise.")


class NotOverruled(Refusal):
    """Nobody's decision stands against that of the contract."""

    sentence = _("Nobody overruled this.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One matter to decide about: whose, what, and its coverage so far."""

    key: int
    company: int
    facts: Facts
    coverage: Coverage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The coverage of a matter; `decision` is new, None where nothing changed."""

    coverage: Coverage
    decision: Decision | None


@transaction.atomic(savepoint=False)
def decide_many(matters: Sequence[Matter], *, on: date, at: datetime) -> Mapping[int, Kept]:
    """Decide about matters, whose rows the caller has locked, and write what is new."""
    known = in_force({each.company for each in matters}, on=on)
    coverages = {each.key: each.coverage or Coverage() for each in matters}
    last = _last([each.coverage.pk for each in matters if each.coverage])
    found: dict[int, Decision] = {}
    for each in matters:
        holds = known[each.company]
        decided = deciding.decide(holds.versions, each.facts, standing=holds.standing)
        row = _row(decided, each.facts, at)
        before = last.get(coverages[each.key].pk or 0)
        is_same = before and all(getattr(row, n) == getattr(before, n) for n in TELLING)
        if not is_same and not coverages[each.key].is_overruled:
            found[each.key] = row
        coverages[each.key].left = _bounded(decided.left)
        used = holds.used.get(decided.package or 0)
        coverages[each.key].used_percent = None if used is None else min(used, MOST_PERCENT)
    _write(coverages, found, at=at)
    return {
        key: Kept(coverage=coverage, decision=found.get(key)) for key, coverage in coverages.items()
    }


def decide_of(matter: Matter, *, told_at: datetime) -> Decision | None:
    """
    Say by what work on a matter is charged: what a person decided, else what held on its day.

    The facts are those of now, so what was entered wrongly before is right afterwards; contracts
    are those of the facts' day and stops those of the instant at which the work was told, so what
    comes later makes nothing dearer that was done before. Nothing is written.
    """
    if matter.coverage is None:
        return None
    if matter.coverage.is_overruled:
        beside = ("contract", "line", "package")
        return matter.coverage.decisions.select_related(*beside).order_by("pk").last()
    on = matter.facts.on
    holds = in_force({matter.company}, on=on, stopped_at=told_at)[matter.company]
    decided = deciding.decide(holds.versions, matter.facts, standing=holds.standing)
    row = _row(decided, matter.facts, told_at)
    row.coverage = matter.coverage
    return row


@transaction.atomic
def overrule(
    coverage: Coverage, verdict: VerdictKind, *, words: str, by: Actor, at: datetime
) -> Decision:
    """
    Decide otherwise, with a reason; the contract and its clause stay beside it.

    Raises:
        NoReasonGiven: without one.
    """
    if not words.strip():
        raise NoReasonGiven(field="words")
    row = Coverage.objects.select_for_update().get(pk=coverage.pk)
    before = row.decisions.order_by("pk").last()
    share = 100 if deciding.GIVES[deciding.Verdict(verdict.value)] >= FULL else 0
    decision = Decision(
        coverage=row,
        verdict=verdict.value,
        reason=deciding.Reason.OVERRULED.value,
        clause=before.clause if before else "",
        contract_id=row.contract_id,
        version_id=before.version_id if before else None,
        line_id=row.line_id,
        parts=share,
        labour=share,
        travel=share,
        by_id=by.user_id,
        words=words.strip()[:300],
        at=at,
    )
    decision.save(force_insert=True)
    row.verdict, row.is_overruled, row.decided_at = verdict.value, True, at
    row.save(update_fields=["verdict", "is_overruled", "decided_at"])
    return decision


@transaction.atomic
def take_back(coverage: Coverage, *, at: datetime) -> Coverage:
    """
    Let the contract decide again; the next decision is written by `decide_many`.

    Raises:
        NotOverruled: nobody decided otherwise.
    """
    row = Coverage.objects.select_for_update().get(pk=coverage.pk)
    if not row.is_overruled:
        raise NotOverruled
    row.is_overruled, row.decided_at = False, at
    row.save(update_fields=["is_overruled", "decided_at"])
    return row


FIELDS = ("verdict", "contract", "line", "package", "left", "used_percent", "decided_at")
MOST_LEFT, MOST_PERCENT = Decimal("99999999.99"), 1_000_000
FULL = deciding.GIVES[deciding.Verdict.UNTIL_LIMIT]


def _last(coverages: Sequence[int]) -> Mapping[int, Decision]:
    rows = Decision.objects.filter(coverage__in=coverages)
    return {row.coverage_id: row for row in rows.order_by("coverage", "-pk").distinct("coverage")}


def _bounded(left: Decimal | None) -> Decimal | None:
    """Keep what is left within what can be stored: one slip must not stop all others."""
    return None if left is None else max(-MOST_LEFT, min(MOST_LEFT, left))


def _row(decided: deciding.Decision, facts: Facts, at: datetime) -> Decision:
    is_warranty = decided.reason is deciding.Reason.WARRANTY and facts.warranty
    return Decision(
        verdict=decided.verdict.value,
        reason=decided.reason.value,
        clause=decided.clause,
        contract_id=decided.contract,
        version_id=decided.version,
        line_id=decided.line,
        package_id=decided.package,
        stop_id=decided.stop,
        parts=decided.shares.parts,
        labour=decided.shares.labour,
        travel=decided.shares.travel,
        left=_bounded(decided.left),
        limit=decided.limit.amount if decided.limit else None,
        warranty_until=facts.warranty.until if is_warranty and facts.warranty else None,
        at=at,
    )


def _write(
    coverages: Mapping[int, Coverage], found: Mapping[int, Decision], *, at: datetime
) -> None:
    for key, coverage in coverages.items():
        coverage.decided_at = at
        if decision := found.get(key):
            coverage.verdict = decision.verdict
            coverage.contract_id = decision.contract_id
            coverage.line_id = decision.line_id
            coverage.package_id = decision.package_id
    new = [each for each in coverages.values() if each.pk is None]
    old = [each for each in coverages.values() if each.pk is not None]
    Coverage.objects.bulk_create(new)
    Coverage.objects.bulk_update(old, FIELDS)
    for key, decision in found.items():
        decision.coverage = coverages[key]
    Decision.objects.bulk_create(found.values())
