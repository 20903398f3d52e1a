"""Search over everything that the key reaches."""

from typing import Any

from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.schemas import Input, Instant, Output
from ambidesk.ground.search.document import sorts
from ambidesk.ground.search.finding import find
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Search"


class Asked(Input):
    """What is looked for; `sort` narrows to tickets, persons and so on."""

    q: str = Field(min_length=1, max_length=400)
    sort: str = Field("", max_length=40)
    limit: int = Field(10, ge=1, le=25)


class HitOut(Output):
    """One row that was found; title and snippet are escaped HTML with <mark>."""

    sort: str
    id: int
    ticket_or_self: int = Field(description="The ticket of a message, else the row itself")
    at: Instant
    title: str
    detail: str
    snippet: str


class Found(Output):
    """What was found, and what of the question was not understood."""

    hits: list[HitOut]
    problems: list[str]


@operation("GET", "search", right=TicketRight.SEE, name="search", gives=Found)
def show(request: Call, asked: Query[Asked]) -> dict[str, Any]:
    """Search"""
    known = {each.name for each in sorts()}
    results = find(
        asked.q,
        actor=request.actor,
        at=request.at,
        sort=asked.sort if asked.sort in known else None,
        limit=asked.limit,
    )
    return {
        "hits": [
            {
                "sort": hit.sort,
                "id": hit.id,
                "ticket_or_self": hit.whole,
                "at": hit.at,
                "title": str(hit.title),
                "detail": hit.detail,
                "snippet": str(hit.snippet),
            }
            for group in results.groups
            for hit in group.hits
        ],
        "problems": list(results.problems),
    }
