"""Findings: the defects met while one mail is read, each once, in order of meeting."""

from ambidesk.support.channels.mail.parsing.defects import Defect


class Findings:
    """Collects defects; readers are handed one so that none has to return them."""

    __slots__ = ("_met",)

    def __init__(self) -> None:
        self._met: dict[Defect, None] = {}

    def note(self, defect: Defect) -> None:
        self._met[defect] = None

    def all(self) -> tuple[Defect, ...]:
        return tuple(self._met)
