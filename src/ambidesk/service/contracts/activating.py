"""
Activating: a version comes into force on its day, is renewed, or ends before its time.

What is active does not change any more; the version before it ends when the new one begins.
"""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.problems import resolve
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contracts.events import ContractTerminated, VersionActivated
from ambidesk.service.contracts.models import Contract, Line, Package, Termination, Version
from ambidesk.service.contracts.said import said_of
from ambidesk.service.contracts.succeeding import succeed
from ambidesk.service.contracts.writing import lock, write_draft

ENDS = "contract_ends"
NOT_RENEWED = "contract_not_renewed"
SUBJECT = "contract"
# What lies beyond is a slip of the hand.
LAST_DAY = date(2200, 12, 31)
IN_NEED_OF_NOTICE = frozenset({Termination.Reason.CLIENT.value, Termination.Reason.PROVIDER.value})


class NothingToActivate(Refusal):
    """There is no draft with lines."""

    sentence = _("Write at least one line first.")


class OutsideOfTheContract(InvalidInput):
    """The version would hold when the contract does not."""

    sentence = _("A version holds within the contract: from %(start)s on and before its end.")


class PeriodOverlaps(Refusal):
    """Another contract says something about the same at the same time."""

    sentence = _(
        "Clause %(clause)s is about the same as clause %(other)s of contract “%(number)s”, which "
        "holds at the same time. End that one first or choose another scope."
    )


class ModelNotTaken(Refusal):
    """It was decided that no contract takes this model in anew."""

    sentence = _("Clause %(clause)s: “%(model)s” is not taken into contracts any more.")


class NotInForce(Refusal):
    """There is no active version to go on from."""

    sentence = _("Contract “%(number)s” is not in force.")


class HasNoEnd(Refusal):
    """It goes on anyway."""

    sentence = _("Contract “%(number)s” has no end and needs no renewal.")


class AlreadyRenewed(Refusal):
    """Its end is not any more the one beyond which it should go."""

    sentence = _("Contract “%(number)s” has another end by now: look at it again.")


class TooFarAway(InvalidInput):
    """Nobody agrees for so long."""

    sentence = _("A contract ends by %(last)s at the latest.")


class AlreadyTerminated(Refusal):
    """Its end was set before."""

    sentence = _("Contract “%(number)s” was ended before.")


class NoticeTooShort(InvalidInput):
    """The end comes before the time of notice is over."""

    sentence = _("The time of notice is %(days)s days: the contract ends on %(earliest)s or later.")


@transaction.atomic
def activate(contract: Contract, *, by: Actor, at: datetime, renewed: bool = False) -> Version:
    """
    Put the draft into force.

    Raises:
        NothingToActivate: there is no draft, or it has no lines.
        OutsideOfTheContract: its day is not one of the contract's.
        PeriodOverlaps: another contract of the company is about the same then.
        ModelNotTaken: it takes in anew what no contract takes any more.
    """
    row = lock(contract)
    draft = Version.objects.filter(contract=row, activated_at=None).first()
    if draft is None or not draft.lines.exists():
        raise NothingToActivate
    is_ended = row.until_on is not None and draft.starts_on >= row.until_on
    if draft.starts_on < row.starts_on or is_ended:
        raise OutsideOfTheContract(field="starts_on", start=row.starts_on)
    draft.until_on = row.until_on
    _require_alone(draft)
    _require_taken(draft)
    succeed(draft, by=by, at=at)
    _end_versions(row, draft.starts_on)
    Line.objects.filter(version=draft).update(during=DateRange(draft.starts_on, draft.until_on))
    draft.activated_at, draft.activated_by_id = at, by.user_id
    draft.save()
    Package.objects.filter(contract=row, agreed_at=None).update(agreed_at=at)
    row.activated_at, row.changed_at = row.activated_at or at, at
    row.save(update_fields=["activated_at", "changed_at"])
    event = VersionActivated(contract_id=row.pk, version_id=draft.pk, renewed=renewed)
    journal.record(event, by=by, at=at)
    return draft


@transaction.atomic
def renew(
    contract: Contract, *, months: int, ends_on: date | None = None, by: Actor, at: datetime
) -> Version:
    """
    Let a contract go on for so many months after its end; what it says stays.

    Who says beyond which end, by `ends_on`, does not renew twice.

    Raises:
        NotInForce: nothing was active.
        HasNoEnd: there is no end to go beyond.
        AlreadyTerminated: notice was given.
        AlreadyRenewed: its end is another one than that which was said.
        TooFarAway: nobody lives to see the end.
        PeriodOverlaps: another contract of the company is about the same then.
    """
    row = lock(contract)
    last = _last(row)
    if row.until_on is None:
        raise HasNoEnd(number=row.number)
    if Termination.objects.filter(contract=row).exists():
        raise AlreadyTerminated(number=row.number)
    if ends_on is not None and ends_on != row.until_on:
        raise AlreadyRenewed(number=row.number)
    since = row.until_on
    if since > LAST_DAY - relativedelta(months=months):
        raise TooFarAway(field="months", last=LAST_DAY)
    row.until_on = since + relativedelta(months=months)
    row.warned_days, row.changed_at = None, at
    row.save(update_fields=["until_on", "warned_days", "changed_at"])
    # What somebody is writing goes on being a draft.
    draft = Version.objects.filter(contract=row, activated_at=None).first()
    written = said_of(draft, starts_on=draft.starts_on) if draft else None
    write_draft(row, said_of(last, starts_on=since), by=by, at=at)
    renewed = activate(row, by=by, at=at, renewed=True)
    if written:
        write_draft(row, written, by=by, at=at)
    _calm(row, at=at)
    return renewed


@transaction.atomic
def terminate(
    contract: Contract,
    *,
    noticed_on: date,
    ends_on: date,
    reason: Termination.Reason,
    attempt: str = "",
    by: Actor,
    at: datetime,
) -> Termination:
    """
    End a contract before its time; what begins after that day never holds.

    Raises:
        NotInForce: nothing was active.
        AlreadyTerminated: notice was given before.
        NoticeTooShort: the time of notice is not kept, and nobody broke the contract.
    """
    row = lock(contract)
    _last(row)
    if Termination.objects.filter(contract=row).exists():
        raise AlreadyTerminated(number=row.number)
    earliest = noticed_on + timedelta(days=row.notice_days)
    if reason.value in IN_NEED_OF_NOTICE and ends_on < earliest:
        raise NoticeTooShort(field="ends_on", days=row.notice_days, earliest=earliest)
    termination = Termination.objects.create(
        contract=row,
        noticed_on=noticed_on,
        ends_on=ends_on,
        reason=reason.value,
        attempt=attempt.strip()[:300],
        by_id=by.user_id,
        at=at,
    )
    _end_versions(row, ends_on)
    if row.until_on is None or ends_on < row.until_on:
        # A day on which it began already is the least that there can be of it.
        row.until_on = max(ends_on, row.starts_on + timedelta(days=1))
    row.changed_at = at
    row.save(update_fields=["until_on", "changed_at"])
    journal.record(ContractTerminated(contract_id=row.pk, reason=reason), by=by, at=at)
    _calm(row, at=at)
    return termination


def _calm(contract: Contract, *, at: datetime) -> None:
    """Its end is seen to: nothing is left to be told of."""
    for kind in (ENDS, NOT_RENEWED):
        resolve(kind, (SUBJECT, contract.pk), at=at)


def _last(contract: Contract) -> Version:
    last = contract.versions.filter(activated_at__isnull=False).order_by("number").last()
    if last is None:
        raise NotInForce(number=contract.number)
    return last


def _require_alone(draft: Version) -> None:
    own = dict(draft.lines.values_list("scope", "clause"))
    others = Line.objects.filter(
        company=draft.contract.company_id,
        scope__in=own,
        during__overlap=DateRange(draft.starts_on, draft.until_on),
    ).exclude(version__contract=draft.contract_id)
    clash = others.select_related("version__contract").order_by("pk").first()
    if clash is not None:
        raise PeriodOverlaps(
            clause=own[clash.scope], other=clash.clause, number=clash.version.contract.number
        )


def _require_taken(draft: Version) -> None:
    ended = Q(model__cover_ended_at__isnull=False) | Q(asset__model__cover_ended_at__isnull=False)
    known = Line.objects.filter(
        version__contract=draft.contract_id, version__activated_at__isnull=False
    )
    lines = draft.lines.filter(ended, covers=True).exclude(scope__in=known.values("scope"))
    line = lines.select_related("model", "asset__model").first()
    if line is not None:
        raise ModelNotTaken(clause=line.clause, model=line.model or line.asset)


def _end_versions(contract: Contract, on: date) -> None:
    """End what is active on a day; what would begin later holds on no day at all."""
    rows = contract.versions.filter(activated_at__isnull=False)
    for version in rows.exclude(until_on__lte=on):
        version.until_on = max(version.starts_on, on)
        Line.objects.filter(version=version).update(
            during=DateRange(version.starts_on, version.until_on)
        )
        version.save(update_fields=["until_on"])
