"""Parts: a value of a JSON text with its path and its line, asked for what it should be."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ambidesk.ground.calendars.places import Path, named
from ambidesk.ground.calendars.refusals import WrongCalendar

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One value; `lines` is empty where there is no text."""

    given: object
    path: Path
    lines: Mapping[Path, int]

    def wrong(self, what: str) -> WrongCalendar:
        """Say what is wrong here."""
        name = named(self.path) or _("the calendar")
        path = self.path
        while path and path not in self.lines:
            path = path[:-1]
        if path not in self.lines:
            return WrongCalendar(field=name, where=name, what=what)
        where = _("%(key)s, line %(line)d") % {"key": name, "line": self.lines[path]}
        return WrongCalendar(field=name, where=where, what=what)

    def keys(self, *, required: Collection[str], possible: Collection[str]) -> dict[str, "Part"]:
        """Take it for an object with these keys and no others."""
        if not isinstance(self.given, Mapping):
            raise self.wrong(_("here belong keys: %(keys)s") % {"keys": _listed(possible)})
        parts = {str(key): self._below(str(key), value) for key, value in self.given.items()}
        for name in parts.keys() - set(possible):
            facts = {"keys": _listed(possible)}
            raise parts[name].wrong(_("there is no such key; there are: %(keys)s") % facts)
        for name in sorted(set(required) - parts.keys()):
            raise self.wrong(_("the key “%(key)s” is missing") % {"key": name})
        return parts

    def pairs(self) -> Iterator[tuple[str, "Part"]]:
        """Take it for an object with any keys."""
        if not isinstance(self.given, Mapping):
            raise self.wrong(_("here belong keys with values"))
        for key, value in self.given.items():
            yield str(key), self._below(str(key), value)

    def items(self) -> Iterator["Part"]:
        """Take it for a list."""
        if not isinstance(self.given, list):
            raise self.wrong(_("here belongs a list"))
        for index, value in enumerate(self.given):
            yield self._below(index, value)

    def text(self) -> str:
        """Take it for a text of some length."""
        if not isinstance(self.given, str) or not self.given.strip() or len(self.given) > LONGEST:
            raise self.wrong(_("here belongs a text"))
        return self.given

    def truth(self) -> bool:
        """Take it for true or false."""
        if not isinstance(self.given, bool):
            raise self.wrong(_("here belongs true or false"))
        return self.given

    def day(self) -> date:
        """Take it for a day as 2026-05-08."""
        text = self.given if isinstance(self.given, str) else ""
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = None
        # Python also reads 20260508 and 2026-W19-5, which nobody means here.
        if found is None or found.isoformat() != text:
            raise self.wrong(_("here belongs a day, as 2026-05-08"))
        return found

    def _below(self, key: str | int, value: object) -> "Part":
        return Part(value, (*self.path, key), self.lines)


def _listed(names: Collection[str]) -> str:
    return ", ".join(names if isinstance(names, list | tuple) else sorted(names))
