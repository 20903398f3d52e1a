"""
Operations: each is declared with the right it needs, and answered behind the one door.

What changes something runs in one transaction, once for each idempotency key; what is refused
leaves nothing behind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Final, Literal, TypeVar, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from ambidesk.edge.api import bodies, door
from ambidesk.edge.api.bodies import BodyTooLarge, NotJson, StrictParser, WrongMediaType
from ambidesk.edge.api.door import Call
from ambidesk.edge.api.problems import not_found, problem, refused
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.routes import Door, View, resource
from ambidesk.ground.reach.attempting import Attempted, Reply, attempt, once

PREFIX: Final = "api/v1/"
JSON, FORM_DATA = "application/json", "multipart/form-data"
# A file of the largest size, and what a form writes around it.
LONGEST_UPLOAD: Final = 21_000_000
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
F = TypeVar("F", bound=Callable[..., Any])

api = NinjaAPI(
    title="Ambidesk",
    version="1",
    docs_url=None,
    openapi_url=None,
    urls_namespace="ninja-v1",
    parser=StrictParser(),
)


class Content:
    """Stands for an answer that is a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """Stands for an answer that is told once: no idempotency key has it told again."""

    answer: Any


class UnknownParameter(InvalidInput):
    """The address asks for something that there is not."""

    sentence = gettext_lazy("There is no parameter “%(name)s” here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """
    What an operation needs: a right, or only a key; and what its body may be.

    Unless its answer `is_kept`, an idempotency key stands for it without its words.
    """

    right: str | None
    takes: str
    parameters: frozenset[str]
    is_kept: bool


_rules: dict[tuple[str, str], Rule] = {}


def operation(
    method: Method,
    path: str,
    *,
    right: str | None,
    name: str,
    gives: Any = None,
    status: int = 200,
) -> Callable[[F], F]:
    """
    Declare an operation: `name` is what programs call it by; the NOUN of its module, or the
    handler's own chapter, is where it stands.

    `path` is written as tickets/{int:number}; `right` is None where any key may come.
    """
    is_kept = not isinstance(gives, Once)
    gives = gives.answer if isinstance(gives, Once) else gives

    def declared(handler: F) -> F:
        handled = api.api_operation(
            [method],
            f"/{path}",
            response=_answers(gives, status),
            operation_id=name,
            tags=[getattr(handler, "chapter", None) or handler.__globals__["NOUN"]],
            summary=_first_line(handler),
            description=_rest(handler) or None,
            openapi_extra={"x-scope": right, "x-file": gives is Content},
        )(handler)
        takes, parameters = _taken(handler)
        _rules[method, _route(f"/{path}")] = Rule(
            right=right, takes=takes, parameters=parameters, is_kept=is_kept
        )
        return handled

    return declared


def _taken(handler: Callable[..., Any]) -> tuple[str, frozenset[str]]:
    """Say of which type its body is, and what its query may ask."""
    made = handler._ninja_operation  # type: ignore[attr-defined]  # noqa: SLF001 put there by the library
    sources = {model.__ninja_param_source__ for model in made.models}
    asked = frozenset(
        name
        for model in made.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    )
    return FORM_DATA if "file" in sources else JSON, asked


def _answers(gives: Any, status: int) -> dict[int, Any]:
    if gives is None:
        return {HTTPStatus.NO_CONTENT: None}
    return {status: None if gives is Content else gives}


def routes() -> list[URLPattern]:
    """The addresses of all operations that were declared."""
    patterns, *_names = api.urls
    views: dict[str, dict[str, View]] = {}
    for pattern in patterns:
        if not isinstance(pattern, URLPattern) or pattern.name == "api-root":
            continue
        path = str(pattern.pattern)
        for method, of in _rules:
            if of == path:
                rule = _rules[method, path]
                views.setdefault(path, {})[method] = partial(_answer, pattern.callback, rule)
    return [
        resource(PREFIX + path, right=Door.BEARER, name=_name(path), **methods)
        for path, methods in views.items()
    ]


def rules() -> dict[tuple[str, str], Rule]:
    """What each operation needs, by method and address."""
    return dict(_rules)


def _name(path: str) -> str:
    words = [part for part in path.replace("<", "").replace(">", "").split("/") if part]
    return "-".join(["api", *(word.rpartition(":")[2] for word in words)])


def _answer(view: View, rule: Rule, request: HttpRequest, **parameters: Any) -> HttpResponseBase:
    """Answer one request, whatever comes of it."""

    def answered(call: Call) -> HttpResponseBase:
        bodies.require_storable(parameters)
        _require_sound(call, rule)
        return _run(view, call, parameters, is_kept=rule.is_kept)

    return door.behind(request, rule.right, answer=answered, refuse=partial(refused, request))


def _run(view: View, call: Call, parameters: dict[str, Any], *, is_kept: bool) -> HttpResponseBase:
    if call.method in {"GET", "HEAD"}:
        return _marked(call, view(call, **parameters))

    def change() -> Reply:
        answer = cast("HttpResponse", view(call, **parameters))
        return Reply(
            status=answer.status_code, body=answer.content, headers=dict(answer.headers.items())
        )

    name = call.headers.get("Idempotency-Key")
    if name is None:
        return _written(once(change))
    attempted = Attempted(
        key=call.api_key, name=name, fingerprint=_fingerprint(call), is_kept=is_kept
    )
    return _written(attempt(attempted, change, at=call.at))


def _written(reply: Reply) -> HttpResponse:
    answer = HttpResponse(reply.body, status=reply.status)
    for header, value in reply.headers.items():
        answer[header] = value
    if reply.was_stored:
        answer["Idempotency-Replayed"] = "true"
    return answer


def _fingerprint(call: Call) -> str:
    """
    Tell two requests apart: the same name for another one is a mistake of the caller.

    What the caller may is part of it, so that no stored answer outlives the access to it.
    """
    may = f"{sorted(call.actor.brands)} {sorted(map(str, call.actor.rights))}"
    behalf = call.headers.get("On-Behalf-Of", "")
    said = "\n".join((str(call.method), call.get_full_path(), behalf, may))
    digest = sha256(said.encode() + b"\n")
    for part in _parts(call):
        digest.update(part)
    return digest.hexdigest()


def _parts(call: Call) -> Iterator[bytes]:
    """What was sent, piece by piece: the file of a form may be larger than the memory for it."""
    if call.content_type != FORM_DATA:
        yield call.body
        return
    for field, file in call.FILES.items():
        yield f"{field}\n{getattr(file, 'name', '')}\n".encode()
        yield from file.chunks()  # type: ignore[union-attr]  # one name, one file
        file.seek(0)  # type: ignore[union-attr]  # the same


def _marked(call: Call, answer: HttpResponseBase) -> HttpResponseBase:
    """Mark what was read, and do not send again what the caller has."""
    if not isinstance(answer, HttpResponse) or answer.status_code != HTTPStatus.OK:
        return answer
    answer["ETag"] = mark_of(answer.content)
    if answer["ETag"] not in door.marks_in(call, "If-None-Match"):
        return answer
    same = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    same["ETag"] = answer["ETag"]
    return same


def written(call: Call, answer: Schema) -> bytes:
    """Write an answer as it is sent."""
    return bytes(api.renderer.render(call, answer.model_dump(), response_status=200), "utf-8")


def mark_of(content: bytes) -> str:
    """The mark of a state: equal for equal content."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def _require_sound(call: Call, rule: Rule) -> None:
    for name in call.GET:
        if name not in rule.parameters:
            raise UnknownParameter(field=f"query.{name[:40]}", name=name[:40])
    if call.method in {"GET", "HEAD"}:
        return
    longest = LONGEST_UPLOAD if rule.takes == FORM_DATA else bodies.LONGEST_BYTES
    try:
        length = int(call.headers.get("Content-Length") or 0)
    except ValueError as wrong:
        raise NotJson from wrong
    if length > longest:
        raise BodyTooLarge
    if length and call.content_type != rule.takes:
        raise WrongMediaType(wanted=rule.takes)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refused(request, refusal)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, _gone: Http404) -> HttpResponse:
    return not_found(request)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say why the body was not read: the library puts its own words over ours."""
    why = error.__cause__ or error.__context__
    return refused(request, why if isinstance(why, Refusal) else NotJson())


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"field": ".".join(str(part) for part in each["loc"]), "detail": str(each["msg"])}
        for each in error.errors
    ]
    return problem(
        request,
        422,
        code="invalid-input",
        detail=_("This cannot be taken as it is."),
        field=errors[0]["field"] if errors else None,
        errors=errors,
    )


def _route(path: str) -> str:
    """Write an address as Django does."""
    return path.replace("{", "<").replace("}", ">").lstrip("/")


def _first_line(handler: Callable[..., Any]) -> str:
    return (handler.__doc__ or handler.__name__).strip().splitlines()[0].rstrip(".")


def _rest(handler: Callable[..., Any]) -> str:
    lines = [line.strip() for line in (handler.__doc__ or "").strip().splitlines()[1:]]
    return "\n".join(lines).strip()
