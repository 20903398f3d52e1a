"""Tags for long lists: put together in one go, the same as their components show."""

import pytest
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

from ambidesk.edge.web.ui.words import WORDS, spoken


def written(page: str, **known: object) -> str:
    return Template(CottonCompiler().process(page)).render(Context(known)).strip()


@pytest.mark.parametrize("state", ["new", "waiting_requester", "closed", 'odd"<b>'])
def test_a_state_in_a_list_looks_like_any_other(state: str) -> None:
    known = {"state": state, "words": "In <work>"}
    single = written('<c-state state="{{ state }}">{{ words }}</c-state>', **known)
    assert written("{% state state words %}", **known) == single.replace(" >", ">")


def test_one_of_the_options_is_chosen_and_names_stay_words() -> None:
    page = written("{% options rows 2 %}", rows=[(1, "One"), (2, "Two <b>")])
    assert page == (
        '<option value="1">One</option><option value="2" selected>Two &lt;b&gt;</option>'
    )
    assert written("{% options rows %}", rows=[]) == ""


def test_the_words_of_islands_are_those_of_the_language() -> None:
    english, russian = spoken("en"), spoken("ru")
    assert '"Undo": "Undo"' in english
    assert english != russian
    assert all(f'"{each}"' in english for each in ("Undo", "Copy", "Show"))
    assert english.count('": "') >= len(WORDS)
