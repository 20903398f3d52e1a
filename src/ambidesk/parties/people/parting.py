"""Parting: a join is undone, at any time; each has again what came by their own addresses."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.events import PersonsParted
from ambidesk.parties.people.joining import lock_joins, settle
from ambidesk.parties.people.models import Basis, Join, Person, Resemblance, Verdict


class AlreadyParted(Refusal):
    """Somebody undid it before."""

    sentence = _("This join was undone already.")


@transaction.atomic
def part(join: Join, *, by: Actor, at: datetime) -> Join:
    """
    Undo a join; nothing was rewritten by it, so everybody has what they had and what came since.

    A decision that is undone is a proposal again; what a proof joined, no proof joins again.

    Raises:
        AlreadyParted: it was undone.
    """
    lock_joins()
    found = Join.objects.select_for_update(of=("self",)).select_related("one").get(pk=join.pk)
    if found.undone_at:
        raise AlreadyParted
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    whole = Person.objects.get(pk=found.one_id).whole
    settle(Person.objects.filter(whole=whole).values_list("pk", flat=True))
    if found.basis == Basis.DECISION:
        theirs = Resemblance.objects.filter(one=found.one_id, other=found.other_id)
        theirs.filter(verdict=Verdict.SAME).update(verdict=Verdict.OPEN, judged_at=None)
    event = PersonsParted(person_id=found.one_id, other_id=found.other_id, join_id=found.pk)
    journal.record(event, by=by, at=at)
    return found


def joins_of(person: Person) -> list[Join]:
    """The joins that make a person one with others, the latest first."""
    parts = Person.objects.one_with(person).values("pk")
    rows = Join.objects.standing().filter(Q(one__in=parts) | Q(other__in=parts))
    return list(rows.select_related("one", "other", "proof").order_by("-pk"))
