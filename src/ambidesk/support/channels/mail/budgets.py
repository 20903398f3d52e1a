"""
Loop budgets: how much automatic mail an hour may bring from, or take to, an address, a domain, all.

What is beyond them opens nothing and is answered by nothing: two machines that answer each other
stop here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from django.db import connection

from ambidesk.support.channels.models import LoopBudget

WINDOW: Final = timedelta(hours=1)
SPEND: Final = """
    INSERT INTO channels_loopbudget AS budget (key, since, number)
    SELECT key, %(at)s, number
      FROM unnest(%(keys)s::text[], %(numbers)s::int[]) AS new (key, number)
     ORDER BY key
        ON CONFLICT (key) DO UPDATE SET
           number = CASE WHEN budget.since <= %(ended)s THEN excluded.number
                         ELSE budget.number + excluded.number END,
           since = CASE WHEN budget.since <= %(ended)s THEN excluded.since ELSE budget.since END
    RETURNING key, number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgets:
    """How many automatic mails an hour may bring."""

    of_address: int = 60
    of_domain: int = 600
    of_all: int = 6_000


class Purse(StrEnum):
    """What is counted: automatic mail from them, and acknowledgements and questions of ours."""

    HEARD = "heard"
    SAID = "said"
    ASKED = "asked"


def spend(
    addresses: Sequence[str],
    *,
    at: datetime,
    budgets: Budgets | None = None,
    purse: Purse = Purse.HEARD,
) -> list[bool]:
    """Count an automatic mail for each address, in order; say for each whether there was room."""
    budgets = budgets or Budgets()
    asked = [_keys(address, budgets, purse) for address in addresses]
    counts = Counter(key for keys in asked for key in keys)
    after = _spent(counts, at=at)
    used = {key: after[key] - number for key, number in counts.items()}
    answers = []
    for keys in asked:
        for key in keys:
            used[key] += 1
        answers.append(all(used[key] <= limit for key, limit in keys.items()))
    return answers


def forget_spent(*, at: datetime) -> None:
    """Drop the counts of hours that are over."""
    LoopBudget.objects.filter(since__lte=at - 2 * WINDOW).delete()


def _keys(address: str, budgets: Budgets, purse: Purse) -> dict[str, int]:
    domain = address.rpartition("@")[2]
    return {
        _key(purse, "address", address): budgets.of_address,
        _key(purse, "domain", domain): budgets.of_domain,
        _key(purse, "all", ""): budgets.of_all,
    }


def _key(purse: Purse, scope: str, value: str) -> str:
    return sha256(f"{purse}:{scope}:{value}".encode()).hexdigest()


def _spent(counts: Mapping[str, int], *, at: datetime) -> Mapping[str, int]:
    if not counts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            SPEND,
            {
                "keys": list(counts),
                "numbers": list(counts.values()),
                "at": at,
                "ended": at - WINDOW,
            },
        )
        return dict(cursor.fetchall())
