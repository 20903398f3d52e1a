"""The guide: the document as a page that needs no script."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ambidesk.edge.api.document import made

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A parameter or field: its name, what it is, what it means."""

    name: str
    kind: str
    words: str
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A body or an answer."""

    name: str
    words: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation as the page shows it."""

    id: str
    method: str
    path: str
    title: str
    words: str
    parameters: tuple[Part, ...]
    takes: str
    gives: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The operations of one noun."""

    title: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """The whole guide."""

    words: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    shapes: tuple[Shape, ...]


def show(request: HttpRequest) -> HttpResponse:
    """Show the guide."""
    return render(request, "ui/guide/guide.html", {"page": read_guide(made())})


def read_guide(document: Facts) -> GuidePage:
    """Bring the document into chapters."""
    chapters: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            chapters.setdefault(said["tags"][0], []).append(_operation(path, method, said))
    schemas = document["components"]["schemas"]
    return GuidePage(
        words=tuple(_plain(document["info"]["description"]).split("\n\n")),
        chapters=tuple(
            Chapter(title=title, operations=tuple(found)) for title, found in chapters.items()
        ),
        shapes=tuple(_shape(name, schemas[name]) for name in sorted(schemas)),
    )


def _operation(path: str, method: str, said: Facts) -> Operation:
    body = said.get("requestBody", {}).get("content", {})
    answers = [said["responses"][code] for code in said["responses"] if code[0] == "2"]
    given = said.get("parameters", ())
    return Operation(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        title=said["summary"],
        words=said.get("description", ""),
        parameters=tuple(
            _part(each["name"], each | each["schema"], is_required=each["required"])
            for each in given
        ),
        takes=_name(body),
        gives=_name(answers[0].get("content", {})) if answers else "",
    )


def _shape(name: str, schema: Facts) -> Shape:
    required = schema.get("required", ())
    return Shape(
        name=name,
        words=schema.get("description", ""),
        parts=tuple(
            _part(field, said, is_required=field in required)
            for field, said in schema.get("properties", {}).items()
        ),
    )


def _part(name: str, said: Facts, *, is_required: bool) -> Part:
    return Part(
        name=name, kind=_kind(said), words=said.get("description", ""), is_required=is_required
    )


def _kind(said: Facts) -> str:
    """Say of which type a value is, in the words of JSON Schema."""
    if "anyOf" in said:
        return " | ".join(_kind(each) for each in said["anyOf"])
    if "$ref" in said:
        return str(said["$ref"]).rpartition("/")[2]
    if "enum" in said:
        return " | ".join(f'"{each}"' for each in said["enum"])
    if said.get("type") == "array":
        return f"[{_kind(said.get('items', {}))}]"
    return str(said.get("format") or said.get("type") or said.get("const") or "any")


def _name(content: Facts) -> str:
    for shape in content.values():
        return str(shape["schema"].get("$ref", "")).rpartition("/")[2]
    return ""


def _plain(words: str) -> str:
    """Take the marks of Markdown off: the page sets names in a type of their own where it can."""
    return words.replace("`", "")
