"""What is said about a desk once it is open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.progress import Progress


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """An open desk: where it is, and who may come in."""

    url: str
    smtp: str
    sink: str | None
    site: str | None
    messengers: str | None
    logins: Sequence[Mapping[str, str]]
    first_link: str | None


def report(opened: Opened, progress: Progress) -> None:
    """Tell people, or programs in one line of JSON."""
    say = progress.say
    say("")
    say(_("Open %(url)s") % {"url": opened.url})
    say(_("Mail is taken at %(smtp)s (SMTP).") % {"smtp": opened.smtp})
    for line in _of_demo(opened):
        say(line)
    if opened.logins:
        say(_("Sign in as:"))
    for login in opened.logins:
        say(f"  {login['login']}   {login['password']}   {login['role']}")
    if opened.first_link:
        say(_("Nobody manages this desk yet. This link, valid once, makes you the first one:"))
        say(f"  {opened.first_link}")
    say(_("Ctrl+C stops the desk."))
    found = {
        "url": opened.url,
        "smtp": opened.smtp,
        "sink": opened.sink,
        "site": opened.site,
        "messengers": opened.messengers,
    }
    progress.report(
        {**found, "logins": list(opened.logins), "first_administrator": opened.first_link}
    )


def _of_demo(opened: Opened) -> Iterator[str]:
    if opened.sink:
        yield _("Mail that the demo sends can be read at %(sink)s") % {"sink": opened.sink}
    if opened.site:
        yield _("A site with a chat on it stands at %(site)s") % {"site": opened.site}
    if opened.messengers:
        place = {"messengers": opened.messengers}
        yield _("Its people write from Telegram and MAX at %(messengers)s") % place
