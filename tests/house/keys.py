"""
The API: for each operation the narrowest scope that opens it; None is any key.

Read from the committed document, whose changes are looked at; the matrix holds the doors to it.
"""

import json
import re
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
SCOPE = re.compile(r"Scope: `([a-z:]+)`\.\Z")
ROOT = "/api/v1/"


def _name(path: str) -> str:
    """The name of the route, as the API names it."""
    return "-".join(["api", *path.removeprefix(ROOT).replace("{", "").replace("}", "").split("/")])


def _scope(description: str) -> str | None:
    found = SCOPE.search(description)
    return found[1] if found else None


KEYS: dict[str, dict[str, str | None]] = {
    _name(path): {
        method.upper(): _scope(said.get("description", "")) for method, said in methods.items()
    }
    for path, methods in json.loads(DOCUMENT.read_text())["paths"].items()
}
