"""Memory over time: what each part of the desk held, sampled, and how much it grew."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean

from ambidesk.edge.commands.gauging.memory import held_by

PARTS = ("web", "worker", "smtp")
DATABASE = "postgres"


class Memory:
    """Samples of the processes of a desk, in MiB; PostgreSQL's are one sum."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._samples: list[Mapping[str, float]] = []

    def sample(self) -> None:
        """Look once."""
        found: defaultdict[str, float] = defaultdict(float)
        for words, mib in held_by(self._place).items():
            if name := _part(words):
                found[name] += mib
        self._samples.append(found)

    def now(self) -> Mapping[str, float]:
        """Give what each held when it was looked at last."""
        return dict(sorted(self._samples[-1].items())) if self._samples else {}

    def held(self) -> Mapping[str, tuple[float, float]]:
        """Give what each held in the second and in the last quarter of the time, on average."""
        every = set().union(*self._samples) if self._samples else set()
        quarter = len(self._samples) // 4
        if not quarter:
            return {}
        second, last = self._samples[quarter : 2 * quarter], self._samples[-quarter:]
        whole = {one for one in every if all(one in each for each in (*second, *last))}
        return {one: (_mean(second, one), _mean(last, one)) for one in sorted(whole)}


def growth(held: Mapping[str, tuple[float, float]]) -> float:
    """How much the part of ours that grew most grew, in percent."""
    ours = [pair for name, pair in held.items() if name != DATABASE]
    return max((100 * (last / second - 1) for second, last in ours), default=0.0)


def _mean(samples: Sequence[Mapping[str, float]], name: str) -> float:
    return mean(sample[name] for sample in samples)


def _part(words: str) -> str:
    """Name the part by the command; a client of the measurement is none."""
    number, _blank, command = words.partition(" ")
    if DATABASE in command:
        return DATABASE
    found = next((part for part in PARTS if part in command.split()), "")
    return f"{found} {number}" if found else ""
