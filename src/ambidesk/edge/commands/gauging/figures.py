"""Figures: what was measured, what it should be, and what the same PostgreSQL does raw."""

import json
import os
import platform
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from ambidesk.edge.commands.speech import gettext as _

GIBIBYTE = 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    One figure: `goal` is what design.md promises, `limit` what PostgreSQL does raw in this run.

    Either is None where there is none; both have the unit of the value.
    """

    name: str
    value: float
    unit: str
    goal: float | None = None
    limit: float | None = None


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which this share of the values lies; share in [0, 1]."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def report(bench: str, figures: Sequence[Figure], *, url: str, as_json: bool) -> None:
    """Print the figures, as a table or in one line of JSON."""
    machine = machine_of(url)
    if as_json:
        found = {"bench": bench, "machine": machine, "figures": [asdict(each) for each in figures]}
        print(json.dumps(found, ensure_ascii=False))  # noqa: T201 the answer of the command
        return
    rows = [(_("figure"), _("value"), _("goal"), _("raw"), "")]
    rows += [
        (each.name, _number(each.value), _number(each.goal), _number(each.limit), each.unit)
        for each in figures
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = (
            cell.ljust(width) if place in {0, 4} else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join(cells).rstrip())  # noqa: T201 the answer of the command
    print(", ".join(f"{key}: {value}" for key, value in machine.items()))  # noqa: T201


def say(sentence: str) -> None:
    """Tell how far a measurement is."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 for who waits


def machine_of(url: str) -> Mapping[str, object]:
    """What the figures were measured on."""
    with psycopg.connect(url) as connection:
        version = connection.info.server_version
        row = connection.execute("SHOW shared_buffers").fetchone()
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(memory / GIBIBYTE, 1),
        "processor": _processor(),
        "postgresql": f"{version // 10000}.{version % 10000}",
        "shared_buffers": row[0] if row else "",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
