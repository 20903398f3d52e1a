"""A noun of the settings: listed, made, changed and archived in the same way as every other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from django import forms
from django.db.models import Model, Q
from django.http import Http404, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.pages import FormPage, Line, ListPage, Step
from ambidesk.edge.web.settings.sections import Words, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.routes import View, resource

M = TypeVar("M", bound=Model)
Facts = tuple[str, ...]
# Characters of what stands beneath a name; the screen cuts sooner.
BENEATH = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun(Generic[M]):
    """
    What the screens of one noun need to know.

    `save(request, row, values)` and `archive(request, row)` call the noun's verbs; what `save`
    returns is where to go next, None being the list. `state` is the badge in the list and its
    colour; `beneath` is what a thing says or does, cut where the line ends; `aside` is a template
    beneath the form's fields; `begun` is what a new one begins with; `only` cuts the model's rows
    to those that are of this noun.
    """

    key: str
    model: type[M]
    form: type[forms.Form]
    right: str
    title: Words
    words: Words
    add_words: Words
    empty: Words
    rows: Callable[[Request], Iterable[M]]
    facts: Callable[[M], Facts]
    known: Callable[[M], dict[str, Any]]
    save: Callable[[Request, M | None, Mapping[str, Any]], HttpResponse | None]
    archive: Callable[[Request, M], object] | None = None
    beneath: Callable[[M], str] = lambda _row: ""
    steps: Callable[[M], tuple[Step, ...]] = lambda _row: ()
    state: Callable[[M], tuple[Words, str]] = lambda _row: ("", "")
    report: Callable[[M], object] = lambda _row: None
    aside: str = ""
    begun: Callable[[Request], dict[str, Any]] = lambda _request: {}
    only: Q = field(default_factory=Q)


def routes_of(noun: Noun[M]) -> list[URLPattern]:
    """The addresses of a noun: its list, a new one, one of them, and its archive."""

    def show(request: Request) -> HttpResponse:
        return pages.show_list(request, _list_page(request, noun))

    def ask(request: Request, pk: int = 0) -> HttpResponse:
        row = _row(noun, pk)
        form = noun.form(initial=noun.known(row) if row else noun.begun(request))
        return pages.show_form(request, _form_page(request, noun, row, form))

    def save(request: Request, pk: int = 0) -> HttpResponse:
        row = _row(noun, pk)
        page = _form_page(request, noun, row, noun.form(request.POST))
        return pages.save(request, page, lambda form: noun.save(request, row, form.cleaned_data))

    def archive(request: Request, pk: int) -> HttpResponse:
        row = _row(noun, pk)
        if row is None or noun.archive is None:
            raise Http404
        words = _("“%(name)s” is used again.") if is_archived(row) else _("“%(name)s” is archived.")
        noun.archive(request, row)
        return pages.done(request, words % {"name": row}, section=noun.key, undo=request.path)

    declare = partial(_declare, noun)
    return [
        declare("", "", GET=show),
        declare("new", "-new", GET=ask, POST=save),
        declare("<int:pk>", "-one", GET=ask, POST=save),
        *([declare("<int:pk>/archive", "-archive", POST=archive)] if noun.archive else []),
    ]


def _declare(noun: Noun[M], path: str, suffix: str, **views: View) -> URLPattern:
    name = f"settings-{noun.key}{suffix}"
    return resource(f"{noun.key}/{path}", right=noun.right, name=name, **views)


def is_archived(row: Model) -> bool:
    """Say whether a thing is out of use."""
    is_used = getattr(row, "is_active", True) and getattr(row, "enabled", True)
    return bool(getattr(row, "archived_at", None)) or not is_used


def _row(noun: Noun[M], pk: int) -> M | None:
    if not pk:
        return None
    rows = noun.model._default_manager.filter(noun.only)  # noqa: SLF001 Django's public name
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _list_page(request: Request, noun: Noun[M]) -> ListPage:
    lines = tuple(
        Line(
            url=reverse(f"settings-{noun.key}-one", args=[row.pk]),
            name=str(row),
            beneath=noun.beneath(row)[:BENEATH],
            facts=noun.facts(row),
            state=noun.state(row)[0],
            state_kind=noun.state(row)[1],
            is_archived=is_archived(row),
            depth=getattr(row, "depth", 0),
        )
        for row in noun.rows(request)
    )
    return ListPage(
        section=noun.key,
        sections=sections(request.actor),
        title=noun.title,
        words=noun.words,
        lines=lines,
        add=reverse(f"settings-{noun.key}-new"),
        add_words=noun.add_words,
        empty=noun.empty,
    )


def _form_page(request: Request, noun: Noun[M], row: M | None, form: forms.Form) -> FormPage:
    steps = noun.steps(row) if row else ()
    if row and noun.archive:
        words = _("Use again") if is_archived(row) else _("Archive")
        steps += (Step(url=reverse(f"settings-{noun.key}-archive", args=[row.pk]), words=words),)
    return FormPage(
        section=noun.key,
        sections=sections(request.actor),
        title=str(row) if row else noun.add_words,
        form=form,
        back=pages.list_url(noun.key),
        steps=steps,
        report=noun.report(row) if row else None,
        aside=noun.aside,
    )
