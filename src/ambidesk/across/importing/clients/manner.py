"""
Manners: how another system writes its files: headings, words for kinds of work, the currency.

Without a mapping our own headings and words hold; docs/importing.md describes the form.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ambidesk.across.importing.clients.refusals import NotACurrency
from ambidesk.across.importing.clients.sheets import SHEETS, Sheet
from ambidesk.across.importing.rules.refusals import NotToml, WrongValue
from ambidesk.across.importing.rules.tables import require_known, table_of

FAILURES = frozenset(
    ("failure", "breakdown", "corrective", "repair", "отказ", "поломка", "ремонт", "аварийный")
)
PLANNED = frozenset(
    ("planned", "upkeep", "maintenance", "inspection", "плановое", "то", "осмотр", "обслуживание")
)
TOP, KINDS = ("columns", "kinds", "currency"), ("failures", "others")
CODE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """
    How a file speaks; kinds of work are compared in small letters.

    `columns` gives, by the key of a column, its heading; `failures` are the kinds of work that
    follow a failure, `others` those that do not.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    failures: frozenset[str] = FAILURES
    others: frozenset[str] = PLANNED
    currency: str = "RUB"


USUAL = Manner()


def read_manner(text: bytes, sheet: Sheet) -> Manner:
    """
    Read a mapping of a sheet.

    Raises:
        NotToml, UnknownKey, WrongValue, NotACurrency: it cannot be meant.
    """
    try:
        given = tomllib.loads(text.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise NotToml(why=wrong) from wrong
    require_known(given, TOP)
    columns = table_of(given, "columns")
    require_known(columns, [each.key for each in SHEETS[sheet]], where="columns")
    kinds = table_of(given, "kinds")
    require_known(kinds, KINDS, where="kinds")
    currency = str(given.get("currency", USUAL.currency)).upper()
    if len(currency) != CODE or not (currency.isascii() and currency.isalpha()):
        raise NotACurrency(value=currency[:40])
    return Manner(
        columns={key: _said(value, f"columns.{key}") for key, value in columns.items()},
        failures=_words(kinds, "failures", USUAL.failures),
        others=_words(kinds, "others", USUAL.others),
        currency=currency,
    )


def _words(kinds: Mapping[str, Any], key: str, usual: frozenset[str]) -> frozenset[str]:
    words = kinds.get(key)
    if words is None:
        return usual
    if not isinstance(words, list):
        raise WrongValue(key=f"kinds.{key}", value=str(words)[:80], known='["PM01", …]')
    return frozenset(_said(each, f"kinds.{key}").lower() for each in words)


def _said(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise WrongValue(key=key, value=str(value)[:80], known="“…”")
    return " ".join(value.split())
