"""Exporting: clients, equipment, repairs, open debts under the headings of their import."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ambidesk.across.importing.clients.cells import FORMULA
from ambidesk.across.importing.clients.own import Fields, cells_of, fields_of, headings_of
from ambidesk.across.importing.clients.sheets import SHEETS, Sheet
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, Contact, LegalEntity, Site
from ambidesk.parties.companies.placing import territories_by_names
from ambidesk.parties.companies.structuring import departments_by_names
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.service.assets.models import Asset, Criticality, Repair
from ambidesk.service.contracts.models import Receivable

Cells = tuple[str, ...]


def as_csv(sheet: Sheet, *, by: Actor) -> bytes:
    """Write a sheet as CSV that office programmes open in the right encoding."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerows([_harmless(cell) for cell in row] for row in _rows(sheet, by))
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sheet, *, by: Actor) -> bytes:
    """Write a sheet as XLSX."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.value)
    for row in _rows(sheet, by):
        page.append([ILLEGAL_CHARACTERS_RE.sub("", _harmless(cell)) for cell in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _harmless(cell: str) -> str:
    """Let nothing that somebody typed be taken for a formula."""
    # One more before what begins with such a sign itself, so that just this one is taken off again.
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def _rows(sheet: Sheet, by: Actor) -> Iterator[Cells]:
    own = fields_of(sheet)
    yield (*(column.key for column in SHEETS[sheet]), *headings_of(own))
    companies = Company.objects.visible_to(by).select_related("parent")
    makers = {
        Sheet.COMPANIES: _companies,
        Sheet.SITES: _sites,
        Sheet.CONTACTS: _contacts,
        Sheet.ASSETS: _assets,
        Sheet.RECEIVABLES: _receivables,
        Sheet.REPAIRS: _repairs,
    }
    for each in companies.order_by("name"):
        yield from makers[sheet](each, by, own)


def _companies(company: Company, _by: Actor, own: Fields) -> Iterable[Cells]:
    group = company.parent.name if company.parent else ""
    facts = (company.name, group, company.industry, company.remark)
    said = cells_of(own, company.custom)
    entities = list(LegalEntity.objects.filter(company=company).order_by("pk"))
    for one in entities:
        numbers = (one.inn, one.kpp, one.ogrn, one.vat)
        yield (*facts, one.name, one.country, *numbers, one.address, *said)
    if not entities:
        yield (*facts, *("",) * (len(SHEETS[Sheet.COMPANIES]) - len(facts)), *said)


def _sites(company: Company, by: Actor, own: Fields) -> Iterable[Cells]:
    names = {row.pk: path for path, row in territories_by_names(company).items()}
    for site in Site.objects.visible_to(by).served().filter(company=company).order_by("pk"):
        yield (
            company.name,
            " / ".join(names.get(site.territory_id or 0, ())),
            site.name,
            site.code,
            site.address,
            _written(site.latitude),
            _written(site.longitude),
            site.zone,
            *cells_of(own, site.custom),
        )


def _contacts(company: Company, by: Actor, own: Fields) -> Iterable[Cells]:
    names = {row.pk: path for path, row in departments_by_names(company).items()}
    rows = Contact.objects.visible_to(by).filter(company=company, person__erased_at=None)
    contacts = list(rows.select_related("person__head").order_by("pk"))
    known = _addresses(contacts)
    for contact in contacts:
        addresses = known[contact.person.whole]
        yield (
            company.name,
            contact.person.called,
            addresses.get(IdentityKind.EMAIL.value, ""),
            addresses.get(IdentityKind.PHONE.value, ""),
            contact.post,
            " / ".join(names.get(contact.department_id or 0, ())),
            contact.since_on.isoformat(),
            contact.until_on.isoformat() if contact.until_on else "",
            *cells_of(own, contact.custom),
        )


def _assets(company: Company, by: Actor, own: Fields) -> Iterable[Cells]:
    rows = Asset.objects.visible_to(by).in_service().filter(company=company).order_by("pk")
    for asset in rows.select_related("model__asset_class", "site").iterator():
        site = (asset.site.code or asset.site.name) if asset.site else ""
        yield (
            company.name,
            site,
            asset.model.asset_class.name,
            asset.model.vendor,
            asset.model.name,
            asset.serial,
            asset.place,
            Criticality(asset.criticality).name.lower(),
            asset.installed_on.isoformat() if asset.installed_on else "",
            asset.warranty_until.isoformat() if asset.warranty_until else "",
            asset.note,
            *cells_of(own, asset.custom, kind=asset.model.asset_class.name),
        )


def _repairs(company: Company, by: Actor, _own: Fields) -> Iterable[Cells]:
    seen = Asset.objects.visible_to(by).filter(company=company).order_by().values("pk")
    rows = Repair.objects.filter(asset__in=seen).order_by("pk")
    beside = ("asset__model", "mode", "cause", "remedy")
    for row in rows.select_related(*beside).iterator():
        codes = (each.code if each else "" for each in (row.mode, row.cause, row.remedy))
        minutes = row.labour_minutes
        yield (
            row.asset.serial,
            company.name,
            row.asset.model.vendor,
            row.asset.model.name,
            row.failed_at.date().isoformat(),
            row.repaired_at.date().isoformat() if row.repaired_at else "",
            "failure" if row.is_failure else "planned",
            *codes,
            row.note,
            str(row.cost) if row.cost else "",
            row.currency,
            "" if minutes is None else f"{minutes / 60:.2f}",
            *("",) * 3,
            str(row.key),
        )


def _receivables(company: Company, _by: Actor, _own: Fields) -> Iterable[Cells]:
    rows = Receivable.objects.filter(company=company, open_amount__gt=0).order_by("pk")
    for row in rows.select_related("contract").iterator():
        yield (
            company.name,
            "",
            row.contract.number if row.contract else "",
            row.document,
            row.due_on.isoformat(),
            str(row.amount),
            str(row.open_amount),
            row.currency,
        )


def _addresses(contacts: Iterable[Contact]) -> dict[int, dict[str, str]]:
    """The first address of each kind by person; a shared one would not lead back to them."""
    wholes = {each.person.whole for each in contacts}
    rows = Identity.objects.filter(person__whole__in=wholes, erased_at=None, shared=False)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for whole, kind, value in rows.order_by("-pk").values_list("person__whole", "kind", "value"):
        found[whole][kind] = value
    return found


def _written(degrees: object) -> str:
    return "" if degrees is None else str(degrees)
