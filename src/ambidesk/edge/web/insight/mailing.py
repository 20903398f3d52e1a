"""The mails of a saved report: who gets it, setting it up, ending it; the way out of a mail."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ambidesk.across.insight.mailing import end_mailing, mail_report, mailing_of
from ambidesk.across.insight.models import ReportMailing, SavedReport
from ambidesk.across.insight.rules.rhythm import Every
from ambidesk.edge.web.insight.mailing_form import MailingForm
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import actor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedTo:
    """
    One reader: when they get it, when the next comes, with what, until when.

    `silent` says since when nothing is sent, and why.
    """

    id: int
    name: str
    when: str
    next_at: datetime
    facts: tuple[str, ...]
    silent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingPage:
    """The mails of one report."""

    report: SavedReport
    url: str
    readers: tuple[MailedTo, ...]
    form: MailingForm


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPage:
    """The way out: of which report, as long as mails of it come."""

    name: str
    url: str


def show(request: Request, report: int) -> HttpResponse:
    """Show who gets it, and the form to set it up."""
    row = _report(request, report)
    return _page(request, row, MailingForm(request.actor, row))


def mail(request: Request, report: int) -> HttpResponse:
    """Set it up."""
    row = _report(request, report)
    form = MailingForm(request.actor, row, request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    readers = form.chosen or [request.user]
    try:
        mail_report(row, readers, terms=form.terms, by=request.actor, at=request.at)
    except InvalidInput as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _page(request, row, form, status=422)
    messages.success(request, _("The report goes by mail from now on"))
    return back_to("report-mails", row.pk)


def end(request: Request, report: int, mailing: int) -> HttpResponse:
    """End the mails to one reader."""
    row = _report(request, report).mailings.filter(pk=mailing).first()
    if row is None or not _shown(row, request.actor):
        raise Http404
    end_mailing(row, by=request.actor, at=request.at)
    messages.success(request, _("No more mails of this report"))
    return back_to("report-mails", report)


def ask_to_end(request: Request, token: str) -> HttpResponse:
    """Show the one button there is: mail scanners follow links, so opening it changes nothing."""
    return _ending(request, _found(token))


def unsubscribe(request: Request, token: str) -> HttpResponse:
    """
    End the mails, whether a button is pressed or a mail program asks by itself.

    Source: RFC 8058 3.2.
    """
    row = _found(token)
    if row is not None:
        end_mailing(row, by=actor_of(row.user), at=request.at)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse(status=204)
    return _ending(request, None)


def in_words(row: ReportMailing) -> str:
    """Say when somebody gets it."""
    clock = time_format(row.clock, "H:i")
    match Every(row.every):
        case Every.DAY:
            return _("every day at %(time)s") % {"time": clock}
        case Every.WEEK:
            facts = {"day": WEEKDAYS[row.day - 1], "time": clock}
            return _("%(day)s, %(time)s, every week") % facts
        case Every.MONTH:
            return _("every month on day %(day)s at %(time)s") % {"day": row.day, "time": clock}


def _ending(request: Request, row: ReportMailing | None) -> HttpResponse:
    page = EndPage(name=row.report.name if row else "", url=reverse("report"))
    return render(request, "mailing_end.html", {"page": page})


def _found(token: str) -> ReportMailing | None:
    try:
        return mailing_of(token)
    except BadSignature:
        raise Http404 from None


def _report(request: Request, report: int) -> SavedReport:
    row = SavedReport.objects.visible_to(request.actor).filter(pk=report).first()
    if row is None:
        raise Http404
    return row


def _shown(row: ReportMailing, actor: Actor) -> bool:
    """Whether the actor is told of it: their own, what they set up, or whose report it is."""
    return actor.user_id in {row.user_id, row.made_by_id, row.report.owner_id}


def _page(
    request: Request, report: SavedReport, form: MailingForm, *, status: int = 200
) -> HttpResponse:
    rows = report.mailings.select_related("user", "report").order_by("user__name", "pk")
    page = MailingPage(
        report=report,
        url=f"{reverse('report')}?{report.asked}",
        readers=tuple(_reader(row) for row in rows if _shown(row, request.actor)),
        form=form,
    )
    return render(request, "mailing.html", {"page": page}, status=status)


def _reader(row: ReportMailing) -> MailedTo:
    facts = [row.zone.replace("_", " ")]
    if row.attached:
        facts.append(row.get_attached_display())
    if row.ends_on:
        facts.append(
            pgettext("last day", "until %(day)s") % {"day": date_format(row.ends_on, "j E Y")}
        )
    return MailedTo(
        id=row.pk,
        name=row.user.name or row.user.email,
        when=in_words(row),
        next_at=row.next_at,
        facts=tuple(facts),
        silent=_silent(row),
    )


def _silent(row: ReportMailing) -> str:
    if row.silent_since is None:
        return ""
    return _(
        "Nothing is sent since %(day)s: the report is about what %(name)s cannot see now. It goes"
        " on by itself once that can be seen again."
    ) % {
        "day": date_format(localtime(row.silent_since), "SHORT_DATE_FORMAT"),
        "name": row.user.name or row.user.email,
    }
