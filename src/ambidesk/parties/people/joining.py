"""
Joining: two persons are one human being, by proof or by a colleague's decision.

A join is a row. Tickets, messages, addresses and consents stay with the person they came by;
what holds for all of them together is asked by `Person.whole`.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.matching.boxes import is_role_box
from ambidesk.parties.people.describing import AlreadyErased
from ambidesk.parties.people.events import PersonsJoined
from ambidesk.parties.people.models import (
    Basis,
    Identity,
    IdentityKind,
    Join,
    Person,
    Resemblance,
    Verdict,
)
from ambidesk.parties.people.rules.wholes import heads

LOCK = "SELECT pg_advisory_xact_lock(hashtext('ambidesk.joins'))"


class AlreadyOne(Refusal):
    """There is nothing to join."""

    sentence = _("They are one person already.")


class ToldApart(Refusal):
    """Somebody said that they are two."""

    sentence = _("A colleague said that they are not the same. Take that back first.")


@transaction.atomic
def join(one: Person, other: Person, *, by: Actor, at: datetime) -> Join:
    """
    Hold two persons for one, as a colleague decided.

    Raises:
        AlreadyErased: one of them was erased.
        AlreadyOne: they are one, directly or over others.
        ToldApart: of them, or of whoever is one with them, it was said that they are two.
    """
    first, second = locked_pair(one, other)
    return _join(first, second, proof=None, by=by, at=at)


@transaction.atomic
def join_proved(person: Person, proof: Identity, *, by: Actor, at: datetime) -> Join | None:
    """
    Join a person with whose address they proved to have; None where that proves nothing.

    An address that several share proves nothing, nor does one that is an office's by its name. What
    a colleague took apart, or said not to be the same, no proof joins again.

    Raises:
        AlreadyErased: one of them was erased.
    """
    proof = Identity.objects.get(pk=proof.pk)
    if not _proves(proof, person):
        return None
    first, second = locked_pair(person, proof.person)
    # The address is locked after its person, as everywhere, and may have changed meanwhile.
    had_by, proof = (
        proof.person_id,
        Identity.objects.select_for_update(no_key=True).get(pk=proof.pk),
    )
    if proof.person_id != had_by or not _proves(proof, person):
        return None
    undone = Join.objects.filter(one=first, other=second).exclude(undone_at=None)
    if first.whole == second.whole or undone.exists() or are_told_apart(first, second):
        return None
    return _join(first, second, proof=proof, by=by, at=at)


def locked_pair(one: Person, other: Person) -> tuple[Person, Person]:
    """
    Lock two persons, the earlier first, and with them all joining.

    Raises:
        AlreadyErased: one of them was erased.
    """
    lock_joins()
    wanted = {one.pk, other.pk}
    rows = list(Person.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if any(row.erased_at for row in rows):
        raise AlreadyErased
    if len(rows) < 2:
        raise AlreadyOne
    return rows[0], rows[1]


def lock_joins() -> None:
    """Let nobody join or part until this transaction ends; comes before any lock of a person."""
    with connection.cursor() as cursor:
        # Joins over others can meet in any order: one transaction at a time is simple, and enough.
        cursor.execute(LOCK)


def are_told_apart(one: Person, other: Person) -> bool:
    """Say whether two persons, or any who are one with them, were said to be two."""
    return (
        Resemblance.objects.told_apart()
        .filter(
            Q(one__whole=one.whole, other__whole=other.whole)
            | Q(one__whole=other.whole, other__whole=one.whole)
        )
        .exists()
    )


def settle(persons: Iterable[int]) -> None:
    """Derive the heads of these persons, all members of their wholes, from the joins that stand."""
    members = sorted(set(persons))
    standing = Join.objects.standing().filter(Q(one__in=members) | Q(other__in=members))
    found = heads(members, standing.values_list("one", "other"))
    rows = list(Person.objects.select_for_update().filter(pk__in=members).order_by("pk"))
    changed = []
    for row in rows:
        head = found[row.pk] if found[row.pk] != row.pk else None
        if row.head_id != head:
            row.head_id = head
            changed.append(row)
    Person.objects.bulk_update(changed, ["head"])


def _proves(proof: Identity, person: Person) -> bool:
    is_office = proof.kind == IdentityKind.EMAIL and is_role_box(proof.value)
    return not (proof.shared or is_office or proof.person_id == person.pk)


def _join(
    first: Person, second: Person, *, proof: Identity | None, by: Actor, at: datetime
) -> Join:
    if first.whole == second.whole:
        raise AlreadyOne
    if are_told_apart(first, second):
        raise ToldApart
    basis = Basis.PROOF if proof else Basis.DECISION
    joined = Join.objects.create(one=first, other=second, basis=basis, proof=proof, joined_at=at)
    theirs = Resemblance.objects.filter(one=first, other=second, verdict=Verdict.OPEN)
    theirs.update(verdict=Verdict.SAME, judged_at=at)
    members = Person.objects.filter(whole__in=[first.whole, second.whole])
    settle(members.values_list("pk", flat=True))
    event = PersonsJoined(person_id=first.pk, other_id=second.pk, join_id=joined.pk, basis=basis)
    journal.record(event, by=by, at=at)
    return joined
