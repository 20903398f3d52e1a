"""Cells: what stands in a table, brought to the forms of a record."""

import re
from collections.abc import Iterable, Mapping, Sequence

from ambidesk.parties.matching.phones import e164
from ambidesk.parties.matching.record import Record

SEVERAL = re.compile(r"[;|\n]")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
FEWEST_DIGITS = 6
YEAR_LAST = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})(?:\D.*)?")
YEAR_FIRST = re.compile(r"(\d{4})[./\- ](\d{1,2})[./\- ](\d{1,2})(?:\D.*)?")
UNKNOWN = frozenset({"", "-", "null", "none", "nan", "n/a", "na", "unknown", "нет", "\\n"})
FIELDS = ("given", "surname", "middle", "company", "house", "locality", "postcode", "region")


def record_of(key: str, cells: Mapping[str, Sequence[str]]) -> Record:
    """Make a record of cells by meaning."""
    told = {name: [v for v in values if not _is_unknown(v)] for name, values in cells.items()}
    first = {name: " ".join(told.get(name, ())) for name in FIELDS}
    if full := " ".join(told.get("full", ())):
        first |= {name: value for name, value in split_name(full).items() if not first[name]}
    handles = [
        f"{name.partition(':')[2]}:{value.lstrip('@').casefold()}"
        for name, values in told.items()
        if name.startswith("handles")
        for value in _several(values)
    ]
    return Record(
        key=key,
        emails=_distinct(filter(None, map(email, _several(told.get("emails", ()))))),
        phones=_distinct(filter(None, map(phone, _several(told.get("phones", ()))))),
        handles=_distinct(handles),
        nicks=_distinct(each.partition(":")[2] for each in handles if not each[-1:].isdigit()),
        street=" ".join((*told.get("street", ()), *told.get("further", ()))),
        birth=day(" ".join(told.get("birth", ()))),
        number="".join(filter(str.isalnum, "".join(told.get("number", ())).casefold())),
        **first,
    )


def split_name(full: str) -> dict[str, str]:
    """
    Part a whole name: Russian patronymics tell the order, a comma puts the surname first.

    >>> split_name("Иванов Пётр Сергеевич")["given"]
    'Пётр'
    """
    before, comma, after = full.partition(",")
    words = (after.split() + before.split()) if comma else full.split()
    middle = ""
    if len(words) == 3:
        place = next((n for n in (2, 1) if PATRONYMIC.search(words[n].casefold())), None)
        if place is not None:
            middle = words.pop(place)
            # Surname, given name, patronymic: as it stands in documents.
            words = words[::-1] if place == 2 else words
    first, *rest = words or [""]
    return {"given": first, "surname": " ".join(rest), "middle": middle}


PATRONYMIC = re.compile(r"(ович|евич|ич|овна|евна|ична|ovich|evich|ovna|evna|ichna)$")


def email(value: str) -> str:
    """Give an e-mail address in lower case, without what follows a plus sign; or nothing."""
    value = value.strip().strip("<>").casefold().removeprefix("mailto:")
    if not EMAIL.fullmatch(value):
        return ""
    local, _at, domain = value.rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def phone(value: str) -> str:
    """Give a phone in E.164, else its digits where there are enough of them."""
    if found := e164(value.strip()):
        return found
    digits = "".join(filter(str.isdigit, value))
    return digits if len(digits) >= FEWEST_DIGITS else ""


def day(value: str) -> str:
    """Give a day as eight digits; of 03/04/1980 the first is taken for the day."""
    value = value.strip()
    if found := YEAR_FIRST.fullmatch(value):
        return "".join((found[1], found[2].zfill(2), found[3].zfill(2)))
    if found := YEAR_LAST.fullmatch(value):
        return "".join((found[3], found[2].zfill(2), found[1].zfill(2)))
    return "".join(filter(str.isalnum, value))


def _several(values: Sequence[str]) -> list[str]:
    return [part.strip() for value in values for part in SEVERAL.split(value) if part.strip()]


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _is_unknown(value: str) -> bool:
    return value.strip().casefold() in UNKNOWN
