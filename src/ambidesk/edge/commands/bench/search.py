"""Search: frequent and rare words, a mistake, a number, and as somebody who sees one brand only."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from time import perf_counter
from urllib.parse import urlencode

import psycopg

from ambidesk.edge.commands.gauging.asking import browser_of, look_up, plans_of
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.order import A_TICKET, Order
from ambidesk.edge.commands.generating import searchable
from ambidesk.edge.commands.generating.desk import ready
from ambidesk.edge.commands.generating.staff import ADMIN
from ambidesk.edge.commands.generating.words import prose
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.ground.reach.models import User
from ambidesk.ground.search.finding import find

USUAL_MESSAGES, FULL_MESSAGES = 100_000, 1_000_000
GOAL_MS = 100.0
TIMES = 40
RAW = "SELECT * FROM conversations_message WHERE id = ANY(%s)"
FREQUENT, RARE = range(5, 60), range(6_000, 19_000)


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Ask each kind of question again and again, each time with other words."""
    messages = order.messages or (FULL_MESSAGES if order.full else USUAL_MESSAGES)
    tickets = order.tickets or messages // A_TICKET
    rooms = ready(url, tickets=tickets, messages=messages)
    searchable.index(url)
    admin, member = _actor(ADMIN), actor_of(rooms[0].members[0].user)
    dice = Random("questions")  # noqa: S311 test data, no secret
    questions = _questions(dice, tickets)
    with psycopg.connect(url) as session:
        row = session.execute("SELECT count(*) FROM conversations_message").fetchone()
    say(_("Searching %(number)d messages.") % {"number": row[0] if row else 0})
    raw = _raw(url, dice, messages)
    plans = [
        plans_of(
            browser_of(login),
            [f"/search?{urlencode({'q': asked[0]})}" for asked in questions.values()],
            of=f"search, {who}",
        )
        for login, who in (
            (ADMIN, "administrator"),
            (rooms[0].members[0].user.email, "one brand"),
        )
    ]
    return plans + [
        figure
        for who, actor in (("administrator", admin), ("one brand", member))
        for kind, asked in questions.items()
        for figure in _figures(f"{kind}, {who}", asked, actor, raw)
    ]


def _questions(dice: Random, tickets: int) -> dict[str, list[str]]:
    words = [prose(language).words for language in ("ru", "en")]

    def drawn(places: range) -> str:
        return str(dice.choice(words)[dice.choice(places)])

    return {
        "frequent word": [drawn(FREQUENT) for _ in range(TIMES)],
        "two frequent words": [f"{drawn(FREQUENT)} {drawn(FREQUENT)}" for _ in range(TIMES)],
        "frequent and rare word": [f"{drawn(FREQUENT)} {drawn(RARE)}" for _ in range(TIMES)],
        "rare word": [drawn(RARE) for _ in range(TIMES)],
        "mistyped word": [_mistyped(dice, drawn(RARE)) for _ in range(TIMES)],
        "number of a ticket": [str(dice.randrange(1, tickets)) for _ in range(TIMES)],
        "nothing there": [f"zzq{dice.randrange(10**6)}xq" for _ in range(TIMES)],
    }


def _mistyped(dice: Random, word: str) -> str:
    place = dice.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _figures(name: str, asked: Sequence[str], actor: Actor, raw: float) -> Sequence[Figure]:
    find(asked[0], actor=actor, at=datetime.now(UTC))
    times = []
    for text in asked:
        began = perf_counter()
        find(text, actor=actor, at=datetime.now(UTC))
        times.append((perf_counter() - began) * 1000)
    p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
    return (
        Figure(name=f"{name}, p50", value=p50, unit="ms"),
        Figure(name=f"{name}, p95", value=p95, unit="ms", goal=GOAL_MS, limit=raw),
    )


def _raw(url: str, dice: Random, messages: int) -> float:
    """How long PostgreSQL needs for as many messages by their keys as a page shows."""
    values = [([dice.randrange(1, messages) for _ in range(15)],) for _ in range(TIMES)]
    return percentile(look_up(url, RAW, values=values), 0.95)


def _actor(email: str) -> Actor:
    return actor_of(User.objects.get(email=email))
