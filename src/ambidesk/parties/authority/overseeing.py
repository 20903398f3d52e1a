"""Overseeing: whether somebody may say what an authority or a contact is allowed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rights import AuthorityRight
from ambidesk.parties.authority.rules.delegating import can_give
from ambidesk.parties.authority.rules.power import Mandate
from ambidesk.parties.companies.models import Contact


class OutlastsGiver(NotEntitled):
    """A deputy for a week gives nothing for ever."""

    sentence = _("This would last longer than what you may give yourself. Say until when.")


def is_over(row: Authority, *, by: Actor, at: datetime) -> bool:
    """Staff by their right; a contact by an authority that holds all of it."""
    return row in over([row], by=by, at=at)


def over(rows: Iterable[Authority], *, by: Actor, at: datetime) -> list[Authority]:
    """Of authorities, read with their scope, those that somebody is over."""
    if by.kind is not ActorKind.CONTACT:
        return list(rows) if by.may(AuthorityRight.GRANT) else []
    held = _held_by(by, at=at)
    return [row for row in rows if row.contact.person_id != by.id and _can_give(held, row, at=at)]


def require_gift(row: Authority, *, by: Actor, at: datetime) -> None:
    """
    Let only those go on who may give such an authority, and for so long.

    Raises:
        NotEntitled: the actor may not.
        OutlastsGiver: what lets them give it ends before it.
    """
    require_over(row, by=by, at=at)
    if by.kind is ActorKind.CONTACT:
        held = [each for each in _held_by(by, at=at) if _lasts(each, row.until)]
        if not _can_give(held, row, at=at):
            raise OutlastsGiver


def require_over(row: Authority, *, by: Actor, at: datetime) -> None:
    """
    Let only those go on who may give and take such an authority.

    Raises:
        NotEntitled: the actor may not.
    """
    if not is_over(row, by=by, at=at):
        raise NotEntitled


def require_over_contact(contact: Contact, *, by: Actor, at: datetime) -> None:
    """
    Let only those go on who may give and take all that the person has, and there is something.

    The account serves every company of theirs, so all of these count, and what is still to begin.

    Raises:
        NotEntitled: the actor may not.
    """
    if by.kind is not ActorKind.CONTACT:
        if not by.may(AuthorityRight.GRANT):
            raise NotEntitled
        return
    stays = Q(contact__until_on=None) | Q(contact__until_on__gt=day_of(at))
    lasts = Q(until=None) | Q(until__gt=at)
    rows = Authority.objects.filter(stays, lasts, contact__person=contact.person_id)
    found = list(rows.with_scope())
    if not found or not all(is_over(row, by=by, at=at) for row in found):
        raise NotEntitled


def _held_by(actor: Actor, *, at: datetime) -> Sequence[Mandate]:
    own = Authority.objects.filter(pk__in=actor.authorities).standing(at).with_scope()
    return [each.mandate for each in own]


def _can_give(held: Sequence[Mandate], row: Authority, *, at: datetime) -> bool:
    paths = {site.pk: site.territory.path for site in row.sites.all() if site.territory}
    return can_give(held, row.mandate, paths=paths, at=at)


def _lasts(held: Mandate, until: datetime | None) -> bool:
    end = held.period.until
    return end is None or (until is not None and until <= end)
