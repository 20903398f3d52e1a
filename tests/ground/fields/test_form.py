"""Forms: what is asked follows from what was answered; what is not asked was never said."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.conditions.operators import Operator
from ambidesk.ground.conditions.tree import Comparison, Condition
from ambidesk.ground.fields.rules.converting import becoming
from ambidesk.ground.fields.rules.form import (
    AskedTwice,
    AsksAhead,
    Form,
    Needed,
    Question,
    Section,
    asked,
    heard,
    missing,
    require_answers,
    require_order,
)
from ambidesk.ground.fields.rules.refusals import Missing
from ambidesk.ground.fields.rules.spec import Kind
from ambidesk.ground.fields.rules.values import Value
from tests.ground.fields.making import spec

AT = datetime(2026, 3, 1, tzinfo=UTC)
LEAKS, WHERE, DEEP = spec(Kind.YES, 1), spec(Kind.CHOICE, 2), spec(Kind.TEXT, 3)


def _is(key: int, value: bool | int | str) -> Condition:  # noqa: FBT001 an answer may be yes
    return Comparison(field=f"field_{key}", operator=Operator.IS, value=value)


FORM = Form(
    sections=(
        Section(
            questions=(
                Question(spec=LEAKS, needed=Needed.OPEN),
                Question(spec=WHERE, needed=Needed.OPEN, when=_is(1, True)),
                Question(spec=DEEP, needed=Needed.SOLVE, when=_is(2, 201)),
            )
        ),
    )
)


def _names(answers: dict[int, Value]) -> list[int]:
    return [each.spec.id for each in asked(FORM, answers, at=AT)]


def test_a_question_appears_when_its_condition_holds() -> None:
    assert _names({}) == [1]
    assert _names({1: False}) == [1]
    assert _names({1: True}) == [1, 2]
    assert _names({1: True, 2: (201,)}) == [1, 2, 3]


def test_what_hangs_on_a_hidden_question_is_hidden_too() -> None:
    answers: dict[int, Value] = {1: False, 2: (201,), 3: "under the sink"}
    assert heard(FORM, answers, at=AT) == {1: False}
    assert _names(answers) == [1]


def test_only_what_is_asked_is_needed() -> None:
    with pytest.raises(Missing) as refused:
        require_answers(FORM, {}, at=AT)
    assert refused.value.field == "field_1"
    assert require_answers(FORM, {1: False}, at=AT) == {1: False}
    with pytest.raises(Missing):
        require_answers(FORM, {1: True}, at=AT)


def test_what_is_needed_to_solve_is_not_needed_to_open() -> None:
    answers: dict[int, Value] = {1: True, 2: (201,)}
    assert require_answers(FORM, answers, at=AT) == answers
    found = missing(FORM, answers, to=Needed.SOLVE, at=AT)
    assert [each.spec.id for each in found] == [3]


def test_a_question_depends_on_what_stands_before_it_only() -> None:
    with pytest.raises(AsksAhead):
        require_order(
            Form(
                sections=(
                    Section(questions=(Question(spec=LEAKS, when=_is(2, 201)),)),
                    Section(questions=(Question(spec=WHERE),)),
                )
            )
        )


def test_a_field_stands_in_a_form_once() -> None:
    with pytest.raises(AskedTwice):
        require_order(Form(sections=(Section(questions=(Question(spec=DEEP),) * 2),)))


def test_customers_see_neither_staff_fields_nor_what_depends_on_them() -> None:
    secret = spec(Kind.YES, 1, is_public=False)
    form = Form(
        sections=(
            Section(
                questions=(
                    Question(spec=secret),
                    Question(spec=WHERE, when=_is(1, True)),
                    Question(spec=DEEP),
                )
            ),
        )
    )
    assert [each.spec.id for each in form.for_customers().questions] == [3]


def test_what_depends_on_a_dropped_question_by_another_one_goes_too() -> None:
    secret = spec(Kind.YES, 1, is_public=False)
    chain = (
        Question(spec=secret),
        Question(spec=WHERE, when=_is(1, True)),
        Question(spec=DEEP, when=_is(2, 201)),
    )
    form = Form(sections=(Section(questions=chain),)).for_customers()
    assert list(form.questions) == []
    assert heard(form, {3: "deep"}, at=AT) == {}


@given(
    leaks=st.none() | st.booleans(),
    where=st.none() | st.sampled_from([(201,), (202,), (203,)]),
    deep=st.none() | st.text(min_size=1),
)
def test_hearing_twice_is_hearing_once_and_only_what_is_asked_is_heard(
    leaks: bool | None,  # noqa: FBT001 an answer may be yes
    where: tuple[int, ...] | None,
    deep: str | None,
) -> None:
    answers = {k: v for k, v in ((1, leaks), (2, where), (3, deep)) if v is not None}
    kept = heard(FORM, answers, at=AT)
    assert heard(FORM, kept, at=AT) == kept
    assert set(kept) <= set(_names(answers))


ANSWERS = st.dictionaries(
    st.integers(1, 4), st.sampled_from([True, False, (201,), (202,), "deep"]), max_size=4
)
OTHER = Form(sections=(Section(questions=(Question(spec=DEEP, needed=Needed.OPEN),)),))


@given(ANSWERS, st.permutations([FORM, OTHER, Form()]))
def test_another_form_loses_no_answer_and_says_what_it_lacks(
    answers: dict[int, Value], forms: list[Form]
) -> None:
    before, after, _third = forms
    found = becoming(before, after, answers=answers, at=AT)
    assert sorted((*found.kept, *found.unasked)) == sorted(answers)
    there = {each.spec.id for each in asked(after, answers, at=AT)}
    assert set(found.kept) | set(found.wanted) <= there
    assert not set(found.wanted) & set(answers)
