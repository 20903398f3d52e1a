"""Words: what a person reads goes through gettext, wherever in the code it stands."""

import ast
import re
from collections.abc import Iterator

from ambidesk.edge.web.ui.words import WORDS
from tests.house.sources import ISLANDS, MODULES, named

# Parameters and attributes that end on a screen or a console.
READ = {
    "label",
    "help_text",
    "help",
    "title",
    "words",
    "add_words",
    "empty",
    "sentence",
    "verbose_name",
    "empty_label",
}
# Their first argument is a sentence.
SPEAKERS = {"Trouble", "forms.ValidationError", "ValidationError", "click.echo", "click.prompt"}
# An application's label is a name for Django, never shown.
NAMES = ("/apps.py",)
WORD = re.compile(r"[^\W\d_]{2,}")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"}
SAME_EVERYWHERE = {"Русский", "English", "Ambidesk", "JSON", "PATH"}


def _spoken(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Call():
            for keyword in node.keywords:
                if keyword.arg in READ:
                    yield keyword.arg, keyword.value
            if ast.unparse(node.func) in SPEAKERS and node.args:
                yield ast.unparse(node.func), node.args[0]
        case ast.Assign(targets=[ast.Name(id=name)]) if name in READ:
            yield name, node.value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if name in READ:
            yield name, value


def _literal(value: ast.expr) -> str:
    """The letters that would be shown as they stand, in a plain or formatted text."""
    match value:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_literal(part) for part in parts if isinstance(part, ast.Constant))
    return ""


def test_every_label_and_sentence_can_be_translated() -> None:
    found = []
    for name, tree in MODULES:
        if name.endswith(NAMES):
            continue
        for node in ast.walk(tree):
            for where, value in _spoken(node):
                words = [w for w in WORD.findall(_literal(value)) if w not in SAME_EVERYWHERE]
                if words:
                    found.append(f"{name}:{value.lineno} {where}: {' '.join(words)}")
    assert found == []


def test_choices_that_a_person_reads_can_be_translated() -> None:
    """A member of TextChoices is its value and its words; the words go through gettext."""
    found = []
    for name, tree in MODULES:
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef):
                continue
            if not any("Choices" in ast.unparse(base) for base in node.bases):
                continue
            for each in node.body:
                if not isinstance(each, ast.Assign):
                    continue
                translated = isinstance(each.value, ast.Tuple) and isinstance(
                    each.value.elts[-1], ast.Call
                )
                if not translated:
                    found.append(f"{name}:{each.lineno} {ast.unparse(each)}")
    assert found == []


def test_no_sentence_is_put_together_from_parts() -> None:
    """gettext(f"...") asks the catalogue for a sentence that differs each time."""
    found = [
        f"{name}:{node.lineno}"
        for name, tree in MODULES
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in GETTEXT
        and any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args)
    ]
    assert found == []


CALL = re.compile(r"(?<!function )\bsay\(\s*(.)")
SAID = re.compile(r"\bsay\(\s*\"([^\"]+)\"")


def test_every_sentence_of_an_island_has_its_word_on_the_page() -> None:
    """`say("...")` looks its sentence up in the page's words; one that is missing stays English."""
    found = []
    for path in ISLANDS:
        source = path.read_text()
        found += [f"{named(path)}: {word}" for word in SAID.findall(source) if word not in WORDS]
        found += [f"{named(path)}: say({first}" for first in CALL.findall(source) if first != '"']
    assert found == []


def test_no_sentence_is_asked_for_inside_a_formatted_text() -> None:
    """What gathers the sentences does not look into f"..."; one that stands there stays English."""
    found = [
        f"{name}:{inner.lineno} {ast.unparse(inner)}"
        for name, tree in MODULES
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and ast.unparse(inner.func) in GETTEXT
    ]
    assert found == []
