"""Weights: how much of a person a talk on each kind of channel takes."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.pages import FormPage
from ambidesk.edge.web.settings.sections import sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.conversations.models import ChannelKind
from ambidesk.support.routing.arranging import MOST_WEIGHT, arrange_weights
from ambidesk.support.routing.weighing import Weighed, weights


class WeightsForm(forms.Form):
    """A weight and a check mark for each kind of channel."""

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]  # as Django's own form takes it
        known, groups = weights(), []
        for kind in ChannelKind:
            weighed = known[kind.value]
            weight = forms.IntegerField(
                label=gettext_lazy("Weight"),
                min_value=1,
                max_value=MOST_WEIGHT,
                initial=weighed.weight,
            )
            keeps = forms.BooleanField(
                label=gettext_lazy("Weighs also while the requester is silent, as in a chat"),
                required=False,
                initial=weighed.keeps,
            )
            self.fields[kind.value] = weight
            self.fields[f"{kind.value}_keeps"] = keeps
            groups.append(("", kind.label, "", (kind.value, f"{kind.value}_keeps")))
        self.groups = tuple(groups)


def ask(request: Request) -> HttpResponse:
    """Show the weights."""
    return pages.show_form(request, _page(request, WeightsForm()))


def save(request: Request) -> HttpResponse:
    """Set the weights."""
    return pages.save(request, _page(request, WeightsForm(request.POST)), _keep(request))


def _keep(request: Request) -> pages.Act:
    def act(form: forms.Form) -> HttpResponse | None:
        values = form.cleaned_data
        said = {
            kind.value: Weighed(weight=values[kind.value], keeps=values[f"{kind.value}_keeps"])
            for kind in ChannelKind
        }
        arrange_weights(said, by=request.actor, at=request.at)
        messages.success(request, _("Saved"))
        return None

    return act


def _page(request: Request, form: forms.Form) -> FormPage:
    return FormPage(
        section="weights",
        sections=sections(request.actor),
        title=_("Weights"),
        form=form,
        back=reverse("settings-weights"),
    )
