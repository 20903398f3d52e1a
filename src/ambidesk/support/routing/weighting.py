"""Weighting: how much each reason counts when work of clients is given out."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions.parsing import read, written
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.routing.events import TermsSet
from ambidesk.support.routing.models import Terms
from ambidesk.support.routing.rules.matching import Criterion, Weights
from ambidesk.support.tickets.fields import TICKET_VOCABULARY

ONLY = 1
MOST = 10


class NotACriterionWeight(InvalidInput):
    """The weight makes no sense."""

    sentence = _("Choose a weight from 0 to %(most)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The weights, and which tickets are of key clients, as a condition or none."""

    weights: Weights
    key_clients: object = None


def terms() -> Terms:
    """Give the terms that hold now."""
    return Terms.objects.filter(pk=ONLY).first() or Terms(pk=ONLY)


def drafted(said: Weighed) -> Terms:
    """
    Give terms as they would be, kept nowhere.

    Raises:
        NotACriterionWeight: a weight makes no sense.
        NotACondition and the other refusals of conditions: it makes none.
    """
    for each in Criterion:
        if not 0 <= said.weights.of(each) <= MOST:
            raise NotACriterionWeight(field=each.value, most=MOST)
    asked = None
    if said.key_clients is not None:
        asked = written(read(said.key_clients, TICKET_VOCABULARY))
    weights = {each.value: said.weights.of(each) for each in Criterion}
    return Terms(pk=ONLY, key_clients=asked, **weights)


@transaction.atomic
def set_terms(said: Weighed, *, by: Actor, at: datetime) -> Terms:
    """
    Weigh in another way from the next choice on.

    Raises:
        NotACriterionWeight: a weight makes no sense.
        NotACondition and the other refusals of conditions: it makes none.
    """
    row = drafted(said)
    Terms.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*(each.value for each in Criterion), "key_clients"],
    )
    journal.record(TermsSet(terms_id=row.pk), by=by, at=at)
    return row
