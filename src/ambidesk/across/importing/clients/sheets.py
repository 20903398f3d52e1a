"""Sheets: the kinds of files, and under which headings their columns are known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.across.importing.clients.refusals import FieldIsAnother, UnknownColumns
from ambidesk.ground.fields.rules.spec import Spec

# The key of a field, and in brackets what it asks.
OWN: Final = re.compile(r"(field_[0-9]{1,15})(?:\s*\((?P<label>.*)\))?", re.DOTALL)


class Sheet(StrEnum):
    """What the rows of a file are."""

    COMPANIES = "companies"
    SITES = "sites"
    CONTACTS = "contacts"
    ASSETS = "assets"
    RECEIVABLES = "receivables"
    REPAIRS = "repairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its title, and further headings under which it is taken."""

    key: str
    title: str | Promise
    headings: tuple[str, ...]
    is_needed: bool = False


def _column(key: str, title: str | Promise, *headings: str, needed: bool = False) -> Column:
    return Column(key=key, title=title, headings=(key, *headings), is_needed=needed)


COMPANY = _column("company", _("Company"), "company name", "компания", "организация", needed=True)
SHEETS: Mapping[Sheet, tuple[Column, ...]] = MappingProxyType(
    {
        Sheet.COMPANIES: (
            COMPANY,
            _column("group", _("Group"), "parent", "группа", "холдинг"),
            _column("industry", _("Industry"), "отрасль"),
            _column("remark", _("Remark"), "заметка", "примечание"),
            _column("legal_name", _("Legal entity"), "legal entity", "юрлицо", "юридическое лицо"),
            _column("country", _("Country"), "страна"),
            _column("inn", _("INN"), "инн"),
            _column("kpp", _("KPP"), "кпп"),
            _column("ogrn", _("OGRN"), "огрн", "огрнип"),
            _column("vat", _("VAT number"), "vat number", "номер ндс"),
            _column("legal_address", _("Legal address"), "юридический адрес"),
        ),
        Sheet.SITES: (
            COMPANY,
            _column("territory", _("Territory"), "территория", "регион"),
            _column("site", _("Site"), "name", "site name", "объект", "название", needed=True),
            _column("code", _("Code"), "код", "номер объекта"),
            _column("address", _("Address"), "адрес"),
            _column("latitude", _("Latitude"), "lat", "широта"),
            _column("longitude", _("Longitude"), "lon", "lng", "долгота"),
            _column("zone", _("Time zone"), "timezone", "часовой пояс"),
        ),
        Sheet.CONTACTS: (
            COMPANY,
            _column("name", pgettext_lazy("person", "Name"), "имя", "фио", needed=True),
            _column("email", _("E-mail"), "e-mail", "mail", "почта", "эл. почта"),
            _column("phone", _("Phone"), "телефон"),
            _column("post", _("Post"), "должность"),
            _column("department", _("Department"), "отдел", "подразделение"),
            _column("since", _("Since"), "с", "начало"),
            _column("until", _("Until"), "до", "по", "конец"),
        ),
        Sheet.ASSETS: (
            COMPANY,
            _column("site", _("Site"), "site name", "site code", "объект", "код объекта"),
            _column("class", _("Class"), "kind", "класс", "вид", needed=True),
            _column("vendor", _("Vendor"), "manufacturer", "производитель", needed=True),
            _column("model", _("Model"), "модель", needed=True),
            _column("serial", _("Serial number"), "серийный номер", "инв. номер", needed=True),
            _column("place", _("Place of installation"), "место", "место установки"),
            _column("criticality", _("Criticality"), "важность", "критичность"),
            _column("installed", _("Installed"), "установлено", "дата установки"),
            _column("warranty", _("Warranty until"), "warranty until", "гарантия до"),
            _column("note", _("Note"), "заметка", "примечание"),
        ),
        Sheet.RECEIVABLES: (
            _column("company", _("Company"), "company name", "компания", "контрагент"),
            _column("inn", _("INN"), "инн"),
            _column("contract", _("Contract"), "contract number", "договор", "номер договора"),
            _column("document", _("Document"), "invoice", "документ", "счёт", "счет", needed=True),
            _column(
                "due",
                pgettext_lazy("debt", "Due"),
                "due on",
                "срок оплаты",
                "оплатить до",
                needed=True,
            ),
            _column("amount", pgettext_lazy("debt", "Amount"), "сумма", needed=True),
            _column("open", pgettext_lazy("debt", "Open"), "open amount", "долг", "остаток долга"),
            _column("currency", _("Currency"), "валюта"),
        ),
        Sheet.REPAIRS: (
            _column("serial", _("Serial number"), "серийный номер", "инв. номер", needed=True),
            _column("company", _("Company"), "company name", "компания", "организация"),
            _column("vendor", _("Vendor"), "manufacturer", "производитель"),
            _column("model", _("Model"), "модель"),
            _column("date", _("Failed on"), "failed", "дата", "дата отказа", needed=True),
            _column("repaired", _("Repaired on"), "repaired on", "дата ремонта"),
            _column("kind", _("Kind of work"), "kind of work", "вид работ", "вид"),
            _column("mode", _("Failure mode"), "failure code", "код отказа", "вид отказа"),
            _column("cause", _("Cause"), "причина", "код причины"),
            _column("remedy", _("Remedy"), "что сделано", "код работ"),
            _column("note", _("What was done"), "text", "описание", "примечание"),
            _column("cost", _("Cost"), "стоимость", "затраты"),
            _column("currency", _("Currency"), "валюта"),
            _column("hours", _("Hours of work"), "labour hours", "часы", "трудозатраты"),
            _column("meter", _("Meter"), "счётчик", "счетчик"),
            _column("reading", _("Reading"), "показание", "наработка"),
            _column("unit", _("Unit"), "единица", "ед. изм."),
            _column("number", _("Number"), "order", "номер", "номер заказа", "заказ-наряд"),
        ),
    }
)


def places_of(
    sheet: Sheet, headings: Sequence[object], *, named: Mapping[str, str] | None = None
) -> dict[str, int]:
    """
    Say at which place of a row each column of the sheet is; of those there are.

    `named` gives, by the key of a column, the heading under which a file has it.

    Raises:
        UnknownColumns: one that is needed is not there.
    """
    heard = {str(each).strip().lower().replace("_", " "): at for at, each in enumerate(headings)}
    places, told = {}, named or {}
    for column in SHEETS[sheet]:
        own = {*column.headings, str(column.title).lower()}
        names = {told[column.key].strip().lower()} if column.key in told else own
        found = [heard[name.replace("_", " ")] for name in names if name.replace("_", " ") in heard]
        if found:
            places[column.key] = min(found)
        elif column.is_needed:
            known = ", ".join(str(each) for each in headings if each)
            raise UnknownColumns(column=column.title, known=known[:500])
    return places


def own_places_of(specs: Mapping[str, Spec], headings: Sequence[object]) -> dict[str, int]:
    """
    Say at which place of a row each field of the installation's own is; of those there are.

    Raises:
        FieldIsAnother: a heading says that the field asks something else than it does here.
    """
    places: dict[str, int] = {}
    for at, heading in enumerate(headings):
        found = OWN.fullmatch(str(heading).strip().lstrip("'"))
        spec = specs.get(found[1]) if found else None
        if found is None or spec is None:
            continue
        label = " ".join((found["label"] or "").split())
        known = {" ".join(each.split()) for each in (spec.label.en, spec.label.ru)}
        if label and label not in known:
            raise FieldIsAnother(column=str(heading)[:80], label=spec.label.said("en"))
        places.setdefault(found[1], at)
    return places


def title_of(sheet: Sheet, key: str) -> str:
    """Say how a column is called; a field of the installation's own by its key."""
    return str(next((each.title for each in SHEETS[sheet] if each.key == key), key))
