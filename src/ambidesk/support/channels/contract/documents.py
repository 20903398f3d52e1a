"""Documents: JSON and instants as strangers send them; what makes no sense is `Unreadable`."""

from datetime import UTC, datetime
from typing import Any

from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.support.channels.contract.inbound import Unreadable


def document_of(raw: bytes) -> dict[str, Any]:
    """
    Read a JSON object.

    Raises:
        Unreadable: it is none, or nested deeper than anybody needs.
    """
    try:
        told = unpacked(raw)
    except ValueError as odd:
        raise Unreadable from odd
    if not isinstance(told, dict):
        raise Unreadable
    return told


def instant_of(told: object, *, per_second: int = 1) -> datetime:
    """
    Read an instant: a whole number of seconds since 1970, or of parts of them.

    Raises:
        Unreadable: it is none, or in a year that no calendar has.
    """
    try:
        return datetime.fromtimestamp(int(str(told)) / per_second, UTC)
    except (ValueError, ArithmeticError, OSError) as odd:
        raise Unreadable from odd
