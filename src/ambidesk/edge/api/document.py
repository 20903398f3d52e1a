"""The document: the API as OpenAPI 3.1, made from the operations themselves."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from ambidesk.edge.api.operations import PREFIX, api
from ambidesk.edge.api.problems import MEDIA_TYPE, Problem
from ambidesk.ground.reach.scopes import scopes_with

ABOUT = """Everything that people do on the screens of Ambidesk, for programs.

Send a key as `Authorization: Bearer ambidesk_...`; keys are made in the settings. Errors are
problem details (RFC 9457). Send an `Idempotency-Key` with every POST: asking twice does it once,
for 24 hours. Lists are read page by page with `after`."""
REF = {"$ref": "#/components/schemas/Problem"}
IDEMPOTENCY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "description": "A name of your own for this change; the same name again does nothing anew",
}


def show(_request: HttpRequest) -> HttpResponse:
    """Hand out the document; it is the same for everybody."""
    answer = HttpResponse(written(), content_type="application/json")
    answer["Cache-Control"] = "public, max-age=300"
    return answer


@cache
def written() -> str:
    """The document as it is committed."""
    return json.dumps(made(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def made() -> dict[str, Any]:
    """Make the document."""
    document: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix=PREFIX), default=str)
    )
    document["info"]["description"] = ABOUT
    document["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    document["servers"] = [{"url": "/"}]
    parts = document["components"]
    parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    parts["schemas"]["Problem"], more = _problem()
    parts["schemas"] |= more
    document["security"] = [{"key": []}]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            _complete(operation, method.upper(), path)
    return document


def _complete(operation: dict[str, Any], method: str, path: str) -> None:
    """Say what every operation has: its scope, its problems, its idempotency."""
    right = operation.pop("x-scope", None)
    if operation.pop("x-file", False):
        file = {"schema": {"type": "string", "format": "binary"}}
        operation["responses"]["200"]["content"] = {"application/octet-stream": file}
    if right:
        words = next((f"`{scope}`" for scope in scopes_with(right)), "")
        said = operation.get("description", "")
        operation["description"] = f"{said}\n\nScope: {words}.".strip()
    problem = {"description": "A problem", "content": {MEDIA_TYPE: {"schema": REF}}}
    operation["responses"]["default"] = problem
    if method == "POST":
        operation.setdefault("parameters", []).append(IDEMPOTENCY)
    if method == "GET":
        return
    if "tickets/{number}" in path and method == "PATCH":
        operation["parameters"].append(
            {"in": "header", "name": "If-Match", "required": False, "schema": {"type": "string"}}
        )


def _problem() -> tuple[dict[str, Any], dict[str, Any]]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return schema, schema.pop("$defs", {})
