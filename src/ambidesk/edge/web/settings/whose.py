"""Whose it is: what belongs to a brand, a team or everybody, asked and told in one way."""

from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team


class Owned(Protocol):
    """What has a brand and a team, each or none, and counts its uses."""

    brand: Brand | None
    team: Team | None
    used_times: int


class WhoseForm(forms.Form):
    """The brand and the team that something is for; its other fields go before these."""

    brand = forms.ModelChoiceField(
        Brand.objects.filter(archived_at=None),
        label=_("Only for brand"),
        required=False,
        empty_label=_("All brands"),
    )
    team = forms.ModelChoiceField(
        Team.objects.filter(archived_at=None),
        label=_("Only for team"),
        required=False,
        empty_label=_("All teams"),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.order_fields([name for name in self.fields if name not in {"brand", "team"}])


def whose_words(row: Owned) -> str:
    """Name the brand and the team; "" is everybody's."""
    return ", ".join(str(each) for each in (row.brand, row.team) if each)


def used_words(row: Owned) -> str:
    """Say how often it was used."""
    return ngettext("used %(n)s time", "used %(n)s times", row.used_times) % {"n": row.used_times}
