"""
Vouching: a provider said who somebody is; whom that means here, and what they may.

A colleague is known by the subject. An address counts once, to find whose subject it is, and only
where its domain is bound to the provider.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import grant
from ambidesk.ground.reach.models import Role, User
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff.events import SubjectKnown
from ambidesk.parties.staff.hiring import hire
from ambidesk.parties.staff.models import Member, Provider, Subject


class Stranger(Refusal):
    """Nobody here is meant, and the provider may let nobody in."""

    sentence = _("Nobody here is known by this sign-in. Ask your administrator for an account.")
    status = 403


class NotVouchedFor(Refusal):
    """The provider does not stand for the address, or another subject has it."""

    sentence = _("This sign-in does not stand for your address. Ask your administrator.")
    status = 403


class NoLongerHere(Refusal):
    """The account is closed."""

    sentence = _("This account is closed.")
    status = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a provider says; groups are None where it says nothing of them."""

    subject: str
    email: str = ""
    is_verified: bool = False
    name: str = ""
    groups: Collection[str] | None = None


def domain_of(address: str) -> str:
    """The domain of an address, in small letters."""
    return address.rpartition("@")[2].lower()


@transaction.atomic
def admit(provider: Provider, claim: Claim, *, by: Actor, at: datetime) -> User:
    """
    Find or let in whom the provider vouches for, with the roles that their groups give.

    Raises:
        Stranger, NotVouchedFor, NoLongerHere: they do not come in.
    """
    row = Provider.objects.select_for_update().get(pk=provider.pk, archived_at=None)
    known = Subject.objects.filter(provider=row, value=claim.subject)
    subject = known.select_related("member__user").first()
    member = subject.member if subject else _introduced(row, claim, by=by, at=at)
    if not member.user.is_active:
        raise NoLongerHere
    _give_roles(row, member, claim.groups, by=by, at=at)
    return member.user


def must_use(user: User) -> Provider | None:
    """The provider by which alone the user may sign in, if there is one."""
    only = Provider.objects.filter(
        archived_at=None, is_only_way=True, domains__contains=[domain_of(user.email)]
    )
    return only.exclude(keep_passwords__user=user).first()


def _introduced(provider: Provider, claim: Claim, *, by: Actor, at: datetime) -> Member:
    """Find the member by a verified address of a bound domain, or hire them."""
    address = claim.email.strip()
    if not claim.subject or not claim.is_verified or domain_of(address) not in provider.domains:
        raise Stranger
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        if not provider.lets_in:
            raise Stranger
        name = claim.name or address
        roles = list(provider.first_roles.filter(archived_at=None))
        member = hire(email=address, name=name, roles=roles, password=None, by=by, at=at)
    else:
        member = _own(provider, user)
    Subject.objects.create(provider=provider, member=member, value=claim.subject, since=at)
    journal.record(SubjectKnown(member_id=member.pk, provider_id=provider.pk), by=by, at=at)
    return member


def _own(provider: Provider, user: User) -> Member:
    member = Member.objects.filter(user=user).select_related("user").first()
    if member is None or Subject.objects.filter(provider=provider, member=member).exists():
        raise NotVouchedFor
    if not user.is_active:
        raise NoLongerHere
    return member


def _give_roles(
    provider: Provider,
    member: Member,
    groups: Collection[str] | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Give what the groups give and take what they gave; who manages access keeps that by hand."""
    if groups is None or not provider.roles:
        return
    usable = Role.objects.filter(pk__in=provider.roles.values(), archived_at=None)
    ruled = set(usable.exclude(rights__contains=[ReachRight.MANAGE]))
    wanted_ids = {number for group, number in provider.roles.items() if group in groups}
    held = set(Role.objects.filter(grants__user=member.user))
    wanted = (held - ruled) | {role for role in usable if role.pk in wanted_ids}
    if wanted != held:
        grant(member.user, wanted, by=by, at=at)
