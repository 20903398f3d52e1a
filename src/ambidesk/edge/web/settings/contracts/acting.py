"""What is done to a contract from its page: renewed, ended, stopped; packages are added."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.contracts.noun import day_field
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.service.contracts import activating, packaging, stopping
from ambidesk.service.contracts.models import (
    BlockedKind,
    Contract,
    PackageEvery,
    PackageUnit,
    Stop,
    Termination,
)
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.rules.deciding import Blocked

DAY = timedelta(days=1)
MOST = 1_000_000


class Wrong(InvalidInput):
    """Something typed cannot be taken."""

    sentence = gettext_lazy("%(label)s: %(why)s")


class RenewalForm(forms.Form):
    """For how long."""

    months = forms.IntegerField(
        label=gettext_lazy("For so many months"), min_value=1, max_value=120
    )
    ends_on = forms.DateField(required=False)


class TerminationForm(forms.Form):
    """When, and why."""

    noticed_on = day_field(gettext_lazy("Notice was given on"))
    last_on = day_field(gettext_lazy("Last day"))
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=Termination.Reason.choices)
    attempt = forms.CharField(required=False, max_length=300)


class PackageForm(forms.Form):
    """The terms of a package; without a day it is from the contract's first day on."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    unit = forms.ChoiceField(label=gettext_lazy("Counted in"), choices=PackageUnit.choices)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"),
        min_value=Decimal("0.01"),
        max_value=MOST,
        decimal_places=2,
    )
    every = forms.ChoiceField(label=gettext_lazy("Granted"), choices=PackageEvery.choices)
    carry = forms.DecimalField(
        label=gettext_lazy("Carried over at most"), min_value=0, max_value=MOST, decimal_places=2
    )
    overdraft = forms.DecimalField(
        label=gettext_lazy("May be overdrawn by"), min_value=0, max_value=MOST, decimal_places=2
    )


class StopForm(forms.Form):
    """What is stopped and why."""

    blocks = forms.MultipleChoiceField(
        label=gettext_lazy("What is stopped"), choices=BlockedKind.choices
    )
    words = forms.CharField(label=gettext_lazy("Why"), max_length=300)


class LiftingForm(forms.Form):
    """Why it is lifted, and until when debts are overlooked."""

    words = forms.CharField(label=gettext_lazy("Why"), max_length=300)
    until = day_field(gettext_lazy("Overlook debts until"), required=False)


def renew(request: Request, pk: int) -> HttpResponse:
    """Let it go on."""
    said = _read(RenewalForm(request.POST))
    row = contract_of(request, pk)
    activating.renew(row, **said, by=request.actor, at=request.at)
    return _back(request, row, _("Renewed"))


def terminate(request: Request, pk: int) -> HttpResponse:
    """End it."""
    said = _read(TerminationForm(request.POST))
    row = contract_of(request, pk)
    activating.terminate(
        row,
        noticed_on=said["noticed_on"],
        ends_on=said["last_on"] + DAY,
        reason=Termination.Reason(said["reason"]),
        attempt=said["attempt"],
        by=request.actor,
        at=request.at,
    )
    return _back(request, row, _("The end is set"))


def add_package(request: Request, pk: int) -> HttpResponse:
    """Add a package."""
    row = contract_of(request, pk)
    said = packaging.PackageSaid(**_read(PackageForm(request.POST)), starts_on=row.starts_on)
    packaging.write_package(row, said, by=request.actor, at=request.at)
    return _back(request, row, _("Added"))


def stop(request: Request, pk: int) -> HttpResponse:
    """Stop work by this contract."""
    said = _read(StopForm(request.POST))
    row = contract_of(request, pk)
    stopping.stop(
        row.company,
        contract=row,
        blocks=tuple(map(Blocked, said["blocks"])),
        words=said["words"],
        by=request.actor,
        at=request.at,
    )
    return _back(request, row, _("Stopped"))


def lift(request: Request, pk: int) -> HttpResponse:
    """Lift a stop."""
    said = _read(LiftingForm(request.POST))
    # Whoever may lift stops is shown every one of them, whichever companies they see besides.
    row = Stop.objects.filter(pk=pk).select_related("contract", "company").first()
    if row is None:
        raise Http404
    stopping.lift(
        row, words=said["words"], pardoned_until=said["until"], by=request.actor, at=request.at
    )
    messages.success(request, _("The stop is lifted"))
    if row.contract is None or not request.actor.may(ContractRight.MANAGE):
        return pages.to(pages.list_url("contracts-stopped"))
    return pages.to(reverse("settings-contracts-one", args=[row.contract.pk]))


def contract_of(request: Request, pk: int) -> Contract:
    """
    Fetch a contract that the actor sees.

    Raises:
        Http404: there is none.
    """
    row = Contract.objects.visible_to(request.actor).select_related("company").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _read(form: forms.Form) -> dict[str, Any]:
    if form.is_valid():
        return form.cleaned_data
    name, errors = next(iter(form.errors.items()))
    raise Wrong(field=name, label=form.fields[name].label or name, why=errors[0])


def _back(request: Request, row: Contract, words: str) -> HttpResponse:
    messages.success(request, words)
    return pages.to(reverse("settings-contracts-one", args=[row.pk]))
