"""The sources as the house tests read them: syntax trees, templates, islands."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ambidesk"


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if "/migrations/" not in name:
            yield name, ast.parse(path.read_text())


MODULES = list(_modules())
TEMPLATES = sorted(PACKAGE.rglob("*.html"))
ISLANDS = sorted(path for path in PACKAGE.rglob("*.ts") if "/dist/" not in path.as_posix())


def named(path: Path) -> str:
    """The path as findings print it."""
    return path.relative_to(PACKAGE).as_posix()


def functions(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, bool]]:
    """Public functions and public methods of a module, and whether each is a method."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if not node.name.startswith("_"):
                yield node, False
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for inner in node.body:
                public = isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef)
                if public and not inner.name.startswith("_"):
                    yield inner, True
