"""Fields of ratings, and the relations by which conditions over tickets count them."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Instant,
    Number,
    Text,
    options_from,
)
from ambidesk.ground.conditions.vocabularies import Relation, Vocabulary
from ambidesk.ground.reach.actor import Actor
from ambidesk.relation.feedback.models import Rating
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.support.tickets.fields import whole_of
from ambidesk.support.tickets.models import Ticket

RATING_VOCABULARY = Vocabulary(
    name="rating",
    fields=(
        Number(name="score", label=_("Score"), path="score"),
        Boolean(name="is_good", label=_("Good"), path="is_good"),
        Choice(
            name="measures",
            label=_("Measures"),
            path="invitation__survey__kind",
            options=options_from(SurveyKind.choices),
        ),
        Text(name="comment", label=_("Comment"), path="comment"),
        Instant(name="at", label=_("Time"), path="rated_at"),
    ),
)


def _seen(actor: Actor) -> QuerySet[Any]:
    return Rating.objects.filter(invitation__ticket__in=Ticket.objects.visible_to(actor))


def _every(_actor: Actor) -> QuerySet[Any]:
    return Rating.objects.all()


def _ratings(
    name: str,
    label: Any,
    rows: Callable[[Actor], QuerySet[Any]],
    links: tuple[str, str],
    *,
    through: Callable[[object], object] | None = None,
) -> Relation:
    return Relation(
        name=name,
        label=label,
        vocabulary=lambda: RATING_VOCABULARY,
        rows=rows,
        links=(links,),
        when="rated_at",
        through=through,
    )


RATED = (
    _ratings("ratings", _("Ratings"), _every, ("invitation__ticket", "pk")),
    _ratings(
        "person_ratings",
        _("Ratings by the requester"),
        _seen,
        ("invitation__person__whole", "requester_id"),
        through=whole_of,
    ),
)


def rated() -> tuple[Relation, ...]:
    """What ratings add to the vocabulary of tickets."""
    return RATED
