"""Curves: the readings of a meter as a line, drawn on the server and read as a table too."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ambidesk.service.assets.models import Asset, Meter, Reading

POINTS = 60
WIDTH, HEIGHT, PAD = 560, 120, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One reading, and where it stands in the picture."""

    at: datetime
    value: Decimal
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The latest readings of a meter, the oldest first."""

    meter: Meter
    dots: tuple[Dot, ...]

    @property
    def line(self) -> str:
        """The points of the line."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)

    @property
    def last(self) -> Dot:
        """What it showed last."""
        return self.dots[-1]


def curves_of(asset: Asset) -> tuple[Curve, ...]:
    """Draw each meter that was read."""
    drawn = (
        (meter, list(reversed(Reading.objects.filter(meter=meter)[:POINTS])))
        for meter in asset.meters.all()[:8]
    )
    return tuple(Curve(meter=meter, dots=_placed(rows)) for meter, rows in drawn if rows)


def _placed(rows: list[Reading]) -> tuple[Dot, ...]:
    start, end = rows[0].at.timestamp(), rows[-1].at.timestamp()
    values = [float(row.value) for row in rows]
    # The zero line is in the picture, so that no small change looks like a large one.
    low, high = min(0.0, *values), max(0.0, *values)
    return tuple(
        Dot(
            at=row.at,
            value=row.value.normalize(),
            x=_scaled(row.at.timestamp(), start, end, WIDTH),
            y=HEIGHT - _scaled(value, low, high, HEIGHT),
        )
        for row, value in zip(rows, values, strict=True)
    )


def _scaled(value: float, low: float, high: float, size: int) -> int:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(PAD + share * (size - 2 * PAD))
