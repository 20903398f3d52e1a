"""Output: a parsed mail as JSON, one object, or as lines for a reader at a console.

Content of attachments is not in it, only their size and sha256.
"""

from ambidesk.support.channels.mail.parsing.parsed import Address, Attachment, Bounce, ParsedMail


def as_json(mail: ParsedMail, *, file: str) -> dict[str, object]:
    """Return what `ambidesk mail parse --json` prints of a mail."""
    return {
        "file": file,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "from": _addresses(mail.senders),
        "sender_verified": mail.sender_verified,
        "to": _addresses(mail.to),
        "cc": _addresses(mail.cc),
        "reply_to": _addresses(mail.reply_to),
        "subject": mail.subject,
        "date": mail.date.isoformat() if mail.date else None,
        "text": mail.text,
        "html": mail.html,
        "reply": mail.reply,
        "attachments": [_attachment(attachment) for attachment in mail.attachments],
        "kind": mail.kind.value,
        "bounce": _bounce(mail.bounce) if mail.bounce else None,
        "defects": [defect.value for defect in mail.defects],
    }


def as_lines(mail: ParsedMail, *, file: str) -> list[str]:
    """Return what `ambidesk mail parse` prints of a mail, what is empty left out."""
    verified = "" if mail.sender_verified else "  (unverified)"
    bounce = mail.bounce.first if mail.bounce else None
    head = {
        "From": _spoken(mail.senders) + verified,
        "To": _spoken(mail.to),
        "Cc": _spoken(mail.cc),
        "Subject": mail.subject,
        "Date": mail.date.isoformat() if mail.date else "",
        "Kind": mail.kind.value,
        "Bounced": f"{bounce.address} {bounce.action.value} {bounce.status}" if bounce else "",
        "Files": ", ".join(f"{one.name} ({one.size_bytes})" for one in mail.attachments),
        "Defects": ", ".join(mail.defects),
    }
    told = [f"{name}: {_on_a_line(value)}" for name, value in head.items() if value]
    said = map(_on_a_line, mail.reply.split("\n"))
    return [f"File: {_on_a_line(file)}", *told, "", *said]


def _spoken(addresses: tuple[Address, ...]) -> str:
    return ", ".join(f"{one.name} <{one.address}>".strip() for one in addresses)


def _on_a_line(value: str) -> str:
    """Return a value without what could move the cursor of a console."""
    return "".join(sign if sign.isprintable() else " " for sign in value)


def _addresses(addresses: tuple[Address, ...]) -> list[dict[str, str]]:
    return [{"name": one.name, "address": one.address} for one in addresses]


def _attachment(attachment: Attachment) -> dict[str, object]:
    return {
        "name": attachment.name,
        "content_type": attachment.content_type,
        "size": attachment.size_bytes,
        "inline": attachment.is_inline,
        "content_id": attachment.content_id,
        "sha256": attachment.sha256,
    }


def _bounce(bounce: Bounce) -> dict[str, str]:
    first = bounce.first
    return {
        "recipient": first.address,
        "action": first.action.value,
        "status": first.status,
        "diagnostic": first.diagnostic,
    }
