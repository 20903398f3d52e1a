"""The two pages that settings are made of: a list of things, and the form of one thing."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.settings.sections import Section, Words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput

Act = Callable[[forms.Form], HttpResponse | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing of a list: where it opens, its name, what stands beneath and beside it."""

    url: str
    name: str
    beneath: str = ""
    facts: tuple[str, ...] = ()
    state: Words = ""
    state_kind: str = ""
    is_archived: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A list of settings."""

    section: str
    sections: tuple[Section, ...]
    title: Words
    words: Words
    lines: tuple[Line, ...]
    add: str
    add_words: Words
    empty: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A further thing that can be done to what a form shows."""

    url: str
    words: Words
    kind: str = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields of a form that belong together, under a title of their own; `kind` sets them out."""

    kind: str = ""
    title: Words
    words: Words
    fields: tuple[forms.BoundField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """The form of one thing; `aside` is a template that stands beneath its fields."""

    section: str
    sections: tuple[Section, ...]
    title: Words
    form: forms.Form
    back: str
    steps: tuple[Step, ...] = field(default=())
    report: object = None
    aside: str = ""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The fields in their groups; a form without groups is one that has no title."""
        wanted = getattr(self.form, "groups", (("", "", "", tuple(self.form.fields)),))
        return tuple(
            Group(
                kind=kind,
                title=title,
                words=words,
                fields=tuple(self.form[name] for name in names),
            )
            for kind, title, words, names in wanted
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretPage:
    """A secret, shown this once; `audience` is for whom a token signed with it must be."""

    section: str
    sections: tuple[Section, ...]
    name: str
    words: Words
    secret: str
    back: str
    audience: str = ""


def show_secret(request: Request, page: SecretPage) -> HttpResponse:
    """Render a secret; no cache keeps it."""
    answer = render(request, "secret.html", {"page": page})
    answer["Cache-Control"] = "no-store"
    return answer


def show_list(request: Request, page: ListPage) -> HttpResponse:
    """Render a list."""
    return render(request, "list.html", {"page": page})


def show_form(request: Request, page: FormPage, *, status: int = 200) -> HttpResponse:
    """Render a form."""
    return render(request, "form.html", {"page": page}, status=status)


def save(request: Request, page: FormPage, act: Act) -> HttpResponse:
    """
    Do what a valid form asks and go where it leads, else to the list; show what is wrong otherwise.

    A refusal that names a field stands beside that field: nothing typed is lost.
    """
    if not page.form.is_valid():
        return show_form(request, page, status=422)
    try:
        return act(page.form) or to(page.back)
    except InvalidInput as refused:
        known = refused.field if refused.field in page.form.fields else None
        page.form.add_error(known, str(refused))
        return show_form(request, page, status=422)


def to(url: str) -> HttpResponse:
    """Go on to another page after a change."""
    response = HttpResponse(status=303)
    response["Location"] = url
    return response


def done(request: Request, words: str, *, section: str, undo: str = "") -> HttpResponse:
    """Say what was done, with the address that undoes it, on the section's list."""
    messages.success(request, words, extra_tags=undo)
    url = list_url(section)
    if not request.headers.get("HX-Request"):
        return to(url)
    response = HttpResponse(status=204)
    response["HX-Location"] = url
    return response


def list_url(section: str) -> str:
    """Where the list of a section is."""
    return reverse(f"settings-{section}")
