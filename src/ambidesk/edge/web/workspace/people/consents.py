"""What a person agreed or objected to: shown on their screen, and noted there by a colleague."""

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.consents.models import OPT_IN, Consent, Proof, Purpose, Word
from ambidesk.parties.consents.publishing import newest
from ambidesk.parties.consents.rights import ConsentRight
from ambidesk.parties.consents.saying import Statement, say
from ambidesk.parties.people.models import IdentityKind, Person
from ambidesk.parties.people.parts import parts_of

ASKED = tuple(each for each in Purpose if each is not Purpose.SERVICE)
SHOWN = 20


class SaidForm(forms.Form):
    """What they said, to what, on which channel, and how a colleague knows."""

    word = forms.ChoiceField(label=_("They"), choices=Word.choices)
    purpose = forms.ChoiceField(
        label=_("To what"), choices=[(each.value, each.label) for each in ASKED]
    )
    channel = forms.ChoiceField(
        label=_("On which channel"),
        choices=[("", _("All channels")), *IdentityKind.choices],
        required=False,
    )
    remark = forms.CharField(
        label=_("How we know"),
        max_length=300,
        required=False,
        help_text=_("For example: on the phone, on 3 March."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with one purpose."""

    purpose: Purpose
    needs_yes: bool
    statements: tuple[Consent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentsOf:
    """All purposes of one person, what was said before, and the form."""

    standings: tuple[Standing, ...]
    earlier: tuple[Consent, ...]
    form: SaidForm
    can_note: bool


def consents_of(actor: Actor, person: Person) -> ConsentsOf:
    """Tell what a person, and whoever is one with them, said to each purpose."""
    said = Consent.objects.filter(person__in=parts_of(person))
    rows = list(said.select_related("document", "noted_by"))
    held = [row for row in rows if row.ended_at is None]
    return ConsentsOf(
        standings=tuple(
            Standing(
                purpose=purpose,
                needs_yes=purpose in OPT_IN,
                statements=tuple(row for row in held if row.purpose == purpose),
            )
            for purpose in ASKED
        ),
        earlier=tuple(row for row in rows if row.ended_at)[:SHOWN],
        form=SaidForm(),
        can_note=actor.may(ConsentRight.NOTE) and not person.erased_at,
    )


def note(request: Request, person: int) -> HttpResponse:
    """Put down what a person said to a colleague."""
    found = Person.objects.visible_to(request.actor).filter(pk=person).first()
    if found is None:
        raise Http404
    form = SaidForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        purpose, word = Purpose(values["purpose"]), Word(values["word"])
        language = found.language or get_language() or "en"
        document = newest(purpose, language=language, brand=None) if word is Word.YES else None
        said = Statement(
            purpose=purpose,
            word=word,
            proof=Proof.STAFF,
            channel=values["channel"],
            document=document,
            remark=values["remark"],
        )
        say(found, said, by=request.actor, at=request.at)
    response = HttpResponse(status=303)
    response["Location"] = reverse("person", args=[person]) + "#consents"
    return response
