"""The manner of a widget: its sites, how it looks, greets and asks, and when it is open."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, time
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput

WEEK = (1, 2, 3, 4, 5, 6, 7)
PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]{2,45}\]")


class Asks(StrEnum):
    """Whether something is asked before a talk."""

    NO = "no"
    MAY = "may"
    MUST = "must"


class NoOrigin(InvalidInput):
    """What was typed is no address of a site."""

    sentence = _("“%(value)s” is no address of a site. It looks like https://shop.example")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """
    How a widget behaves; texts are by language.

    Open on `days` (1 is Monday) from `opens` to `closes`, which may lie after midnight; the same
    twice is round the clock. Without an `accent` the brand's own is taken.
    """

    origins: tuple[str, ...] = ()
    accent: str = ""
    theme: str = "auto"
    position: str = "right"
    greeting: Mapping[str, str] = field(default_factory=dict)
    hours_text: Mapping[str, str] = field(default_factory=dict)
    asks_name: Asks = Asks.MAY
    asks_email: Asks = Asks.MAY
    zone: str = "UTC"
    days: tuple[int, ...] = WEEK
    opens: str = "00:00"
    closes: str = "00:00"
    shows_wait: bool = False
    asks_rating: bool = True

    def stored(self) -> dict[str, Any]:
        """The form in which it lies in the row."""
        return asdict(self)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Manner":
        """Read what lies in the row; what is missing is as usual."""
        known = {each.name for each in fields(cls)}
        values = {key: value for key, value in stored.items() if key in known}
        for key in ("origins", "days"):
            if key in values:
                values[key] = tuple(values[key])
        for key in ("asks_name", "asks_email"):
            if key in values:
                values[key] = Asks(values[key])
        return cls(**values)

    def is_open(self, at: datetime) -> bool:
        """Whether this is an hour in which somebody should be there."""
        here = at.astimezone(ZoneInfo(self.zone))
        opens, closes = time.fromisoformat(self.opens), time.fromisoformat(self.closes)
        now, day = here.time(), here.isoweekday()
        if opens == closes:
            return day in self.days
        if opens < closes:
            return day in self.days and opens <= now < closes
        yesterday = 7 if day == 1 else day - 1
        return (day in self.days and now >= opens) or (yesterday in self.days and now < closes)

    def lets_in(self, origin: str) -> bool:
        """Whether a page of this origin may show the widget."""
        return bool(origin) and origin in self.origins


def normal_origin(value: str) -> str:
    """
    Bring the address of a site to the form in which browsers tell it.

    Raises:
        NoOrigin: it names no site.
    Source: RFC 6454 6.2.
    """
    typed = value.strip().lower()
    parts = urlsplit(typed if "://" in typed else f"https://{typed}")
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except (UnicodeError, ValueError) as wrong:
        raise NoOrigin(field="origins", value=value[:80]) from wrong
    if ":" in host:
        host = f"[{host}]"
    if parts.scheme not in PORTS or not HOST.fullmatch(host) or parts.username:
        raise NoOrigin(field="origins", value=value[:80])
    if port is None or port == PORTS[parts.scheme]:
        return f"{parts.scheme}://{host}"
    return f"{parts.scheme}://{host}:{port}"
