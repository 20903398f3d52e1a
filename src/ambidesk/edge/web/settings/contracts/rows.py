"""The rows of a draft as forms: lines, promises, prices, penalties; an empty row is none."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.settings.lengths import LengthField
from ambidesk.parties.companies.models import Site, Territory
from ambidesk.service.assets.models import Asset, AssetClass, AssetModel
from ambidesk.service.catalogue.models import RequestType
from ambidesk.service.contracts.models import (
    BasisKind,
    Contract,
    Excuse,
    Package,
    PenalisedKind,
    RateKind,
    Version,
)
from ambidesk.service.contracts.rules.lines import ALL
from ambidesk.service.sla.models import Policy, ServiceCalendar
from ambidesk.support.tickets.models import Priority

ANY = gettext_lazy("Any")
OF_PROMISE = gettext_lazy("That of the promise")
ONE, MOST = 1, 99
# A draft and the version before it.
LATEST = 2


class PickField(forms.ChoiceField):
    """A choice of rows that are read once for all forms that offer them."""

    def __init__(
        self, source: QuerySet[Any], label: Any, *, empty: Any = ANY, required: bool = False
    ) -> None:
        super().__init__(label=label, required=required)
        self.source, self._empty = source, empty
        self._rows: Mapping[str, Any] = {}

    def offer(self, rows: Mapping[str, Any]) -> None:
        """Offer these rows, by what a browser sends for them."""
        self._rows = rows
        self.choices = [("", self._empty), *((key, str(row)) for key, row in rows.items())]

    def prepare_value(self, value: Any) -> Any:
        """Show a row by its key."""
        return value.pk if isinstance(value, Model) else value

    def to_python(self, value: Any) -> Any:
        """Take the row that was chosen."""
        return self._rows.get(str(value), value) if value else None

    def valid_value(self, value: Any) -> bool:
        """Refuse what was not offered."""
        return isinstance(value, Model)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare by key."""
        return str(self.prepare_value(initial) or "") != str(data or "")


def _money(label: Any, *, required: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=14, decimal_places=2, required=required
    )


def _share(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=ALL, initial=ALL)


def _factor(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=ONE, max_value=MOST, max_digits=4, decimal_places=2, initial=ONE
    )


class RowForm(forms.Form):
    """One row; what it offers is of the contract's company."""

    clause = forms.CharField(label=gettext_lazy("Clause"), max_length=30)
    # Where the rows are kept, and which of their columns may name what was archived since.
    kept: ClassVar[str] = ""
    archived: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *given: Any, offered: "Offered", **named: Any) -> None:
        super().__init__(*given, **named)
        self.offered = offered
        for name, bound in self.fields.items():
            if isinstance(bound, PickField):
                bound.offer(offered.rows(type(self), name, source=bound.source))
        # An empty row that the formset adds must not ask for anything in the browser.
        self.use_required_attribute = False

    @classmethod
    def among(cls, contract: Contract, name: str, *, source: QuerySet[Any]) -> QuerySet[Any]:
        """Offer what is in use and what the contract names already, lest its row fit all."""
        if name not in cls.archived:
            return source
        versions = contract.versions.order_by("-number").values("pk")[:LATEST]
        # What a line promises is kept among the promises.
        kept = "promises" if name in {"policy", "calendar"} else cls.kept
        column = f"{kept}__{name}"
        known = Version.objects.filter(pk__in=versions, **{f"{column}__isnull": False})
        return source.filter(Q(archived_at=None) | Q(pk__in=known.values(column)))

    @classmethod
    def keyed(cls, contract: Contract, name: str, *, rows: QuerySet[Any]) -> Mapping[str, Any]:
        """Give what is offered by what a browser sends for it."""
        del contract, name
        return {str(row.pk): row for row in rows}


class Offered:
    """What the rows of one contract may choose from, read once for all of them."""

    def __init__(self, contract: Contract, given: Mapping[str, Any] | None) -> None:
        self._contract = contract
        self._read: dict[tuple[type[RowForm], str], Mapping[str, Any]] = {}
        serials = {
            str(value).strip().lower()
            for key, value in (given or {}).items()
            if key.startswith("lines-") and key.endswith("-serial")
        } - {""}
        self._assets: dict[str, list[Asset]] = {}
        if serials:
            rows = contract.company.assets.annotate(lower=Lower("serial"))
            for row in rows.filter(lower__in=serials):
                self._assets.setdefault(row.serial.lower(), []).append(row)

    def rows(self, form: type[RowForm], name: str, *, source: QuerySet[Any]) -> Mapping[str, Any]:
        """Give what a field of a form offers, by its key."""
        if (form, name) not in self._read:
            rows = form.among(self._contract, name, source=source)
            self._read[form, name] = form.keyed(self._contract, name, rows=rows)
        return self._read[form, name]

    def asset(self, serial: str) -> Asset | None:
        """Give the one piece of equipment of the company with a number."""
        found = self._assets.get(serial.strip().lower(), [])
        return found[0] if len(found) == 1 else None


class LineForm(RowForm):
    """What is covered, or not, for what."""

    kept = "lines"
    archived = ("site", "service", "asset_class", "model", "policy", "calendar")

    covers = forms.TypedChoiceField(
        label=gettext_lazy("What it is"),
        choices=(("yes", gettext_lazy("covered")), ("no", gettext_lazy("excluded"))),
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    territory = PickField(QuerySet(Territory), gettext_lazy("Territory"))
    site = PickField(QuerySet(Site), gettext_lazy("Site"))
    service = PickField(QuerySet(RequestType), gettext_lazy("Type"))
    asset_class = PickField(QuerySet(AssetClass), gettext_lazy("Class"))
    model = PickField(QuerySet(AssetModel), gettext_lazy("Model"))
    serial = forms.CharField(label=gettext_lazy("Serial number"), max_length=80, required=False)
    parts = _share(gettext_lazy("Parts, %"))
    labour = _share(gettext_lazy("Labour, %"))
    travel = _share(gettext_lazy("Travel, %"))
    package = PickField(QuerySet(Package), gettext_lazy("From the package"), empty="–")
    limit = _money(gettext_lazy("At most a request"))
    policy = PickField(QuerySet(Policy), gettext_lazy("Promise"), empty="–")
    calendar = PickField(
        QuerySet(ServiceCalendar),
        gettext_lazy("Calendar"),
        empty=OF_PROMISE,
    )
    words = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    @classmethod
    def among(cls, contract: Contract, name: str, *, source: QuerySet[Any]) -> QuerySet[Any]:
        """Offer places of the company and packages of the contract."""
        rows = super().among(contract, name, source=source)
        match name:
            case "territory":
                return rows.filter(company=contract.company_id).order_by("path")
            case "site":
                return rows.filter(company=contract.company_id)
            case "package":
                return rows.filter(contract=contract)
        return rows

    def clean(self) -> dict[str, Any]:
        """Find the equipment of the serial number."""
        said = dict(self.cleaned_data)
        serial = said.pop("serial", "").strip()
        said["asset"] = self.offered.asset(serial)
        if serial and said["asset"] is None:
            self.add_error("serial", _("The company has no equipment of this number."))
        return said


class PromiseForm(RowForm):
    """What is promised, by kind, priority and class."""

    kept = "promises"
    archived = ("service", "asset_class", "policy", "calendar")

    service = PickField(QuerySet(RequestType), gettext_lazy("Type"))
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"),
        choices=(("", ANY), *Priority.choices),
        coerce=int,
        empty_value=None,
        required=False,
    )
    asset_class = PickField(QuerySet(AssetClass), gettext_lazy("Class"))
    policy = PickField(QuerySet(Policy), gettext_lazy("Promise"), empty="–", required=True)
    calendar = PickField(
        QuerySet(ServiceCalendar),
        gettext_lazy("Calendar"),
        empty=OF_PROMISE,
    )


class PriceForm(RowForm):
    """What work costs."""

    kept = "prices"
    archived = ("service",)

    price = _money(gettext_lazy("Price, or mark-up in %"), required=True)
    basis = forms.ChoiceField(label=gettext_lazy("For"), choices=BasisKind.choices)
    service = PickField(QuerySet(RequestType), gettext_lazy("Type"))
    step = forms.DecimalField(
        label=gettext_lazy("Rounded up to"), min_value=0, max_digits=6, decimal_places=2, initial=0
    )
    least = forms.DecimalField(
        label=gettext_lazy("At least"), min_value=0, max_digits=8, decimal_places=2, initial=0
    )
    minimum = _money(gettext_lazy("Least amount"))
    night = _factor(gettext_lazy("Night, ×"))
    weekend = _factor(gettext_lazy("Weekend, ×"))
    holiday = _factor(gettext_lazy("Holiday, ×"))


class PenaltyForm(RowForm):
    """What lateness costs."""

    goal = forms.ChoiceField(label=gettext_lazy("Late with"), choices=PenalisedKind.choices)
    stages = forms.CharField(
        label=gettext_lazy("Only stages of the clause"), max_length=30, required=False
    )
    value = _money(gettext_lazy("How much"), required=True)
    rate = forms.ChoiceField(label=gettext_lazy("Counted as"), choices=RateKind.choices)
    cap = forms.DecimalField(
        label=gettext_lazy("At most, share of the fee in %"),
        min_value=0,
        max_digits=5,
        decimal_places=2,
        required=False,
    )
    grace = LengthField(label=gettext_lazy("Nothing for the first"), required=False, max_length=40)
    excuses = forms.MultipleChoiceField(
        label=gettext_lazy("Not counted when"),
        choices=Excuse.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        """Count the grace in minutes."""
        said = dict(self.cleaned_data)
        grace = said.pop("grace", None)
        said["stages"] = said.get("stages", "").strip()
        said["grace_minutes"] = int(grace.total_seconds() // 60) if grace else 0
        return said
