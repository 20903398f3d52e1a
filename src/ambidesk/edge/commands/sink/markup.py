"""What the sink shows: the list of mails, and one mail; all of a mail stands in it as text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from ambidesk.edge.commands.sink.box import Mail
from ambidesk.edge.commands.sink.words import Say, moment
from ambidesk.support.channels.mail.parsing.parsed import Address, Attachment, ParsedMail

HEAD = (
    '<!doctype html><html lang="{tongue}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/sink.css">'
    "<title>{title}</title></head><body>{body}</body></html>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One mail, read."""

    id: str
    mail: ParsedMail
    headers: str
    talk: Sequence[Mail]


def listed(mails: Sequence[Mail], *, tongue: str, gettext: Say) -> str:
    """Write the list of mails."""
    title = gettext("Mail that the desk has sent")
    rows = "".join(_row(mail, tongue=tongue) for mail in mails)
    words = escape(gettext("Nothing of it was delivered: this is where a demo's mail ends."))
    empty = escape(gettext("Nothing yet. Answer a ticket and look again."))
    body = f'<ol class="mails">{rows}</ol>' if mails else f'<p class="empty">{empty}</p>'
    head = f'<header><h1>{escape(title)}</h1><p class="quiet">{words}</p></header>'
    return _page(title, f"<main>{head}{body}</main>", tongue)


def shown(found: Shown, *, tongue: str, gettext: Say) -> str:
    """Write one mail."""
    mail = found.mail
    title = mail.subject or gettext("(no subject)")
    all_mails, said = escape(gettext("All mails")), escape(gettext("Text"))
    heading, as_it_came = escape(gettext("Headers")), escape(gettext("The mail as it came"))
    text = f'<h2>{said}</h2><pre class="text">{escape(mail.text)}</pre>'
    headers = (
        f"<details><summary>{heading}</summary>"
        f'<pre class="raw">{escape(found.headers)}</pre></details>'
    )
    parts = [
        f'<a class="back" href="/">← {all_mails}</a>',
        f"<h1>{escape(title)}</h1>",
        _facts(mail, tongue=tongue, gettext=gettext),
        _files(found.id, mail.attachments, gettext),
        f"<section>{text}</section>",
        _html(found, gettext),
        _talk(found, tongue=tongue, gettext=gettext),
        headers,
        f'<p><a href="/{found.id}.eml">{as_it_came}</a></p>',
    ]
    return _page(title, f"<main>{''.join(parts)}</main>", tongue)


def _page(title: str, body: str, tongue: str) -> str:
    return HEAD.format(tongue=tongue, title=escape(title), body=body)


def _row(mail: Mail, *, tongue: str) -> str:
    when = moment(datetime.fromisoformat(mail.received_at), tongue)
    to = mail.to or ", ".join(mail.rcpt_to)
    files = f' <span class="files">+ {mail.files}</span>' if mail.files else ""
    return (
        f'<li><a href="/{mail.id}"><span class="people">{escape(mail.sender or mail.mail_from)} → '
        f"{escape(to)}</span><time>{escape(when)}</time><strong>{escape(mail.subject or '—')}"
        f'{files}</strong><span class="preview">{escape(mail.preview)}</span></a></li>'
    )


def _facts(mail: ParsedMail, *, tongue: str, gettext: Say) -> str:
    facts = {
        gettext("From"): _people(mail.senders),
        gettext("To"): _people(mail.to),
        gettext("Copy"): _people(mail.cc),
        gettext("Reply to"): _people(mail.reply_to),
        gettext("Date"): moment(mail.date, tongue),
        "Message-ID": mail.message_id,
        "In-Reply-To": mail.in_reply_to,
        "References": "\n".join(mail.references),
    }
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items() if value
    )
    return f"<dl>{rows}</dl>"


def _people(addresses: Iterable[Address]) -> str:
    return ", ".join(
        f"{one.name} <{one.address}>" if one.name else one.address for one in addresses
    )


def _files(mail: str, files: Sequence[Attachment], gettext: Say) -> str:
    if not files:
        return ""
    rows = "".join(
        f'<li><a href="/{mail}/{number}" download>{escape(file.name or "—")}</a> '
        f'<span class="quiet">{escape(file.content_type)}, {file.size_bytes:,} B</span></li>'
        for number, file in enumerate(files, 1)
    )
    title = escape(gettext("Files"))
    return f'<section><h2>{title}</h2><ul class="files">{rows}</ul></section>'


def _html(found: Shown, gettext: Say) -> str:
    if not found.mail.html:
        return ""
    title = escape(gettext("As a mail program shows it"))
    # A document of its own, which may neither run nor fetch anything.
    frame = f'<iframe sandbox title="{title}" src="/{found.id}.html"></iframe>'
    return f"<section><h2>{title}</h2>{frame}</section>"


def _talk(found: Shown, *, tongue: str, gettext: Say) -> str:
    others = [mail for mail in found.talk if mail.id != found.id]
    if not others:
        return ""
    rows = "".join(_row(mail, tongue=tongue) for mail in others)
    title = escape(gettext("In the same talk"))
    return f'<section><h2>{title}</h2><ol class="mails">{rows}</ol></section>'
