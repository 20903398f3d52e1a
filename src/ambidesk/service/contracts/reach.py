"""Who sees contracts: staff with the right see all; contacts those that they may be told of."""

from django.db.models import Q

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.branches import Sight
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.power import Topic
from ambidesk.service.contracts.rights import ContractRight


def of_staff(actor: Actor) -> Q | Sight:
    """Staff and keys with the right see every contract."""
    may = actor.is_trusted or actor.may(ContractRight.SEE)
    return Sight.EVERYTHING if may else Sight.NOTHING


def of_told(actor: Actor) -> Q | Sight:
    """Contacts see the contracts of a company, drafts apart, where they may be told of them."""
    if actor.kind is not ActorKind.CONTACT or not actor.authorities:
        return Sight.NOTHING
    told = Authority.objects.filter(pk__in=actor.authorities, told__contains=[Topic.CONTRACT.value])
    return Q(company__in=told.values("company"), activated_at__isnull=False)
