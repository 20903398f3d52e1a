"""Days in forms: a field of a browser for days takes one way of writing, in every language."""

import ast
from collections.abc import Iterator

from tests.house.sources import MODULES

WRITTEN = "%Y-%m-%d"


def _day_widgets(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("DateInput"):
            yield node


def _format(call: ast.Call) -> str:
    given = {each.arg: each.value for each in call.keywords}.get("format")
    return str(given.value) if isinstance(given, ast.Constant) else ""


def test_a_day_that_is_known_is_shown_in_russian_forms_too() -> None:
    # Written as people write it, 27.11.2026, the browser shows nothing, and saving loses the day.
    wrong = [
        f"{name}:{call.lineno}"
        for name, tree in MODULES
        for call in _day_widgets(tree)
        if _format(call) != WRITTEN
    ]
    assert wrong == []


def test_a_widget_that_follows_the_language_is_found() -> None:
    calls = list(_day_widgets(ast.parse("x = forms.DateInput(attrs={'type': 'date'})")))
    assert [_format(call) for call in calls] == [""]
