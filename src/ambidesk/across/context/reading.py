"""Reading: a card is put together from what the reader sees, a fixed number of questions each."""

from dataclasses import dataclass, replace
from datetime import datetime

from ambidesk.across.context import agreed, equipped, known
from ambidesk.across.context.card import About, Card, PersonPart, RequestPart
from ambidesk.across.context.raising import hints_for
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Person
from ambidesk.parties.stewards.serving import teams_of
from ambidesk.relation.feedback.results import Result, results_of
from ambidesk.support.tickets.models import Ticket, TicketQuerySet

REQUESTS, SCORES = 6, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads, and when."""

    by: Actor
    at: datetime


def read_card(about: About, *, by: Actor, at: datetime) -> Card:
    """Read all that the actor may know of a person, company, site, asset or ticket."""
    asset = equipped.asset_in_question(about, by=by)
    person, row = known.person_of(about, by=by, at=at)
    about = replace(
        about,
        company=about.company or (asset.company_id if asset else None) or _first_company(person),
        site=about.site or (asset.site_id if asset else None),
    )
    company = known.company_of(about, by=by)
    said, covered = known.authorities_of(row, company, at=at)
    sites, sites_number = known.sites_of(about, company, by=by)
    requests, number = _requests(about, row, company.id if company else None, by=by)
    card = Card(
        about=about,
        person=person,
        company=company,
        authorities=said,
        covered_sites=covered,
        team=teams_of([company.id], on=day_of(at), by=by) if company else (),
        contracts=agreed.contracts_of(company, by=by, on=day_of(at)),
        debts=agreed.debts_of(company, by=by, on=day_of(at)),
        stops=agreed.stops_of(company, by=by),
        sites=sites,
        sites_number=sites_number,
        assets=equipped.assets_of(about, asset, company=company, by=by, at=at),
        requests=requests,
        requests_number=number,
        scores=_scores(row, by=by),
        hints=(),
    )
    return card if card.is_empty else replace(card, hints=hints_for(card, by=by, at=at))


def about_ticket(ticket: Ticket) -> About:
    """Say what a ticket is about."""
    return About(
        person=ticket.requester_id,
        company=ticket.company_id,
        site=ticket.site_id,
        asset=ticket.asset_id,
        ticket=ticket.pk,
    )


def _first_company(person: PersonPart | None) -> int | None:
    return person.posts[0].company_id if person and person.posts else None


def _requests(
    about: About, person: Person | None, company: int | None, *, by: Actor
) -> tuple[tuple[RequestPart, ...], int]:
    """The open requests of the company, those of the site first; else those of the person."""
    rows: TicketQuerySet = Ticket.objects.visible_to(by).active()
    if company:
        rows = rows.filter(company=company)
    elif person:
        rows = rows.filter(requester__whole=person.whole)
    else:
        return (), 0
    if about.ticket:
        rows = rows.exclude(pk=about.ticket)
    here = rows.filter(site=about.site) if about.site else rows
    shown = list(here.select_related("site", "requester").latest_first()[:REQUESTS])
    if about.site and len(shown) < REQUESTS:
        others = rows.exclude(pk__in=[each.pk for each in shown]).select_related(
            "site", "requester"
        )
        shown += others.latest_first()[: REQUESTS - len(shown)]
    whole = person.whole if person else None
    return tuple(_request(each, whole) for each in shown), rows.order_by().count()


def _request(row: Ticket, whole: int | None) -> RequestPart:
    return RequestPart(
        number=row.number,
        subject=row.subject,
        state=row.state,
        state_words=row.get_state_display(),
        site=row.site.name if row.site else "",
        is_own=row.requester.whole == whole,
        last_at=row.last_at,
        due_at=row.due_at,
    )


def _scores(person: Person | None, *, by: Actor) -> tuple[Result, ...]:
    if person is None:
        return ()
    theirs = Ticket.objects.visible_to(by).filter(requester__whole=person.whole)
    return tuple(results_of(person, among=theirs)[:SCORES])
