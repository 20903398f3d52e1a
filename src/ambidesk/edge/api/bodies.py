"""
Bodies: JSON of strangers, taken only when it is small, flat and storable.

Signs that the database cannot hold are refused here, so that no verb meets them.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal

LONGEST_BYTES: Final = 1_000_000
DEEPEST: Final = 24


class NotJson(Refusal):
    """The body cannot be read."""

    sentence = _("The body is not JSON.")
    status = 400


class TooDeeplyNested(Refusal):
    """What nests so deep is no request."""

    sentence = _("The body nests deeper than 24 levels.")
    status = 400


class BodyTooLarge(Refusal):
    """It is more than one request needs."""

    sentence = _("The body is larger than a request may be.")
    status = 413


class WrongMediaType(Refusal):
    """It is something else than what is taken here."""

    sentence = _("Send the body as %(wanted)s.")
    status = 415


class UnstorableSign(InvalidInput):
    """No text holds such a sign."""

    sentence = _("A text holds a sign that cannot be stored.")


class StrictParser(Parser):
    """Reads bodies and queries for the operations."""

    def parse_body(self, request: HttpRequest) -> Any:
        """
        Read the body.

        Raises:
            NotJson, TooDeeplyNested, UnstorableSign: it cannot be taken.
        """
        return read_json(request.body)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Read a query."""
        require_storable(dict(data.lists()))
        return super().parse_querydict(data, list_fields, request)


def read_json(body: bytes) -> Any:
    """
    Read strict JSON.

    Raises:
        NotJson, TooDeeplyNested, UnstorableSign: it cannot be taken.
    """
    try:
        read = json.loads(body.decode(), parse_constant=_no_number)
    except RecursionError as deep:
        raise TooDeeplyNested from deep
    except ValueError as wrong:
        raise NotJson from wrong
    require_storable(read)
    return read


def require_storable(given: Any) -> None:
    """
    Look at all there is, level by level.

    Raises:
        TooDeeplyNested, UnstorableSign: it cannot be taken.
    """
    level: list[Any] = [given]
    for _depth in range(DEEPEST + 1):
        if not level:
            return
        for each in level:
            if isinstance(each, str) and not _is_storable(each):
                raise UnstorableSign
        level = [part for each in level for part in _parts(each)]
    if level:
        raise TooDeeplyNested


def _parts(given: Any) -> list[Any]:
    if isinstance(given, Mapping):
        return [*given.keys(), *given.values()]
    return given if isinstance(given, list) else []


def _is_storable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)
