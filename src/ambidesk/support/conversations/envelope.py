"""The envelope of a message: who is named on it, as it was written."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name and an address beside each other."""

    name: str
    address: str

    @property
    def label(self) -> str:
        """The name where there is one."""
        return self.name or self.address


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """From, To, Cc and Reply-To of a message."""

    sender: tuple[Named, ...] = ()
    to: tuple[Named, ...] = ()
    cc: tuple[Named, ...] = ()
    reply_to: tuple[Named, ...] = ()

    def stored(self) -> dict[str, Any]:
        """The form in which it lies in the row."""
        return asdict(self)

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Envelope":
        """Read what lies in the row; what is missing is empty."""
        return cls(**{key: _names(stored.get(key, [])) for key in cls.__slots__})


def _names(rows: Iterable[dict[str, str]]) -> tuple[Named, ...]:
    return tuple(Named(name=row.get("name", ""), address=row.get("address", "")) for row in rows)
