"""The forms by which works are put down; each carries the key of what it puts down, once."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.money import Money
from ambidesk.support.works.models import CountedKind, ExpenseKind
from ambidesk.support.works.telling import MOST_MINUTES, Part

LARGEST = Decimal("999999999.99")


def _money(*, required: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        label=_("Cost"), required=required, max_value=LARGEST, decimal_places=2, localize=True
    )


class WorkForm(forms.Form):
    """What every fact says: its key, its day, a note."""

    key = forms.UUIDField()
    day = forms.DateField(label=_("Day"))
    note = forms.CharField(label=_("Note"), required=False, max_length=500)


class TimeForm(WorkForm):
    """How long, and from when on where that is known."""

    day = forms.DateField(label=_("Day"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MOST_MINUTES)
    began_at = forms.DateTimeField(label=_("Began"), required=False)

    def clean(self) -> dict[str, Any]:
        """Take the day from the beginning where only that is said."""
        said = dict(self.cleaned_data)
        if not said.get("day") and said.get("began_at"):
            said["day"] = said["began_at"].date()
        if not said.get("day") and "day" not in self.errors:
            self.add_error("day", _("Say on which day."))
        return said


class UnitForm(WorkForm):
    """How many visits, units or points."""

    unit = forms.ChoiceField(label=_("What"), choices=CountedKind.choices)
    quantity = forms.DecimalField(
        label=_("Quantity"), min_value=Decimal("0.01"), max_digits=8, decimal_places=2
    )


class ExpenseForm(WorkForm):
    """What was paid."""

    kind = forms.ChoiceField(label=_("What"), choices=ExpenseKind.choices)
    cost = _money(required=True)
    currency = forms.RegexField(label=_("Currency"), regex="^[A-Z]{3}$")

    @property
    def money(self) -> Money:
        """How much that is."""
        return Money(self.cleaned_data["cost"], self.cleaned_data["currency"])


class PartForm(WorkForm):
    """What went in, and what came out."""

    name = forms.CharField(label=_("Part"), max_length=160)
    article = forms.CharField(label=_("Article"), required=False, max_length=80)
    quantity = forms.DecimalField(
        label=_("Quantity"), min_value=Decimal("0.001"), max_digits=9, decimal_places=3
    )
    old_serial = forms.CharField(label=_("Serial number taken out"), required=False, max_length=80)
    new_serial = forms.CharField(label=_("Serial number put in"), required=False, max_length=80)
    cost = _money()
    currency = forms.RegexField(label=_("Currency"), regex="^[A-Z]{3}$")

    @property
    def part(self) -> Part:
        """What was used."""
        said = self.cleaned_data
        return Part(
            name=said["name"],
            article=said["article"],
            quantity=said["quantity"],
            old_serial=said["old_serial"],
            new_serial=said["new_serial"],
            cost=Money(said["cost"], said["currency"]) if said["cost"] else None,
        )
