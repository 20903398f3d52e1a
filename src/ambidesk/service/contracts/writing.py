"""Writing: a contract's own facts, and the draft of its next version; both before anybody signs."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.period import Period
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.events import ContractWritten
from ambidesk.service.contracts.filling import fill
from ambidesk.service.contracts.models import Contract, PenalisedKind, Version
from ambidesk.service.contracts.models.line import MARK_UPS
from ambidesk.service.contracts.rules.pricing import ONE
from ambidesk.service.contracts.said import (
    Details,
    LineSaid,
    PenaltySaid,
    PriceSaid,
    StageSaid,
    VersionSaid,
)

# What was agreed on; the rest is how we look after the contract.
AGREED = ("number", "legal_entity", "currency", "fee", "fee_every", "starts_on", "until_on")
MINUTE = timedelta(minutes=1)


class NumberTaken(InvalidInput):
    """The company has a contract of this number."""

    sentence = _("This company has a contract “%(number)s” already.")


class AlreadyAgreed(Refusal):
    """It is in force; what was agreed changes by a new version, a renewal or an end."""

    sentence = _(
        "Contract “%(number)s” is in force. Renew it, end it or write a new version instead."
    )


class OtherCompany(InvalidInput):
    """A line is about something of another company."""

    sentence = _("Clause %(clause)s: “%(name)s” belongs to another company.")


class SameScopeTwice(InvalidInput):
    """Two lines of one version say something about the same."""

    sentence = _("Clauses %(one)s and %(other)s are about the same. Leave one of them.")


class GivesNothing(InvalidInput):
    """A line covers nothing and does not say that it excludes."""

    sentence = _("Clause %(clause)s covers nothing. Make it an exclusion or give it a share.")


class NoSuchClause(InvalidInput):
    """A stage is promised for lines that the version does not have."""

    sentence = _("Clause %(clause)s: there is no line with the clause %(line)s.")


class NoSuchStage(InvalidInput):
    """A penalty is for stages that the version does not promise."""

    sentence = _("Clause %(clause)s: no stage is promised by the clause %(stage)s.")


class NoPriceOfTime(InvalidInput):
    """What is asked of hours is asked of a mark-up, and would be passed over."""

    sentence = _(
        "Clause %(clause)s: a mark-up has a least amount, but no least quantity and no factors for"
        " night, weekend and holidays."
    )


class StageTakesNoTime(InvalidInput):
    """Less than a minute, or warned of before it begins."""

    sentence = _("Clause %(clause)s: a stage takes a minute at least, and more than its warning.")


@transaction.atomic
def write_contract(
    contract: Contract | None, details: Details, *, company: Company, by: Actor, at: datetime
) -> Contract:
    """
    Make a contract, or change the facts of one.

    Raises:
        NumberTaken: another one of the company has the number.
        AlreadyAgreed: it is in force, and what was agreed would change.
        EndsBeforeItBegins: its end does not come after its beginning.
        NoCurrency: the currency is none.
    """
    row = lock(contract) if contract else Contract(company=company)
    Period(details.starts_on, details.until_on)
    Money.zero(details.currency)
    if row.activated_at and any(getattr(row, n) != getattr(details, n) for n in AGREED):
        raise AlreadyAgreed(number=row.number)
    if row.company.contracts.filter(number=details.number).exclude(pk=row.pk).exists():
        raise NumberTaken(field="number", number=details.number)
    for name in Details.__slots__:
        value = getattr(details, name)
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.changed_at = at
    row.save()
    journal.record(ContractWritten(contract_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def write_draft(contract: Contract, said: VersionSaid, *, by: Actor, at: datetime) -> Version:
    """
    Write the draft of the next version anew, whole.

    Raises:
        OtherCompany, SameScopeTwice, GivesNothing: what its lines say cannot be meant.
        NoSuchClause, StageTakesNoTime: nor what it promises for stages.
        NoSuchStage: nor what their lateness costs.
        NoPriceOfTime: nor what is put on costs.
    """
    row = lock(contract)
    for line in said.lines:
        _require_meant(line, row)
    require_once(said)
    for stage in said.stages:
        _require_stage(stage, said)
    for price in said.prices:
        _require_of_costs(price)
    for penalty in said.penalties:
        _require_promised(penalty, said)
    Version.objects.filter(contract=row, activated_at=None).delete()
    last = row.versions.order_by("number").last()
    version = Version.objects.create(
        contract=row,
        number=last.number + 1 if last else 1,
        starts_on=said.starts_on,
        until_on=row.until_on,
        outside=said.outside,
        channels=list(said.channels),
    )
    fill(version, said)
    journal.record(ContractWritten(contract_id=row.pk), by=by, at=at)
    return version


@transaction.atomic
def drop_draft(contract: Contract, *, by: Actor, at: datetime) -> None:
    """Throw the draft away; what was active stays."""
    row = lock(contract)
    Version.objects.filter(contract=row, activated_at=None).delete()
    journal.record(ContractWritten(contract_id=row.pk), by=by, at=at)


def lock(contract: Contract) -> Contract:
    """Lock the contract's row and read it afresh."""
    return Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)


def require_once(said: VersionSaid) -> None:
    """
    Refuse two lines about the same.

    Raises:
        SameScopeTwice: with both clauses.
    """
    seen: dict[str, str] = {}
    for line in said.lines:
        if line.scope in seen:
            raise SameScopeTwice(field="lines", one=seen[line.scope], other=line.clause)
        seen[line.scope] = line.clause


def _require_of_costs(price: PriceSaid) -> None:
    is_of_time = price.least or {price.night, price.weekend, price.holiday} != {ONE}
    if price.basis in MARK_UPS and is_of_time:
        raise NoPriceOfTime(field="prices", clause=price.clause)


def _require_meant(line: LineSaid, contract: Contract) -> None:
    for thing in (line.asset, line.site, line.territory):
        if thing is not None and thing.company_id != contract.company_id:
            raise OtherCompany(field="lines", clause=line.clause, name=str(thing))
    if line.package is not None and line.package.contract_id != contract.pk:
        raise OtherCompany(field="lines", clause=line.clause, name=str(line.package))
    if line.covers and not (line.parts or line.labour or line.travel):
        raise GivesNothing(field="lines", clause=line.clause)


def _require_stage(stage: StageSaid, said: VersionSaid) -> None:
    if stage.line and stage.line not in {line.clause for line in said.lines}:
        raise NoSuchClause(field="stages", clause=stage.clause, line=stage.line)
    if stage.work < MINUTE or (stage.warning is not None and stage.warning >= stage.work):
        raise StageTakesNoTime(field="stages", clause=stage.clause)


def _require_promised(penalty: PenaltySaid, said: VersionSaid) -> None:
    if not penalty.stages:
        return
    is_of_stages = penalty.goal == PenalisedKind.STAGE.value
    if not is_of_stages or penalty.stages not in {stage.clause for stage in said.stages}:
        raise NoSuchStage(field="penalties", clause=penalty.clause, stage=penalty.stages)
