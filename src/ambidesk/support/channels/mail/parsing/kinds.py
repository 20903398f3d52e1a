"""Kinds of mail: what a desk does with it depends on whether a person wrote it to us.

Source: RFC 3834 (automatic responses), RFC 5965 (abuse reports), RFC 8098 (receipts), RFC 2919
and 2369 (lists); the marks of Exchange and of older responders.
"""

import re
from typing import Final

from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.headers.fields import Fields, readable
from ambidesk.support.channels.mail.parsing.parsed import Bounce, Invitation, MailKind
from ambidesk.support.channels.mail.parsing.structure.tree import Part

_ABUSE: Final = "message/feedback-report"
_RECEIPTS: Final = frozenset(
    {"message/disposition-notification", "message/global-disposition-notification"}
)
_AUTOMATIC_SUBJECT: Final = re.compile(
    r"^\s*(?:\[[^\]]{1,40}\]\s*)?(?:auto(?:matic(?:ally)?|matische|mated)?[- ]?(?:reply|response"
    r"|antwort|responder|replied|answer)\b|auto ?: ?re\b"
    r"|automatische antwort|abwesenheits(?:notiz|nachricht|meldung|assistent|agent)"
    r"|out[ -]of[ -](?:the[ -])?office\b(?! hours)|ooo:"
    r"|vacation (?:reply|response|message)|away from (?:my|the) (?:mail|office|desk)"
    r"|i am (?:currently )?out of (?:the )?office|absence du bureau|réponse automatique"
    r"|message d'absence|respuesta automática|risposta automatica"
    r"|resposta automática|automatisch antwoord"
    r"|autom(?:atyczna|\.) odpowied[zź]|odpowiedź automatyczna"
    r"|automatiskt svar|autosvar|automatisk svar|automaattinen vastaus"
    r"|automatická odpověď|автоответ\b|автоматический ответ"
    r"|автоматична відповідь|otomatik yanıt|自動返信|自动回复"
    r"|自動回覆|자동 회신|부재 중|תשובה אוטומטית"
    r"|(?:absence|abwesenheit|fuera de (?:la )?oficina|fuori sede|fora do escritório|ausência"
    r"|ausencia|afwezig(?:heid)?|frånvaro|fravær|poissa|нет на месте|отсутствую|вне офиса)"
    r"\s*(?:[:：–-]|$))",
    re.IGNORECASE,
)
_COMPLAINT: Final = re.compile(r"^\s*complaint about message from [\d.:a-f]+\s*$", re.IGNORECASE)
_RECEIPT_SUBJECT: Final = re.compile(
    r"^(?:read|not read|gelesen|lu|leído|letto|прочитано|прочтено)\s?:", re.IGNORECASE
)
_BULK: Final = frozenset({"bulk", "list", "junk"})
_LIST_FIELDS: Final = ("list-id", "list-post", "list-unsubscribe", "x-mailman-version")
_OLDER_LIST_FIELDS: Final = ("mailing-list", "x-mailing-list", "x-beenthere", "x-loop-list")
_ANSWERING_FIELDS: Final = ("in-reply-to", "references", "thread-index", "x-ms-tnef-correlator")
_RESPONDER_FIELDS: Final = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply-from",
    "x-mail-autoreply",
    "x-autoreply-from",
    "x-amazon-auto-reply",
)


def kind_of(root: Part, bounce: Bounce | None, *, invitation: Invitation | None) -> MailKind:
    """Return the one kind a mail is of, the most consequential first."""
    types = {leaf.content_type for leaf in root.leaves()}
    fields = root.fields
    if _is_complaint(root, types):
        return MailKind.ABUSE_REPORT
    if bounce is not None:
        return MailKind.BOUNCE
    if types & _RECEIPTS or is_reply_of_machine(fields):
        return MailKind.AUTO_REPLY
    if invitation is not None:
        return MailKind.INVITATION
    return MailKind.LIST if is_list(fields) else MailKind.MAIL


def _is_complaint(root: Part, types: set[str]) -> bool:
    """Tell whether a mail system passes on that somebody called our mail spam."""
    if _ABUSE in types or root.type_parameters.get("report-type", "").lower() == "feedback-report":
        return True
    is_titled = _COMPLAINT.match(root.fields.raw("subject")) is not None
    return is_titled and "message/rfc822" in types


def is_reply_of_machine(fields: Fields) -> bool:
    """Tell whether a program answered: out of office, acknowledgement, receipt."""
    submitted = fields.raw("auto-submitted").strip().lower()
    if submitted.startswith("auto-replied"):
        return True
    if any(name in fields for name in _RESPONDER_FIELDS):
        return True
    precedence = fields.raw("precedence").strip().lower()
    if precedence in {"auto_reply", "auto-reply"}:
        return True
    subject = readable(fields.raw("subject"), Findings())
    if _AUTOMATIC_SUBJECT.search(subject):
        return True
    is_answer = any(name in fields for name in _ANSWERING_FIELDS)
    return is_answer and _RECEIPT_SUBJECT.match(subject) is not None


def is_automatic(fields: Fields, kind: MailKind) -> bool:
    """Tell whether no person wrote this, so that nothing may answer it by itself."""
    if kind not in {MailKind.MAIL, MailKind.INVITATION}:
        return True
    submitted = fields.raw("auto-submitted").strip().lower()
    suppressed = fields.raw("x-auto-response-suppress").strip().lower()
    return (
        submitted.startswith("auto")
        or fields.raw("precedence").strip().lower() in _BULK
        or (bool(suppressed) and "none" not in suppressed)
        or "feedback-id" in fields
    )


def is_list(fields: Fields) -> bool:
    """Tell whether a list or a sender of newsletters carried this."""
    if any(name in fields for name in (*_LIST_FIELDS, *_OLDER_LIST_FIELDS)):
        return True
    return fields.raw("precedence").strip().lower() in {"list", "bulk"}
