"""Asking: what a request type asks for is shaped as a whole and read back as it was."""

import pytest

from ambidesk.ground.conditions.operators import Operator
from ambidesk.ground.conditions.tree import Comparison
from ambidesk.ground.fields.defining import Choice, Wanted, archive, define
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.form import AsksAhead, Form, Needed, Question, Section
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.catalogue.asking import form_of, shape
from ambidesk.service.catalogue.models import RequestType
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _field(cast: Cast, kind: Kind, label: str, *choices: str) -> Definition:
    wanted = Wanted(
        kind=kind,
        label=Texts(en=label),
        choices=tuple(Choice(label=Texts(en=each)) for each in choices),
    )
    return define(None, wanted=wanted, by=SYSTEM, at=cast.at)


def _leak(cast: Cast) -> tuple[RequestType, Form]:
    leaks = _field(cast, Kind.YES, "Does it leak?").spec
    where = _field(cast, Kind.CHOICE, "Where is it?", "Kitchen", "Cellar").spec
    when = Comparison(field=leaks.name, operator=Operator.IS, value=True)
    form = Form(
        sections=(
            Section(
                title=Texts(en="The leak", ru="Протечка"),
                questions=(
                    Question(spec=leaks, needed=Needed.OPEN),
                    Question(spec=where, needed=Needed.SOLVE, when=when),
                ),
            ),
        )
    )
    return RequestType.objects.create(name="Leak"), form


def test_a_form_is_read_back_as_it_was_shaped(cast: Cast) -> None:
    kind, form = _leak(cast)
    shape(kind, form, by=SYSTEM, at=cast.at)
    assert form_of(kind) == form
    shape(kind, Form(sections=form.sections[:0]), by=SYSTEM, at=cast.at)
    assert form_of(kind) == Form()


def test_a_form_that_asks_ahead_is_refused_and_the_old_one_stays(cast: Cast) -> None:
    kind, form = _leak(cast)
    shape(kind, form, by=SYSTEM, at=cast.at)
    (section,) = form.sections
    turned = Section(questions=section.questions[::-1])
    with pytest.raises(AsksAhead):
        shape(kind, Form(sections=(turned,)), by=SYSTEM, at=cast.at)
    assert form_of(kind) == form


def test_what_depends_on_an_archived_field_is_not_asked_either(cast: Cast) -> None:
    kind, form = _leak(cast)
    shape(kind, form, by=SYSTEM, at=cast.at)
    leaks = Definition.objects.get(label_en="Does it leak?")
    archive(leaks, by=SYSTEM, at=cast.at)
    assert list(form_of(kind).questions) == []


def test_an_archived_field_is_asked_no_more_and_again_when_it_is_used_again(cast: Cast) -> None:
    kind, form = _leak(cast)
    shape(kind, form, by=SYSTEM, at=cast.at)
    where = Definition.objects.get(label_en="Where is it?")
    archive(where, by=SYSTEM, at=cast.at)
    assert [each.spec.label.en for each in form_of(kind).questions] == ["Does it leak?"]
    archive(where, by=SYSTEM, at=cast.at)
    assert form_of(kind) == form
