"""Amounts as they are typed: with a comma or a point."""

from decimal import Decimal, InvalidOperation

from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.handovers.answering import NoSuchWork


def amount_of(request: Request, name: str) -> Decimal | None:
    """
    Read an amount; None where nothing was typed.

    Raises:
        NoSuchWork: it is no number.
    """
    typed = "".join(request.POST.get(name, "").split()).replace(",", ".")
    try:
        return Decimal(typed) if typed else None
    except InvalidOperation as broken:
        raise NoSuchWork(field=name) from broken
