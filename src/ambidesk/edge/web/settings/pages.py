"""The two pages that settings are made of: a list of things, and the form of one thing."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.routes import all_routes
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.brands.rights import BrandRight
from ambidesk.parties.staff.rights import StaffRight
from ambidesk.relation.feedback.rights import FeedbackRight
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.service.sla.rights import SlaRight
from ambidesk.support.conversations.rights import ChannelRight
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.scripts.rights import ScriptRight

Words = str | Promise
Act = Callable[[forms.Form], HttpResponse | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One entry of the settings' table of contents, under the heading of its group."""

    group: Words
    key: str
    title: Words
    icon: str
    right: str


CONTACT, PEOPLE, QUEUE = _("Contact"), _("People"), _("Queue")
TICKETS, ANSWERS, WATCH = _("Tickets"), _("Answers"), _("Watch")
SECTIONS = (
    Section(group=CONTACT, key="brands", title=_("Brands"), icon="store", right=BrandRight.MANAGE),
    Section(
        group=CONTACT, key="channels", title=_("Channels"), icon="inbox", right=ChannelRight.MANAGE
    ),
    Section(
        group=CONTACT,
        key="widgets",
        title=_("Chat widgets"),
        icon="message-circle",
        right=ChannelRight.MANAGE,
    ),
    Section(
        group=CONTACT,
        key="messengers",
        title=_("Messengers"),
        icon="message-circle-more",
        right=ChannelRight.MANAGE,
    ),
    Section(
        group=PEOPLE, key="teams", title=_("Teams"), icon="users", right=StaffRight.MANAGE_TEAMS
    ),
    Section(group=PEOPLE, key="staff", title=_("Staff"), icon="contact", right=ReachRight.MANAGE),
    Section(group=PEOPLE, key="roles", title=_("Roles"), icon="shield", right=ReachRight.MANAGE),
    Section(
        group=QUEUE, key="queues", title=_("Queues"), icon="list-ordered", right=RoutingRight.MANAGE
    ),
    Section(
        group=QUEUE,
        key="skills",
        title=_("Skills"),
        icon="graduation-cap",
        right=RoutingRight.MANAGE,
    ),
    Section(
        group=QUEUE,
        key="calendars",
        title=_("Calendars"),
        icon="calendar-days",
        right=SlaRight.MANAGE,
    ),
    Section(
        group=QUEUE, key="policies", title=_("Promises"), icon="alarm-clock", right=SlaRight.MANAGE
    ),
    Section(
        group=QUEUE, key="weights", title=_("Weights"), icon="scale", right=RoutingRight.MANAGE
    ),
    Section(
        group=TICKETS,
        key="types",
        title=_("Request types"),
        icon="shapes",
        right=CatalogueRight.MANAGE,
    ),
    Section(
        group=TICKETS,
        key="categories",
        title=_("Categories"),
        icon="folder-tree",
        right=CatalogueRight.MANAGE,
    ),
    Section(group=TICKETS, key="tags", title=_("Tags"), icon="tag", right=CatalogueRight.MANAGE),
    Section(
        group=ANSWERS,
        key="templates",
        title=_("Templates"),
        icon="text-quote",
        right=CatalogueRight.MANAGE,
    ),
    Section(
        group=ANSWERS, key="macros", title=_("Macros"), icon="zap", right=CatalogueRight.MANAGE
    ),
    Section(
        group=ANSWERS, key="scripts", title=_("Scripts"), icon="route", right=ScriptRight.WRITE
    ),
    Section(
        group=WATCH, key="surveys", title=_("Surveys"), icon="smile", right=FeedbackRight.MANAGE
    ),
    Section(
        group=WATCH,
        key="problems",
        title=_("Problems"),
        icon="triangle-alert",
        right=ChannelRight.SEE_PROBLEMS,
    ),
)


def sections(actor: Actor) -> tuple[Section, ...]:
    """The sections that the actor may open."""
    built = {route.name for route in all_routes()}
    return tuple(
        section
        for section in SECTIONS
        if f"settings-{section.key}" in built and actor.may(section.right)
    )


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
