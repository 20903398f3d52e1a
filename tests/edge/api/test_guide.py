"""The guides docs/api.md and docs/ru/api.md: their examples work, in the order they stand there."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.cast import Cast
from tests.edge.api.machines import Machine, Said

DOCS = Path(__file__).parents[3] / "docs"
# A request as it is sent, or a file as curl brings it.
EXAMPLE = re.compile(
    r"```http\n([A-Z]+) (.+)\n((?:.+\n)*)```|```sh\ncurl .* -F file=@(\S+) .*\n```"
)
# What an answer names for the examples after it.
NAMED = {
    "tickets": ("number", "number"),
    "uploads": ("file", "key"),
    "companies": ("company", "id"),
    "sites": ("site", "id"),
    "events": ("next", "next"),
}


@pytest.mark.parametrize("guide, examples", [("api.md", 17), ("ru/api.md", 13)])
def test_every_example_of_the_guide_works(
    guide: str,
    examples: int,
    cast: Cast,
    shop: Machine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    known = {"brand": str(cast.shop.pk)}
    found = list(EXAMPLE.finditer((DOCS / guide).read_text()))
    for each in found:
        path = "uploads" if each[4] else each[2]
        said = _asked(shop, each, known)
        assert said.status in {200, 201, 204}, (each[0], said.body)
        if path in NAMED:
            name, of = NAMED[path]
            known[name] = str(said.body[of])
    assert len(found) == examples
    words = [m["text"] for m in shop.get(f"tickets/{known['number']}/messages").body["items"]]
    assert len(words) == 2


def _asked(shop: Machine, example: re.Match[str], known: dict[str, str]) -> Said:
    method, path, body, file = example.groups()
    if file:
        return shop.upload(file, b"Frosty 300, serial number F-1")
    path, body = (_filled(part, known) for part in (path, body))
    return shop.ask(method, path, json.loads(body) if body else None)


def _filled(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text
