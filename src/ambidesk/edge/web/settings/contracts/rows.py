"""The rows of a draft as forms: lines, promises, prices, penalties; an empty row is none."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.settings.lengths import LengthField
from ambidesk.parties.companies.models import Site, Territory
from ambidesk.service.assets.models import AssetClass, AssetModel
from ambidesk.service.catalogue.models import RequestType
from ambidesk.service.contracts.models import (
    BasisKind,
    Contract,
    Excuse,
    Package,
    RateKind,
    Version,
)
from ambidesk.service.contracts.rules.lines import ALL
from ambidesk.service.sla.models import Policy, ServiceCalendar
from ambidesk.service.sla.models.clock import GoalKind
from ambidesk.support.tickets.models import Priority

ANY = gettext_lazy("Any")
ONE, MOST = 1, 99
# A draft and the version before it.
LATEST = 2


def _any(rows: QuerySet[Any], label: Any) -> Any:
    return forms.ModelChoiceField(rows, label=label, required=False, empty_label=ANY)


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

    def __init__(self, *given: Any, contract: Contract, **named: Any) -> None:
        super().__init__(*given, **named)
        self.contract = contract
        for name in self.archived:
            self.fields[name].queryset = self._offered(name)  # type: ignore[attr-defined]
        # An empty row that the formset adds must not ask for anything in the browser.
        self.use_required_attribute = False

    def _offered(self, name: str) -> QuerySet[Any]:
        """Offer what is in use and what the contract names already, lest its row fit all."""
        versions = self.contract.versions.order_by("-number").values("pk")[:LATEST]
        column = f"{self.kept}__{name}"
        known = Version.objects.filter(pk__in=versions, **{f"{column}__isnull": False})
        live = Q(archived_at=None) | Q(pk__in=known.values(column))
        field: Any = self.fields[name]
        return QuerySet(field.queryset.model).filter(live)


class LineForm(RowForm):
    """What is covered, or not, for what."""

    kept = "lines"
    archived = ("site", "service", "asset_class", "model")

    covers = forms.TypedChoiceField(
        label=gettext_lazy("What it is"),
        choices=(("yes", gettext_lazy("covered")), ("no", gettext_lazy("excluded"))),
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    territory = _any(QuerySet(Territory), gettext_lazy("Territory"))
    site = _any(QuerySet(Site), gettext_lazy("Site"))
    service = _any(RequestType.objects.filter(archived_at=None), gettext_lazy("Type"))
    asset_class = _any(AssetClass.objects.filter(archived_at=None), gettext_lazy("Class"))
    model = _any(AssetModel.objects.filter(archived_at=None), gettext_lazy("Model"))
    serial = forms.CharField(label=gettext_lazy("Serial number"), max_length=80, required=False)
    parts = _share(gettext_lazy("Parts, %"))
    labour = _share(gettext_lazy("Labour, %"))
    travel = _share(gettext_lazy("Travel, %"))
    package = forms.ModelChoiceField(
        Package.objects.none(),
        label=gettext_lazy("From the package"),
        required=False,
        empty_label="–",
    )
    limit = _money(gettext_lazy("At most a request"))
    policy = forms.ModelChoiceField(
        Policy.objects.filter(archived_at=None),
        label=gettext_lazy("Promise"),
        required=False,
        empty_label="–",
    )
    calendar = forms.ModelChoiceField(
        ServiceCalendar.objects.filter(archived_at=None),
        label=gettext_lazy("Calendar"),
        required=False,
        empty_label=gettext_lazy("That of the promise"),
    )
    words = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def __init__(self, *given: Any, contract: Contract, **named: Any) -> None:
        super().__init__(*given, contract=contract, **named)
        company = contract.company
        self.fields["territory"].queryset = company.territories.order_by("path")  # type: ignore[attr-defined]
        self.fields["site"].queryset = self.fields["site"].queryset.filter(company=company)  # type: ignore[attr-defined]
        self.fields["package"].queryset = contract.packages.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the equipment of the serial number."""
        said = dict(self.cleaned_data)
        serial = said.pop("serial", "").strip()
        rows = self.contract.company.assets.filter(serial__iexact=serial)
        found = list(rows[:2]) if serial else []
        if serial and len(found) != 1:
            self.add_error("serial", _("The company has no equipment of this number."))
        said["asset"] = found[0] if len(found) == 1 else None
        return said


class PromiseForm(RowForm):
    """What is promised, by kind, priority and class."""

    kept = "promises"
    archived = ("service", "asset_class", "policy", "calendar")

    service = _any(RequestType.objects.filter(archived_at=None), gettext_lazy("Type"))
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"),
        choices=(("", ANY), *Priority.choices),
        coerce=int,
        empty_value=None,
        required=False,
    )
    asset_class = _any(AssetClass.objects.filter(archived_at=None), gettext_lazy("Class"))
    policy = forms.ModelChoiceField(
        Policy.objects.filter(archived_at=None), label=gettext_lazy("Promise")
    )
    calendar = forms.ModelChoiceField(
        ServiceCalendar.objects.filter(archived_at=None),
        label=gettext_lazy("Calendar"),
        required=False,
        empty_label=gettext_lazy("That of the promise"),
    )


class PriceForm(RowForm):
    """What work costs."""

    kept = "prices"
    archived = ("service",)

    price = _money(gettext_lazy("Price"), required=True)
    basis = forms.ChoiceField(label=gettext_lazy("For"), choices=BasisKind.choices)
    service = _any(RequestType.objects.filter(archived_at=None), gettext_lazy("Type"))
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

    goal = forms.ChoiceField(label=gettext_lazy("Late with"), choices=GoalKind.choices)
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
        said["grace_minutes"] = int(grace.total_seconds() // 60) if grace else 0
        return said
