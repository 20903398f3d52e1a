"""The architecture itself: what import-linter cannot see is read from the syntax trees."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import MODULES, PACKAGE, ROOT

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
