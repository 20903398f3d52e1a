"""Addresses in templates: put together from pieces, the same as Django would write them."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse
from hypothesis import given, settings
from hypothesis import strategies as st


def written(words: str, **known: object) -> str:
    return Template(words).render(Context(known))


@settings(deadline=None)
@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_numbers_stand_where_django_would_put_them(first: int, second: int) -> None:
    known = {"first": first, "second": second}
    assert written('{% url "ticket" first %}', **known) == reverse("ticket", args=[first])
    tag = written('{% url "ticket-tag" first second %}', **known)
    assert tag == reverse("ticket-tag", args=[first, second])


def test_other_parts_are_left_to_django() -> None:
    assert written('{% url "inbox" slug %}', slug="mine") == reverse("inbox", args=["mine"])
    assert written('{% url "home" %}') == reverse("home")
    assert written('{% url "ticket" number=5 %}') == reverse("ticket", args=[5])


def test_an_address_can_be_kept_for_later() -> None:
    assert written('{% url "ticket" 5 as here %}[{{ here }}]') == f"[{reverse('ticket', args=[5])}]"


def test_what_is_no_address_is_an_error_as_ever() -> None:
    with pytest.raises(NoReverseMatch):
        written('{% url "ticket" 1 2 3 %}')
    with pytest.raises(NoReverseMatch):
        written('{% url "no-such-place" %}')
    with pytest.raises(NoReverseMatch):
        written('{% url "ticket" -5 %}')
    assert written('{% url "no-such-place" as here %}[{{ here }}]') == "[]"
