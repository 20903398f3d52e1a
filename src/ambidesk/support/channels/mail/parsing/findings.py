"""Findings: the defects met while one mail is read, each once, in order of meeting."""

from ambidesk.support.channels.mail.parsing.defects import Defect


class Findings:
    """Collects defects, and what the mail calls its charset where a part says none."""

    __slots__ = ("_met", "charset_hint")

    def __init__(self) -> None:
        self.charset_hint = ""
        self._met: dict[Defect, None] = {}

    def note(self, defect: Defect) -> None:
        self._met[defect] = None

    def all(self) -> tuple[Defect, ...]:
        return tuple(self._met)
