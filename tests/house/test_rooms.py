"""The architecture itself: what import-linter cannot see is read from the syntax trees."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ambidesk"
FLOORS = (
    "wiring",
    "edge",
    "across",
    "relation",
    "field",
    "support",
    "trade",
    "service",
    "parties",
    "ground",
)
DRAWERS = {
    "services",
    "selectors",
    "utils",
    "helpers",
    "common",
    "misc",
    "base",
    "core",
    "managers",
    "handlers",
}
# Verbs take time as an argument; these files are where it enters the house.
CLOCKS = ("edge/", "wiring/", "ground/kernel/", "support/channels/")


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if "/migrations/" not in name:
            yield name, ast.parse(path.read_text())


MODULES = list(modules())


def test_no_file_is_a_drawer() -> None:
    found = [name for name, _tree in MODULES if Path(name).stem in DRAWERS]
    assert found == []


def test_every_module_says_what_it_is_in_at_most_five_lines() -> None:
    silent = [name for name, tree in MODULES if not ast.get_docstring(tree)]
    long = [name for name, tree in MODULES if len((ast.get_docstring(tree) or "").splitlines()) > 5]
    assert (silent, long) == ([], [])


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    suffixes = {".py", ".ts", ".html", ".css"}
    found = [
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.suffix in suffixes
        and "/migrations/" not in path.as_posix()
        and "/dist/" not in path.as_posix()
        and len(path.read_text().splitlines()) > 400
    ]
    assert found == []


def test_nine_files_of_ten_are_under_two_hundred_lines() -> None:
    lengths = [
        len((PACKAGE / name).read_text().splitlines())
        for name, _tree in MODULES
        if not name.endswith("__init__.py")
    ]
    assert sum(length < 200 for length in lengths) >= 0.9 * len(lengths)


def _imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node


def test_no_import_hides_inside_a_function_or_under_type_checking() -> None:
    found = []
    for name, tree in MODULES:
        # Django asks for one such place: an application joins when all models are known.
        if name.endswith("/apps.py"):
            continue
        top = {id(node) for node in tree.body}
        for node in _imports(tree):
            module = getattr(node, "module", "") or ""
            if id(node) not in top and module.startswith("ambidesk"):
                found.append(f"{name}:{node.lineno}")
    assert found == []


def test_nobody_gets_models_by_name() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in MODULES
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "get_model"
    ]
    assert found == []


def test_foreign_keys_point_at_classes_not_at_names_of_other_packages() -> None:
    found = []
    for name, tree in MODULES:
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func)
            target = node.args[0]
            if called.endswith(("ForeignKey", "OneToOneField", "ManyToManyField")):
                named = isinstance(target, ast.Constant) and target.value != "self"
                if named:
                    found.append(f"{name}:{node.lineno}")
    assert found == []


def test_no_django_signals_model_forms_or_save_overrides() -> None:
    found = []
    for name, tree in MODULES:
        for node in ast.walk(tree):
            match node:
                case ast.ImportFrom(module=("django.db.models.signals" | "django.dispatch")):
                    found.append(f"{name}:{node.lineno} signals")
                case ast.ClassDef() if any("ModelForm" in ast.unparse(b) for b in node.bases):
                    found.append(f"{name}:{node.lineno} ModelForm")
                case ast.FunctionDef(name="save") if "models" in name:
                    found.append(f"{name}:{node.lineno} save")
    assert found == []


def test_no_clock_is_read_below_the_edge() -> None:
    found = []
    for name, tree in MODULES:
        if name.startswith(CLOCKS):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "timezone.now",
                "datetime.now",
                "datetime.utcnow",
                "date.today",
                "time.time",
            }:
                found.append(f"{name}:{node.lineno}")
    assert found == []


def test_every_changing_verb_takes_actor_and_time_by_name() -> None:
    """A module-level function that is atomic and locks is a verb."""
    found = []
    for name, tree in MODULES:
        if not name.startswith(("parties/", "service/", "support/tickets/")):
            continue
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            atomic = any("atomic" in ast.unparse(each) for each in node.decorator_list)
            names = {argument.arg for argument in node.args.kwonlyargs}
            if atomic and "at" not in names:
                found.append(f"{name}:{node.name}")
    assert found == []


TEMPLATES = sorted(PACKAGE.rglob("*.html"))
FORBIDDEN_MARKUP = {
    "inline script": re.compile(
        r"<script(?![^>]*(\bsrc=|type=\"application/json\"))", re.IGNORECASE
    ),
    "inline style": re.compile(r"\sstyle=", re.IGNORECASE),
    "event attribute": re.compile(r"\son[a-z]+=\"", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b"),
    "js: value": re.compile(r"hx-vals=.js:|hx-headers=.js:"),
    "hx-vars": re.compile(r"\bhx-vars\b"),
    "trigger filter": re.compile(r"hx-trigger=\"[^\"]*\["),
    "morph with options": re.compile(r"morph:\{"),
    "unescaped value": re.compile(r"\|\s*safe\b"),
}


@pytest.mark.parametrize("what", FORBIDDEN_MARKUP)
def test_no_template_needs_what_the_content_policy_forbids(what: str) -> None:
    pattern = FORBIDDEN_MARKUP[what]
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in TEMPLATES
        if pattern.search(path.read_text())
    ]
    assert found == []


def test_no_template_is_longer_than_its_screen() -> None:
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in TEMPLATES
        if len(path.read_text().splitlines()) > 120
    ]
    assert found == []


def test_the_repository_names_no_machine() -> None:
    pattern = re.compile(r"/work/(main|shared|notes)|/root/\.")
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in ("src", "tests", "docs", "bin")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and path.suffix in {".py", ".md", ".ts", ".html", ".toml", ".sh", ""}
        and "__pycache__" not in path.parts
        and path != Path(__file__)
        and pattern.search(path.read_text(errors="ignore"))
    ]
    assert found == []
