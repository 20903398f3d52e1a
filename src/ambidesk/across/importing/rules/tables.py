"""Tables: the sections of a mapping in TOML, each a table of keys that are known."""

from collections.abc import Iterable, Mapping
from typing import cast

from ambidesk.across.importing.rules.refusals import UnknownKey, WrongValue


def table_of(told: Mapping[str, object], key: str) -> Mapping[str, object]:
    """
    Give a section; one that is not there is empty.

    Raises:
        WrongValue: it is no section.
    """
    value = told.get(key, {})
    if not isinstance(value, dict):
        raise WrongValue(key=key, value=str(value)[:80], known=f"[{key}]")
    return cast("Mapping[str, object]", value)


def require_known(told: Iterable[str], known: Iterable[str], *, where: str = "") -> None:
    """
    Let only known keys stand in the section `where`.

    Raises:
        UnknownKey: one is none of them.
    """
    named = list(known)
    for key in told:
        if key not in named:
            raise UnknownKey(key=f"{where}.{key}" if where else key, known=", ".join(named))
