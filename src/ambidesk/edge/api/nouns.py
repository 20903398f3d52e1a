"""
Nouns: what the settings hold is listed, read, made, changed and archived in one way.

Changing gives the whole anew. What holds for all brands is changed by who reaches all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from inspect import Parameter, Signature
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from ninja import Schema
from ninja.params.functions import Query as InQuery

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import Method, operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import one, require_all
from ambidesk.edge.api.schemas import Input, Key, Page, Paging

M = TypeVar("M", bound=Model)
Handler = Callable[..., Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun(Generic[M]):
    """
    One noun of the settings; `singular` and `plural` say what it is called in sentences.

    Without `shared` each row holds for all brands, so whoever makes or changes one must reach all
    of them; `shared` says it of a row, and `save` of what a body names. Without `turn` it cannot be
    archived. Lists are asked for with `asks`, by which `cut` leaves out rows.
    """

    chapter: str
    path: str
    name: str
    singular: str
    plural: str
    sees: str
    changes: str
    gives: type[Schema]
    takes: type[Input]
    rows: Callable[[Call], QuerySet[M]]
    shown: Callable[[Call, M], dict[str, Any]]
    save: Callable[[Call, M | None, Any], M]
    turn: Callable[[Call, M], object] | None = None
    shared: Callable[[M], bool] | None = None
    asks: type[Paging] = Paging
    cut: Callable[[Call, Any, Any], QuerySet[M]] = lambda _request, rows, _asked: rows

    @property
    def key(self) -> str:
        """The name of one in addresses."""
        return f"{self.name.lower()}_id"

    @property
    def one_path(self) -> str:
        """The address of one."""
        return f"{self.path}/{{int:{self.key}}}"


def declare(noun: Noun[M]) -> None:
    """Declare the operations of a noun."""
    one_path, gives = noun.one_path, noun.gives
    page: Any = Page[gives]  # type: ignore[valid-type]  # a schema made while running
    _operation(noun, "GET", noun.path, name=f"list{_many(noun.name)}", gives=page)(_list(noun))
    _operation(noun, "GET", one_path, name=f"get{noun.name}", gives=gives)(_read(noun))
    _operation(noun, "POST", noun.path, name=f"make{noun.name}", gives=gives)(_make(noun))
    _operation(noun, "PUT", one_path, name=f"change{noun.name}", gives=gives)(_change(noun))
    if noun.turn:
        path = f"{one_path}/archive"
        _operation(noun, "PUT", path, name=f"archive{noun.name}", gives=gives)(_archive(noun))
        _operation(noun, "DELETE", path, name=f"restore{noun.name}", gives=gives)(_restore(noun))


def own(noun: Noun[M], request: Call, *, pk: int) -> M:
    """
    Fetch a row that the key may change.

    Raises:
        Http404: it is none in reach.
        ForAllBrands: it holds for all brands, and the key reaches some.
    """
    row = one(noun.rows(request), pk)
    if noun.shared is None or noun.shared(row):
        require_all(request.actor)
    return row


def _operation(
    noun: Noun[M], method: Method, path: str, *, name: str, gives: Any
) -> Callable[[Handler], Handler]:
    declared = operation(
        method,
        path,
        right=noun.sees if method == "GET" else noun.changes,
        name=name,
        gives=gives,
        status=201 if method == "POST" else 200,
    )

    def named(handler: Handler) -> Handler:
        handler.chapter = noun.chapter  # type: ignore[attr-defined]  # where the operation looks
        return declared(handler)

    return named


def _many(name: str) -> str:
    ends_in_y = name.endswith("y") and not name.endswith("ey")
    return f"{name[:-1]}ies" if ends_in_y else f"{name}s"


def _list(noun: Noun[M]) -> Handler:
    def handler(request: Call, **given: Any) -> dict[str, Any]:
        asked: Paging = given["asked"]
        return page_of(
            noun.cut(request, noun.rows(request), asked),
            of=noun.path,
            after=asked.after,
            limit=asked.limit,
            show=partial(noun.shown, request),
        )

    return _signed(handler, f"List {noun.plural}", asked=Annotated[noun.asks, InQuery()])


def _read(noun: Noun[M]) -> Handler:
    def handler(request: Call, **named: int) -> dict[str, Any]:
        return noun.shown(request, one(noun.rows(request), named[noun.key]))

    return _signed(handler, f"Read {noun.singular}", **{noun.key: Key})


def _make(noun: Noun[M]) -> Handler:
    def handler(request: Call, **given: Any) -> dict[str, Any]:
        if noun.shared is None:
            require_all(request.actor)
        made = noun.save(request, None, given["body"])
        return noun.shown(request, one(noun.rows(request), made.pk))

    return _signed(handler, f"Make {noun.singular}", body=noun.takes)


def _change(noun: Noun[M]) -> Handler:
    def handler(request: Call, **given: Any) -> dict[str, Any]:
        row = own(noun, request, pk=given[noun.key])
        noun.save(request, row, given["body"])
        return noun.shown(request, one(noun.rows(request), row.pk))

    told = f"Change {noun.singular}\n\nThe body is the whole: what it leaves out is as if new."
    return _signed(handler, told, **{noun.key: Key, "body": noun.takes})


def _archive(noun: Noun[M]) -> Handler:
    def handler(request: Call, **named: int) -> dict[str, Any]:
        return _turned(noun, request, named[noun.key], out=True)

    return _signed(handler, f"Take {noun.singular} out of use", **{noun.key: Key})


def _restore(noun: Noun[M]) -> Handler:
    def handler(request: Call, **named: int) -> dict[str, Any]:
        return _turned(noun, request, named[noun.key], out=False)

    return _signed(handler, f"Take {noun.singular} into use again", **{noun.key: Key})


def _turned(noun: Noun[M], request: Call, pk: int, *, out: bool) -> dict[str, Any]:
    """Turn it, unless it is so already: asking twice does it once."""
    row = own(noun, request, pk=pk)
    model: Any = type(row)
    locked = model.objects.select_for_update().get(pk=pk)
    if noun.turn and (locked.archived_at is None) == out:
        noun.turn(request, locked)
    return noun.shown(request, one(noun.rows(request), pk))


def _signed(handler: Handler, words: str, **parts: Any) -> Handler:
    """Give a handler the parameters that the library reads off it."""
    request = Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=Call)
    named = [Parameter(name, Parameter.KEYWORD_ONLY, annotation=of) for name, of in parts.items()]
    handler.__signature__ = Signature([request, *named])  # type: ignore[attr-defined]  # where inspect looks
    handler.__doc__ = words
    return handler
