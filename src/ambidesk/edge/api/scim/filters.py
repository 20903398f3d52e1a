"""Filters: an attribute equals a word, and nothing else. Source: RFC 7644, 3.4.2.2."""

import json
import re
from dataclasses import dataclass

from ambidesk.edge.api.bodies import require_storable
from ambidesk.edge.api.scim.errors import ScimError

LONGEST = 600
EQUALS = re.compile(r'\s*([A-Za-z0-9_.:$-]{1,120})\s+[eE][qQ]\s+("(?:[^"\\]|\\.)*"|true|false)\s*')


@dataclass(frozen=True, slots=True, kw_only=True)
class Equals:
    """An attribute, in small letters, and the word or truth that it equals."""

    attribute: str
    value: str | bool


def equals(text: str) -> Equals:
    """
    Read a filter.

    Raises:
        ScimError: it is another one.
    """
    found = EQUALS.fullmatch(text) if len(text) <= LONGEST else None
    try:
        value = json.loads(found[2]) if found else None
    except ValueError:
        value = None
    if found is None or value is None:
        raise ScimError(400, "Only <attribute> eq <value> is understood.", kind="invalidFilter")
    return Equals(attribute=found[1].rpartition(":")[2].lower(), value=value)


def either(text: str, known: tuple[str, ...]) -> Equals | None:
    """
    Read the filter of a list, if there is one, over attributes that are known.

    Raises:
        ScimError: it asks for another one.
    """
    if not text:
        return None
    found = equals(text)
    if found.attribute not in known or not isinstance(found.value, str):
        raise ScimError(400, f"Filter by one of {', '.join(known)}.", kind="invalidFilter")
    require_storable(found.value)
    return found
