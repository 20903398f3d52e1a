"""Reading: bytes in, a ParsedMail out, and nothing that can be in them makes it raise."""

import struct
from dataclasses import dataclass

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.bounces.recognising import read_bounce
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.headers.addresses import read_addresses
from ambidesk.support.channels.mail.parsing.headers.dates import read_date
from ambidesk.support.channels.mail.parsing.headers.fields import Fields, charset_in_words
from ambidesk.support.channels.mail.parsing.headers.identifiers import (
    read_identifier,
    read_identifiers,
)
from ambidesk.support.channels.mail.parsing.headers.senders import read_senders
from ambidesk.support.channels.mail.parsing.html.cleaning import clean
from ambidesk.support.channels.mail.parsing.html.rendering import is_safe_to_read, visible_text
from ambidesk.support.channels.mail.parsing.invitations import read_invitation
from ambidesk.support.channels.mail.parsing.kinds import is_automatic, kind_of
from ambidesk.support.channels.mail.parsing.originals import read_originals
from ambidesk.support.channels.mail.parsing.outlook.message_file import (
    as_internet_mail,
    is_message_file,
)
from ambidesk.support.channels.mail.parsing.parsed import (
    Address,
    Attachment,
    MailKind,
    Original,
    ParsedMail,
)
from ambidesk.support.channels.mail.parsing.replies.choosing import reply_of
from ambidesk.support.channels.mail.parsing.structure.bodies import read_bodies, shown_in_place
from ambidesk.support.channels.mail.parsing.structure.files import read_files
from ambidesk.support.channels.mail.parsing.structure.tree import Part, read_tree


def parse(raw: bytes) -> ParsedMail:
    """Read a mail; what was wrong with it stands in its `defects`."""
    findings = Findings()
    if len(raw) > limits.MAIL_BYTES:
        findings.note(Defect.MAIL_TOO_LARGE)
        raw = raw[: limits.MAIL_BYTES]
    try:
        return _read(raw, findings)
    except Exception:  # noqa: BLE001 - the promise of this function; the raw mail is kept
        findings.note(Defect.PARSER_FAULT)
        return ParsedMail(defects=findings.all())


def _read(raw: bytes, findings: Findings) -> ParsedMail:
    root = read_tree(_as_lines(raw, findings), findings)
    fields = root.fields
    if not fields.values:
        findings.note(Defect.HEADERS_MISSING)
    findings.charset_hint = charset_in_words(fields)
    senders = read_senders(fields, findings)
    words = _read_words(root, findings)
    bounce = read_bounce(root, senders.addresses, text=words.text)
    invitation = read_invitation(root)
    kind = kind_of(root, bounce, invitation=invitation)
    return ParsedMail(
        message_id=read_identifier(fields.raw("message-id")),
        in_reply_to=next(iter(read_identifiers(fields.raw("in-reply-to"))), ""),
        references=read_identifiers(" ".join(fields.raw_all("references"))),
        senders=senders.addresses,
        sender_verified=senders.is_verified,
        to=_addresses(fields, "to", findings=findings),
        cc=_addresses(fields, "cc", findings=findings),
        reply_to=_addresses(fields, "reply-to", findings=findings),
        subject=fields.text("subject", findings),
        date=read_date(fields.raw("date"), findings),
        text=words.text,
        html=words.html,
        reply=words.reply,
        attachments=words.attachments,
        kind=kind,
        bounce=bounce if kind is MailKind.BOUNCE else None,
        invitation=invitation,
        originals=words.originals,
        delivered_to=_addresses(fields, "delivered-to", findings=findings),
        authentication_results=tuple(fields.raw_all("authentication-results")),
        is_automatic=is_automatic(fields, kind),
        list_id=fields.raw("list-id").rpartition("<")[2].strip(" >"),
        return_path=_return_path(fields),
        defects=findings.all(),
    )


def _as_lines(raw: bytes, findings: Findings) -> bytes:
    """Return a mail in its usual form: Outlook's files rewritten, lone CRs as line ends."""
    if is_message_file(raw):
        try:
            return as_internet_mail(raw)
        except (ValueError, struct.error):
            findings.note(Defect.OUTLOOK_BROKEN)
            return raw
    return raw.replace(b"\r", b"\n") if b"\n" not in raw else raw


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What is said in a mail, and what came with it."""

    text: str
    html: str
    reply: str
    attachments: tuple[Attachment, ...]
    originals: tuple[Original, ...]


def _read_words(root: Part, findings: Findings) -> _Words:
    """Read the texts; a mail that says nothing itself says what the enclosed one says."""
    body = read_bodies(root, findings)
    files = read_files(body, findings)
    text, html = body.text, body.html
    if not text.strip() and not html.strip():
        text, html = files.text.replace("\x00", ""), files.html.replace("\x00", "")
        text = text if text.strip() or html.strip() else shown_in_place(body, findings)
    is_safe = is_safe_to_read(html, findings)
    originals = read_originals(root)
    visible = text if text.strip() else visible_text(html)
    if not visible.strip() and originals:
        visible = originals[0].text
    return _Words(
        text=visible,
        html=clean(html) if is_safe else "",
        reply=_reply(text, html if is_safe else "", visible=visible),
        attachments=tuple(files.attachments),
        originals=originals,
    )


def _reply(text: str, html: str, *, visible: str) -> str:
    return reply_of(text, html) if text.strip() or html.strip() else reply_of(visible, "")


def _return_path(fields: Fields) -> str | None:
    """Return the envelope sender that the receiving system wrote down, "" for the null one."""
    written = fields.raw_all("return-path")
    return written[0].strip().strip("<>").strip() if written else None


def _addresses(fields: Fields, name: str, *, findings: Findings) -> tuple[Address, ...]:
    found = [read_addresses(line, findings) for line in fields.raw_all(name)]
    return tuple(dict.fromkeys(address for line in found for address in line))
