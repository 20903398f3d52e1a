"""Taking in: a file is read, planned, loaded where asked for, and reconciled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambidesk.across.importing.knowing import known
from ambidesk.across.importing.loading import Loading, Progress, load
from ambidesk.across.importing.models import ImportRun
from ambidesk.across.importing.planning import Plan, plan
from ambidesk.across.importing.reading import read_lines
from ambidesk.across.importing.reconciling import Reconciliation, reconcile
from ambidesk.across.importing.rules.histories import assemble
from ambidesk.across.importing.rules.mapping import Mapping
from ambidesk.across.importing.rules.rows import Problem, Row, read_row
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.parties.brands.models import Brand


class NoSuchBrand(InvalidInput):
    """The mapping names no brand that there is, or none where there are several."""

    sentence = _("The mapping must say which brand the tickets belong to. There are: %(known)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a file holds, and what became of it; a dry run has neither run nor reconciliation."""

    plan: Plan
    run: ImportRun | None = None
    reconciliation: Reconciliation | None = None


def take_in(
    file: Path, mapping: Mapping, *, dry_run: bool, at: datetime, progress: Progress
) -> Taken:
    """
    Read a file and, unless it is a dry run, load it and count it again.

    Raises:
        NoSuchBrand: where the tickets belong is not said.
        NoTable, ColumnMissing, TooLarge: the file cannot be read.
    """
    brand = _brand(mapping)
    here = known()
    planned = plan(assemble(_rows(file, mapping)), here, mapping=mapping)
    if dry_run:
        return Taken(plan=planned)
    loading = Loading(mapping=mapping, brand=brand, here=here)
    run = load(planned, loading, at=at, progress=progress)
    return Taken(plan=planned, run=run, reconciliation=reconcile(planned.taken, mapping.source))


def _rows(file: Path, mapping: Mapping) -> Iterator[Row | Problem]:
    zone = timezone.get_default_timezone()
    for line, cells in read_lines(file, mapping):
        yield read_row(cells, line=line, mapping=mapping, zone=zone)


def _brand(mapping: Mapping) -> Brand:
    brands = list(Brand.objects.filter(archived_at=None))
    meant = [each for each in brands if mapping.brand in {"", each.name, each.slug}]
    if len(meant) != 1:
        raise NoSuchBrand(known=", ".join(each.name for each in brands))
    return meant[0]
