"""Agreed: contracts in force with what is promised and left, debts, and what is stopped."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Min, Q, Sum
from django.utils.translation import gettext as _

from ambidesk.across.context.card import CompanyPart, ContractPart, DebtPart, PackagePart
from ambidesk.ground.calendars.words import spoken
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contracts.models import (
    BlockedKind,
    Contract,
    Package,
    Promised,
    Receivable,
    Stop,
)
from ambidesk.service.contracts.packaging import balances
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.rules.packages import Balance
from ambidesk.service.sla.models import PolicyVersion
from ambidesk.service.sla.models.clock import GoalKind
from ambidesk.service.sla.targets import read_targets

CONTRACTS, HUNDRED = 5, 100


def contracts_of(company: CompanyPart | None, *, by: Actor, on: date) -> tuple[ContractPart, ...]:
    """Read the contracts in force of a company, those that end first first."""
    return contracts_in(company.id, by=by, on=on) if company else ()


def contracts_in(company: int, *, by: Actor, on: date) -> tuple[ContractPart, ...]:
    """Read those of a company that the actor sees, by its id."""
    seen = Contract.objects.visible_to(by).in_force(on).filter(company=company)
    rows = list(seen.order_by("until_on", "pk")[:CONTRACTS])
    if not rows:
        return ()
    promises, packages = _promises(rows, on), _packages(rows, on)
    return tuple(
        ContractPart(
            id=row.pk,
            number=row.number,
            title=row.title,
            until=row.until_on,
            days_left=(row.until_on - on).days if row.until_on else None,
            promises=tuple(promises.get(row.pk, ())),
            packages=tuple(packages.get(row.pk, ())),
        )
        for row in rows
    )


def debts_of(company: CompanyPart | None, *, by: Actor, on: date) -> tuple[DebtPart, ...]:
    """Sum up what a company owes by currency; for who may see contracts."""
    return debts_in(company.id, on=on) if company and by.may(ContractRight.SEE) else ()


def debts_in(company: int, *, on: date) -> tuple[DebtPart, ...]:
    """Sum up what a company owes, by its id; who may be told of it, the caller knows."""
    late = Q(due_on__lt=on)
    rows = Receivable.objects.filter(company=company, open_amount__gt=0).order_by("currency")
    sums = rows.values("currency").annotate(
        open=Sum("open_amount"),
        late=Sum("open_amount", filter=late),
        since=Min("due_on", filter=late),
    )
    return tuple(
        DebtPart(
            currency=row["currency"],
            amount=row["open"],
            overdue=row["late"] or Decimal(0),
            since=row["since"],
        )
        for row in sums
    )


def stops_of(company: CompanyPart | None, *, by: Actor) -> tuple[str, ...]:
    """Say what is stopped until somebody lifts it."""
    return stops_in(company.id) if company and by.may(ContractRight.SEE) else ()


def stops_in(company: int) -> tuple[str, ...]:
    """Say what is stopped for a company, by its id; who may be told of it, the caller knows."""
    rows = Stop.objects.filter(company=company, lifted_at=None).order_by("pk")
    return tuple(
        _("%(why)s: stops %(what)s")
        % {
            "why": row.get_why_display(),
            "what": ", ".join(str(BlockedKind(each).label).lower() for each in row.blocks),
        }
        for row in rows
    )


def targets_in_words(version: PolicyVersion) -> str:
    """Say what a policy promises, in one line."""
    return ", ".join(
        f"{str(GoalKind(each.goal.value).label).lower()} {spoken(each.work)}"
        for each in read_targets(version.targets)
    )


def _promises(rows: Sequence[Contract], on: date) -> Mapping[int, list[str]]:
    """What the version that holds promises, each policy once."""
    lasting = Q(version__until_on=None) | Q(version__until_on__gt=on)
    promised = Promised.objects.filter(
        lasting,
        version__contract__in=rows,
        version__activated_at__isnull=False,
        version__starts_on__lte=on,
    )
    pairs = dict.fromkeys(promised.values_list("version__contract", "policy", "policy__name"))
    versions = PolicyVersion.objects.filter(policy__in={policy for _c, policy, _n in pairs})
    latest = versions.order_by("policy", "-pk").distinct("policy")
    words = {each.policy_id: targets_in_words(each) for each in latest} if pairs else {}
    found: dict[int, list[str]] = {}
    for contract, policy, name in pairs:
        found.setdefault(contract, []).append(f"{name}: {words[policy]}")
    return found


def _packages(rows: Sequence[Contract], on: date) -> Mapping[int, list[PackagePart]]:
    agreed = Package.objects.filter(contract__in=rows, agreed_at__isnull=False)
    packages = list(agreed.select_related("contract").order_by("name"))
    folded = balances(packages, on=on) if packages else {}
    found: dict[int, list[PackagePart]] = {}
    for each in packages:
        if balance := folded[each.pk]:
            found.setdefault(each.contract_id, []).append(_package(each, balance))
    return found


def _package(row: Package, balance: Balance) -> PackagePart:
    return PackagePart(
        name=row.name,
        left=balance.left,
        granted=balance.granted + balance.carried,
        unit=row.get_unit_display(),
        used_percent=int(balance.used * HUNDRED),
    )
