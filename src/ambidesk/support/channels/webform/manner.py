"""The manner of a web form: its words by language, what it asks beside fields, and its sites."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from ambidesk.support.channels.widget.manner import Asks


@dataclass(frozen=True, slots=True, kw_only=True)
class FormManner:
    """
    How a form behaves; texts are by language.

    Pages of `origins` may embed it; its own page stands on the host of the brand in any case.
    """

    request_type: int = 0
    title: Mapping[str, str] = field(default_factory=dict)
    intro: Mapping[str, str] = field(default_factory=dict)
    thanks: Mapping[str, str] = field(default_factory=dict)
    asks_name: Asks = Asks.MAY
    asks_text: Asks = Asks.MUST
    takes_files: bool = True
    acknowledges: bool = True
    origins: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """The form in which it lies in the row."""
        return asdict(self)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "FormManner":
        """Read what lies in the row; what is missing is as usual."""
        known = {each.name for each in fields(cls)}
        values = {key: value for key, value in stored.items() if key in known}
        values["origins"] = tuple(values.get("origins", ()))
        for key in ("asks_name", "asks_text"):
            if key in values:
                values[key] = Asks(values[key])
        return cls(**values)

    def said(self, texts: Mapping[str, str], language: str) -> str:
        """Words in a language, else in the other one."""
        first, second = ("ru", "en") if language.startswith("ru") else ("en", "ru")
        return texts.get(first) or texts.get(second) or ""

    def lets_in(self, origin: str) -> bool:
        """Whether a page of this origin may show the form."""
        return bool(origin) and origin in self.origins
