"""Rates: how many of the known answers were given, printed beside the bar they must reach."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Rate:
    """Counts what was right of one thing, and names what was not."""

    what: str
    right: int = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, name: str, *, is_right: bool) -> None:
        if is_right:
            self.right += 1
        else:
            self.wrong.append(name)

    @property
    def total(self) -> int:
        return self.right + len(self.wrong)

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 0.0

    def __str__(self) -> str:
        return f"{self.what}: {self.right} of {self.total} ({self.share:.1%})"


def report(rates: list[Rate], say: Callable[[str], None]) -> None:
    for rate in rates:
        named = ", ".join(filter(None, rate.wrong))
        say(f"\n  {rate}" + (f"; not: {named}" if named else ""))
