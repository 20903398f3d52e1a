"""Maybe the same: persons who are proposed to be one, looked at side by side, and decided."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.people.reasons import strength, words_of
from ambidesk.edge.web.workspace.people.sides import Fact, Side, facts_of, side_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.joining import join
from ambidesk.parties.people.judging import take_back, tell_apart
from ambidesk.parties.people.models import Person, Resemblance, Verdict
from ambidesk.parties.people.models.resemblance import ResemblanceQuerySet

SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two persons in one line of a list."""

    id: int
    one: Person
    other: Person
    reasons: str
    strength: str
    score: float

    @classmethod
    def of(cls, row: Resemblance) -> "Proposal":
        """Say of a resemblance what a list shows."""
        return cls(
            id=row.pk,
            one=row.one,
            other=row.other,
            reasons=", ".join(words_of(row.reasons)),
            strength=strength(row.score),
            score=row.score,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessPage:
    """Two persons side by side."""

    proposal: Proposal
    one: Side
    other: Side
    facts: tuple[Fact, ...]
    is_told_apart: bool


def show(request: Request) -> HttpResponse:
    """List who may be the same, the likeliest first."""
    rows = seen(request.actor).waiting().order_by("-score", "pk")
    found = [Proposal.of(row) for row in rows.select_related("one__head", "other__head")[:SHOWN]]
    apart = seen(request.actor).told_apart().filter(one__erased_at=None, other__erased_at=None)
    told = [
        Proposal.of(row)
        for row in apart.select_related("one__head", "other__head").order_by("-judged_at")[:SHOWN]
    ]
    return render(request, "people/likenesses.html", {"proposals": found, "told_apart": told})


def compare(request: Request, pair: int) -> HttpResponse:
    """Show two persons side by side."""
    row = _visible(request.actor, pair)
    one, other = side_of(row.one, request.actor), side_of(row.other, request.actor)
    page = LikenessPage(
        proposal=Proposal.of(row),
        one=one,
        other=other,
        facts=tuple(facts_of(row, one=one, other=other)),
        is_told_apart=row.verdict == Verdict.DIFFERENT,
    )
    return render(request, "people/likeness.html", {"page": page})


def decide(request: Request, pair: int) -> HttpResponse:
    """Hold the two for one."""
    row = _visible(request.actor, pair)
    joined = join(row.one, row.other, by=request.actor, at=request.at)
    messages.info(request, _("They are one person now. It can be undone here at any time."))
    return back_to("person", joined.one_id)


def deny(request: Request, pair: int) -> HttpResponse:
    """Say that they are two, and go on with the next."""
    row = _visible(request.actor, pair)
    tell_apart(row.one, row.other, by=request.actor, at=request.at)
    messages.info(request, _("Not the same: they are not proposed again."))
    following = seen(request.actor).waiting().order_by("-score", "pk").first()
    return back_to("likeness", following.pk) if following else back_to("likenesses")


def reconsider(request: Request, pair: int) -> HttpResponse:
    """Take back that they are two."""
    take_back(_visible(request.actor, pair), by=request.actor, at=request.at)
    return back_to("likeness", pair)


def seen(actor: Actor) -> ResemblanceQuerySet:
    """Resemblances of persons whom the actor sees, both."""
    theirs = Person.objects.visible_to(actor).values("pk")
    return Resemblance.objects.filter(one__in=theirs, other__in=theirs)


def alike_beside(actor: Actor) -> Coalesce:
    """The best proposal for the requester of a ticket, read with the ticket."""
    rows, whole = seen(actor).waiting().order_by("-score", "pk"), OuterRef("requester__whole")
    sides = (rows.filter(one__whole=whole), rows.filter(other__whole=whole))
    return Coalesce(*(Subquery(side.values("pk")[:1]) for side in sides))


def _visible(actor: Actor, pair: int) -> Resemblance:
    rows = seen(actor).filter(pk=pair, one__erased_at=None, other__erased_at=None)
    found = rows.select_related("one__head", "other__head").first()
    if found is None:
        raise Http404
    return found
