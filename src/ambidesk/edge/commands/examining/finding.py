"""What a check found: well, worth a look, or broken; the last two say what to do."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One line of the doctor's."""

    name: str
    state: State
    sentence: str


def well(name: str, sentence: str) -> Finding:
    """Say that all is well."""
    return Finding(name=name, state=State.OK, sentence=sentence)


def worth_a_look(name: str, sentence: str) -> Finding:
    """Say what is worth a look."""
    return Finding(name=name, state=State.WARN, sentence=sentence)


def broken(name: str, sentence: str) -> Finding:
    """Say what is broken."""
    return Finding(name=name, state=State.FAIL, sentence=sentence)
