"""Articles for the answer: those about the ticket's equipment, then by the requester's words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Direction, Message
from ambidesk.support.knowledge.fitting import About, fitting
from ambidesk.support.knowledge.inserting import insert
from ambidesk.support.knowledge.models import (
    Article,
    ArticleQuerySet,
    Audience,
    Language,
    Manner,
    Revision,
)
from ambidesk.support.knowledge.rules.markdown import words_of
from ambidesk.support.knowledge.searching import search_seen
from ambidesk.support.tickets.models import Ticket

MOST_SUGGESTED = 5
MOST = 60
LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An article as the composer can take it: as a link, where readers may open it, and as text."""

    id: str
    title: str
    shown: str
    taken: str
    is_text: bool


def show(request: Request, number: int) -> HttpResponse:
    """Offer what fits the ticket, then the others of its brand."""
    ticket = visible_ticket(request.actor, number)
    return render(request, "knowledge/offers.html", {"offers": _offers(request, ticket)})


def use(request: Request, number: int) -> HttpResponse:
    """Put down that an article went into the answer."""
    ticket = visible_ticket(request.actor, number)
    pk, _sep, rest = request.POST.get("article", "").partition(":")
    language, _sep, manner = rest.partition(":")
    told = _told_of(request, ticket)
    article = told.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None
    if article is None or language not in {"ru", "en"}:
        raise Http404
    how = Manner.TEXT if manner == Manner.TEXT else Manner.LINK
    insert(article, ticket, language=language, manner=how, by=request.actor, at=request.at)
    return HttpResponse(status=204)


def _offers(request: Request, ticket: Ticket) -> list[Offer]:
    seen = _told_of(request, ticket)
    language = ticket.brand.language
    hits = search_seen(
        _last_words(request.actor, ticket), articles=seen, language=language, limit=MOST_SUGGESTED
    )
    about = fitting(seen, _about(ticket))
    known = _known(seen, [*about, *(hit.article for hit in hits)])
    spoken = (language, *(each for each in Language.values if each != language))
    # An article is offered once in the language of the ticket's brand, else in the other.
    wanted = [
        next(((pk, each) for each in spoken if (pk, each) in known), (pk, "")) for pk in about
    ]
    wanted += [(hit.article, hit.language) for hit in hits]
    first = [key for key in dict.fromkeys(wanted) if key in known]
    rest = sorted(
        (key for key in known if key not in first),
        key=lambda key: (key[1] != language, known[key].title),
    )
    return [offer for key in [*first, *rest] for offer in _ways(known[key], ticket)]


def _told_of(request: Request, ticket: Ticket) -> ArticleQuerySet:
    """What the operator sees and the requester may read today: staff read more than they may."""
    seen = Article.objects.visible_to(request.actor).filter(brands=ticket.brand_id)
    companies = [ticket.company_id] if ticket.company_id else []
    return seen.open_to_clients(companies, on=day_of(request.at))


def _known(seen: ArticleQuerySet, wanted: Sequence[int]) -> dict[tuple[int, str], Revision]:
    """Give what is published of the wanted articles and of some others."""
    rows = Revision.objects.published().filter(translation__article__in=seen)
    rows = rows.select_related("translation__article")
    first = rows.filter(translation__article__in=wanted)
    return {
        (row.translation.article_id, row.translation.language): row
        for row in [*first, *rows.exclude(translation__article__in=wanted)[:MOST]]
    }


def _about(ticket: Ticket) -> About:
    """What is known of the thing that the ticket is about comes before what merely sounds so."""
    model = ticket.asset.model if ticket.asset else None
    return About(
        models=[model.pk] if model else [],
        classes=[model.asset_class_id] if model else [],
        industry=ticket.company.industry if ticket.company else "",
    )


def _ways(row: Revision, ticket: Ticket) -> list[Offer]:
    """As a link where everybody may open it, and as text."""
    translation = row.translation
    key = f"{translation.article_id}:{translation.language}"
    shown = row.summary or words_of(row.body)[:160]
    text = Offer(
        id=f"{key}:text",
        title=row.title,
        shown=shown,
        taken=words_of(row.body)[:LONGEST_TEXT],
        is_text=True,
    )
    if translation.article.audience != Audience.PUBLIC:
        return [text]
    at = reverse("centre-article", args=[ticket.brand.slug, translation.language, translation.slug])
    taken = f"{row.title}: {ticket.brand.origin}{at}"
    link = Offer(id=f"{key}:link", title=row.title, shown=shown, taken=taken, is_text=False)
    return [link, text]


def _last_words(actor: Actor, ticket: Ticket) -> str:
    rows = Message.objects.visible_to(actor).filter(
        filings__ticket=ticket, filings__withdrawn_at=None, direction=Direction.INBOUND
    )
    row = rows.order_by("-pk").first()
    return f"{ticket.subject} {(row.new_text or row.text)[:1000] if row else ''}"
