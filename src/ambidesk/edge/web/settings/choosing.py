"""How work of clients finds its person: weights of the reasons, and a trial on open tickets."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.choosing import CRITERIA, Line, about, lines_of, names_of
from ambidesk.edge.web.ui.conditions import ConditionField
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.support.routing.rules.matching import Criterion, Weights
from ambidesk.support.routing.trying import open_work, try_on
from ambidesk.support.routing.weighting import MOST, Weighed, drafted, set_terms, terms
from ambidesk.support.tickets.models import Ticket


class WeightsForm(forms.Form):
    """A weight for each reason, and who is a key client."""

    key_clients = ConditionField(
        label=gettext_lazy("Tickets of key clients"),
        required=False,
        help_text=gettext_lazy("They go rather to those who teach others."),
    )
    all_there = forms.BooleanField(
        label=gettext_lazy("Try as if everybody who is not absent were online"),
        required=False,
        initial=True,
    )

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]  # as Django's own form takes it
        weights = {
            each.value: forms.IntegerField(
                label=CRITERIA[each], min_value=0, max_value=MOST, widget=_range()
            )
            for each in Criterion
        }
        self.fields = {**weights, **self.fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One ticket of a trial: who has it, who would get it, and why."""

    ticket: Ticket
    about: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def chosen(self) -> str:
        """Who would get it; nothing where nobody could."""
        return next((line.name for line in self.lines if line.is_chosen), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosingPage:
    """The form, and what a trial gave."""

    section: str
    sections: tuple[Section, ...]
    form: WeightsForm
    tried: tuple[Tried, ...] = field(default=())
    is_trial: bool = False


def ask(request: Request) -> HttpResponse:
    """Show the weights."""
    known = terms()
    initial = {each.value: known.weights.of(each) for each in Criterion}
    initial_form = WeightsForm(initial={**initial, "key_clients": known.key_clients})
    return _shown(request, initial_form)


def save(request: Request) -> HttpResponse:
    """Set the weights, or try them on open tickets where the form asks for that."""
    form = WeightsForm(request.POST)
    if not form.is_valid():
        return _shown(request, form, status=422)
    try:
        if request.POST.get("trial"):
            return _trial(request, form)
        set_terms(_said(form), by=request.actor, at=request.at)
    except InvalidInput as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _shown(request, form, status=422)
    messages.success(request, _("Saved"))
    return pages.to(pages.list_url("choosing"))


def _trial(request: Request, form: WeightsForm) -> HttpResponse:
    found = try_on(
        open_work(by=request.actor),
        drafted(_said(form)),
        all_there=form.cleaned_data["all_there"],
        at=request.at,
    )
    names = names_of([each.reasons for each in found])
    tried = tuple(
        Tried(
            ticket=each.ticket,
            about=about(each.reasons),
            lines=tuple(lines_of(each.reasons, names)),
        )
        for each in found
    )
    return _shown(request, form, tried=tried, is_trial=True)


def _said(form: WeightsForm) -> Weighed:
    values = form.cleaned_data
    weights = Weights(**{each.value: values[each.value] for each in Criterion})
    return Weighed(weights=weights, key_clients=values["key_clients"])


def _shown(
    request: Request,
    form: WeightsForm,
    *,
    tried: tuple[Tried, ...] = (),
    is_trial: bool = False,
    status: int = 200,
) -> HttpResponse:
    page = ChoosingPage(
        section="choosing",
        sections=sections(request.actor),
        form=form,
        tried=tried,
        is_trial=is_trial,
    )
    return render(request, "choosing.html", {"page": page}, status=status)


def _range() -> forms.NumberInput:
    return forms.NumberInput(attrs={"inputmode": "numeric"})
