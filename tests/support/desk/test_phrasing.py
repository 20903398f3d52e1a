"""Templates: in the requester's language, of their brand and team, the most used first."""

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel import actions
from ambidesk.support.desk.models import Template
from ambidesk.support.desk.phrasing import count_use, in_one_language, templates_for
from tests.cast import Cast


def names(cast: Cast, ticket) -> list[str]:
    return [each.text for each in templates_for(ticket, by=cast.actor(cast.olga))]


def test_of_one_name_the_one_in_the_requesters_language_is_given(cast: Cast) -> None:
    Template.objects.create(name="Hello", language="ru", text="Привет")
    Template.objects.create(name="Hello", language="en", text="Hello")
    ticket = cast.ticket()
    # Who said no language is spoken to in the brand's.
    assert names(cast, ticket) == ["Привет"]
    ticket.requester.language = "en"
    assert names(cast, ticket) == ["Hello"]


def test_what_is_sent_most_stands_first(cast: Cast) -> None:
    rare = Template.objects.create(name="A rare one", text="Rare")
    often = Template.objects.create(name="Z often", text="Often, {{requester.name}}")
    ticket = cast.ticket()
    assert names(cast, ticket) == ["Rare", "Often, Anna Petrova"]
    actions.perform(
        "desk.answer_with",
        {"template_id": often.pk},
        subject=ticket,
        by=cast.actor(cast.olga),
        at=cast.at,
    )
    assert names(cast, ticket) == ["Often, Anna Petrova", "Rare"]
    count_use([rare.pk, 10**9], times=2)
    assert names(cast, ticket)[0] == "Rare"


ROWS = st.lists(
    st.builds(
        lambda name, language: Template(name=name, language=language),
        st.sampled_from("abc"),
        st.sampled_from(["", "ru", "en"]),
    ),
    max_size=12,
)


@given(rows=ROWS, language=st.sampled_from(["ru", "en", "de"]))
def test_each_name_is_there_once_in_the_best_language_there_is(rows, language) -> None:
    chosen = in_one_language(rows, language)
    assert sorted(row.name for row in chosen) == sorted({row.name for row in rows})
    for row in chosen:
        languages = {each.language for each in rows if each.name == row.name}
        if language in languages:
            assert row.language == language
        elif "" in languages:
            assert row.language == ""
