"""Newcomers: who goes along with them until when, what they are to read, and how far they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.pages import FormPage, Step
from ambidesk.edge.web.settings.sections import sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.mentoring import end_mentoring, give_mentor
from ambidesk.parties.staff.models import Member, Mentoring
from ambidesk.support.knowledge.models import Article, Lesson
from ambidesk.support.knowledge.teaching import set_lessons
from ambidesk.support.tickets.models import Ticket

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody on their way, with how far they are."""

    id: int
    name: str
    beneath: str
    read: int
    lessons: int
    tickets: int


class NewcomerForm(forms.Form):
    """Who is new, who goes along until when, and what is to be read."""

    member = forms.ModelChoiceField(Member.objects.none(), label=gettext_lazy("Newcomer"))
    mentor = forms.ModelChoiceField(
        Member.objects.none(),
        label=gettext_lazy("Mentor"),
        help_text=gettext_lazy("Hears what happens on their tickets, as a follower."),
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    articles: Any = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("To read"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, request: Request, known: Mentoring | None, given: QueryDict | None = None
    ) -> None:
        super().__init__(given, initial=_known(known))
        people = Member.objects.filter(user__is_active=True).select_related("user")
        people = people.order_by("user__name", "pk")
        seen = Article.objects.visible_to(request.actor).filter(archived_at=None)
        seen = seen.prefetch_related("translations").order_by("pk")
        choices: Mapping[str, QuerySet[Any]] = {
            "member": people,
            "mentor": people,
            "articles": seen,
        }
        if known:
            del self.fields["member"]
        for name, rows in choices.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows
        self.fields["articles"].label_from_instance = _title  # type: ignore[attr-defined]  # Django's own way to name choices


def newcomers(actor: Actor, *, on: date) -> tuple[Newcomer, ...]:
    """Read who is on their way, by name; as many questions for one as for all."""
    lasting = Mentoring.objects.on(on).select_related("member__user", "mentor__user")
    rows = list(lasting.order_by("member__user__name", "pk"))
    members = [row.member_id for row in rows]
    lessons = Lesson.objects.filter(member__in=members).values("member")
    counted = lessons.annotate(every=Count("pk"), read=Count("read_at")).order_by("member")
    known = {row["member"]: (row["read"], row["every"]) for row in counted}
    held = Ticket.objects.visible_to(actor).filter(assignee__in=members).values("assignee")
    tickets = dict(held.annotate(n=Count("pk")).values_list("assignee", "n"))
    return tuple(
        Newcomer(
            id=row.member_id,
            name=row.member.name,
            beneath=_("with %(name)s until %(day)s")
            % {
                "name": row.mentor.name,
                "day": date_format(row.until_on - DAY, "SHORT_DATE_FORMAT"),
            },
            read=known.get(row.member_id, (0, 0))[0],
            lessons=known.get(row.member_id, (0, 0))[1],
            tickets=tickets.get(row.member_id, 0),
        )
        for row in rows
    )


def ask(request: Request, pk: int = 0) -> HttpResponse:
    """Show the form of a new one, or of one that is on their way."""
    row = _row(request, pk)
    return pages.show_form(request, _page(request, row, NewcomerForm(request, row)))


def enter(request: Request, pk: int = 0) -> HttpResponse:
    """Give a newcomer a mentor and what to read, or change that."""
    row = _row(request, pk)

    @transaction.atomic
    def act(form: forms.Form) -> None:
        said = form.cleaned_data
        member = row.member if row else said["member"]
        until = said["until"] + DAY
        give_mentor(member, said["mentor"], until=until, by=request.actor, at=request.at)
        set_lessons(member, list(said["articles"]), by=request.actor, at=request.at)
        messages.success(request, _("Saved"))

    return pages.save(request, _page(request, row, NewcomerForm(request, row, request.POST)), act)


def end(request: Request, pk: int) -> HttpResponse:
    """Let nobody go along any more; what was read stays ticked."""
    row = _row(request, pk)
    if row is None:
        raise Http404
    end_mentoring(row.member, by=request.actor, at=request.at)
    return pages.done(request, _("The newcomer goes on alone"), section="mastery")


def _row(request: Request, pk: int) -> Mentoring | None:
    if not pk:
        return None
    rows = Mentoring.objects.on(day_of(request.at)).select_related("member__user", "mentor__user")
    found = rows.filter(member=pk).first()
    if found is None:
        raise Http404
    return found


def _known(row: Mentoring | None) -> dict[str, object]:
    if row is None:
        return {}
    read = Lesson.objects.filter(member=row.member_id).values_list("article", flat=True)
    return {"mentor": row.mentor_id, "until": row.until_on - DAY, "articles": list(read)}


def _title(article: Article) -> str:
    return " / ".join(str(each) for each in article.translations.all()) or f"#{article.pk}"


def _page(request: Request, row: Mentoring | None, form: NewcomerForm) -> FormPage:
    steps: tuple[Step, ...] = ()
    if row:
        url = reverse("settings-newcomers-end", args=[row.member_id])
        steps = (Step(url=url, words=_("Goes on alone from today")),)
    return FormPage(
        section="mastery",
        sections=sections(request.actor),
        title=row.member.name if row else _("Go along with a newcomer"),
        form=form,
        back=reverse("settings-mastery"),
        steps=steps,
    )
