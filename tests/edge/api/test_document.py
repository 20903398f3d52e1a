"""The document: committed, whole, and shown without a foreign script."""

from collections import Counter
from pathlib import Path

from django.test import Client
from ninja import Schema

from ambidesk.edge.api.document import made, written
from ambidesk.wiring import routes as wired

# With all addresses every operation is declared.
assert wired.urlpatterns
COMMITTED = Path(__file__).parents[3] / "docs" / "openapi.json"


def test_the_committed_document_is_the_one_that_is_served(client: Client, db: None) -> None:
    """After a change: `ambidesk api schema > docs/openapi.json`."""
    assert COMMITTED.read_text() == written()
    assert client.get("/api/v1/openapi.json").content.decode() == written()


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [said["operationId"] for path in made()["paths"].values() for said in path.values()]
    assert len(names) == len(set(names))


def test_bodies_take_no_unknown_fields() -> None:
    schemas = made()["components"]["schemas"]
    bodies = [
        said["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for path in made()["paths"].values()
        for said in path.values()
        if "application/json" in said.get("requestBody", {}).get("content", {})
    ]
    assert bodies
    assert [name for name in bodies if schemas[name].get("additionalProperties") is not False] == []


def test_the_guide_needs_no_script(client: Client, db: None) -> None:
    page = client.get("/api/v1/")
    assert page.status_code == 200
    assert b"<script" not in page.content
    assert "script-src 'self'" in page["Content-Security-Policy"]
    for path, methods in made()["paths"].items():
        assert path in page.content.decode()
        for said in methods.values():
            assert said["summary"] in page.content.decode().replace("&#x27;", "'")


def test_every_shape_has_a_name_of_its_own() -> None:
    """The document holds one shape a name: a second one of that name would be told as the first."""
    shapes = [each for each in _below(Schema) if each.__module__.startswith("ambidesk.edge.api.v1")]
    named = Counter(each.__name__ for each in shapes if "[" not in each.__name__)
    assert [name for name, times in named.items() if times > 1] == []


def _below(shape: type[Schema]) -> set[type[Schema]]:
    return {found for each in shape.__subclasses__() for found in (each, *_below(each))}
