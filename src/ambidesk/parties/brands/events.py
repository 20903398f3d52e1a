"""What happened to brands."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandSetUp(Event):
    """A brand was founded or changed."""

    kind: ClassVar[str] = "brands.set_up"
    subject: ClassVar[tuple[str, str]] = ("brand", "brand_id")

    brand_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandArchived(Event):
    """A brand is no longer used."""

    kind: ClassVar[str] = "brands.archived"
    subject: ClassVar[tuple[str, str]] = ("brand", "brand_id")

    brand_id: int
