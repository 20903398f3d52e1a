"""One messenger's channel: set up by its token, changed, tested, taken out of use."""

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.channels import Report, finding_of
from ambidesk.edge.web.settings.messengers.form import MessengerForm, known, wanted_in
from ambidesk.edge.web.settings.messengers.lists import SECTION
from ambidesk.edge.web.settings.pages import FormPage, Step
from ambidesk.edge.web.settings.sections import sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.channels.connecting import connect_messenger, probe
from ambidesk.support.channels.contract.manifest import Manifest
from ambidesk.support.channels.contract.registry import connector_of, kinds
from ambidesk.support.conversations import connecting
from ambidesk.support.conversations.models import Channel


def ask(request: Request, kind: str) -> HttpResponse:
    """Show the empty form of a kind."""
    form = MessengerForm(_manifest(kind))
    return pages.show_form(request, _page(request, None, form))


def make(request: Request, kind: str) -> HttpResponse:
    """Set a channel up."""
    return _save(request, None, MessengerForm(_manifest(kind), request.POST))


def show(request: Request, pk: int) -> HttpResponse:
    """Show a channel, and whether it works."""
    channel = _channel(pk)
    form = MessengerForm(_manifest(channel.kind), initial=known(channel))
    return pages.show_form(request, _page(request, channel, form))


def change(request: Request, pk: int) -> HttpResponse:
    """Change a channel."""
    channel = _channel(pk)
    form = MessengerForm(_manifest(channel.kind), request.POST, initial=known(channel))
    return _save(request, channel, form)


def archive(request: Request, pk: int) -> HttpResponse:
    """Take a channel out of use, or into use again."""
    channel = _channel(pk)
    connecting.switch(channel, on=not channel.enabled, by=request.actor, at=request.at)
    words = _("“%(name)s” is archived.") if channel.enabled else _("“%(name)s” is used again.")
    return pages.done(request, words % {"name": channel.name}, section=SECTION, undo=request.path)


def test(request: Request, pk: int) -> HttpResponse:
    """Ask the messenger for real, and show what came of it."""
    channel = _channel(pk)
    probe(channel, by=request.actor, at=request.at)
    return pages.to(_url(channel) + "#health")


def _save(request: Request, channel: Channel | None, form: MessengerForm) -> HttpResponse:
    def act(valid: forms.Form) -> HttpResponse:
        wanted = wanted_in(form.manifest, valid.cleaned_data)
        saved = connect_messenger(channel, wanted, by=request.actor, at=request.at)
        return pages.to(_url(saved) + "#health")

    return pages.save(request, _page(request, channel, form), act)


def _page(request: Request, channel: Channel | None, form: MessengerForm) -> FormPage:
    steps: tuple[Step, ...] = ()
    if channel:
        words = _("Archive") if channel.enabled else _("Use again")
        url = reverse("settings-messengers-archive", args=[channel.pk])
        steps = (Step(url=url, words=words),)
    return FormPage(
        section=SECTION,
        sections=sections(request.actor),
        title=channel.name if channel else form.manifest.title,
        form=form,
        back=pages.list_url(SECTION),
        steps=steps,
        report=_report(channel) if channel else None,
    )


def _report(channel: Channel) -> Report:
    rows = channel.reports.order_by("way")
    url = reverse("settings-messengers-test", args=[channel.pk])
    return Report(findings=tuple(map(finding_of, rows)), test=url)


def _channel(pk: int) -> Channel:
    found = Channel.objects.filter(pk=pk, kind__in=kinds()).first()
    if found is None:
        raise Http404
    return found


def _manifest(kind: str) -> Manifest:
    connector = connector_of(kind)
    if connector is None:
        raise Http404
    return connector.manifest


def _url(channel: Channel) -> str:
    return reverse("settings-messengers-one", args=[channel.pk])
