"""Contracts with what is left of their packages, and debts: for those who may be told of them."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.across.context.agreed import contracts_in, debts_in, stops_in
from ambidesk.across.context.card import ContractPart, DebtPart
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.power import Topic
from ambidesk.parties.companies.models import Company


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What holds with one company; debts are None where prices are not told."""

    company: Company
    contracts: tuple[ContractPart, ...]
    debts: tuple[DebtPart, ...] | None
    stops: tuple[str, ...]


def show(request: Request) -> HttpResponse:
    """Show them, company by company."""
    told = Authority.objects.filter(
        pk__in=request.actor.authorities, told__contains=[Topic.CONTRACT.value]
    )
    priced = set(told.filter(told__contains=[Topic.PRICES.value]).values_list("company", flat=True))
    seen = Company.objects.visible_to(request.actor).filter(pk__in=told.values("company"))
    on = day_of(request.at)
    agreed = [
        Agreed(
            company=row,
            contracts=contracts_in(row.pk, by=request.actor, on=on),
            debts=debts_in(row.pk, on=on) if row.pk in priced else None,
            stops=stops_in(row.pk) if row.pk in priced else (),
        )
        for row in seen.order_by("name")
    ]
    return render(request, "portal/contracts.html", {"agreed": agreed})
