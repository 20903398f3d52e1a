"""Footers and banners: what lists, scanners and lawyers put around a text."""

import re
from typing import Final

from ambidesk.support.channels.mail.parsing.replies.lines import plain

_RULE: Final = re.compile(r"^\s*[-_=*~]{5,}\s*$")
_LIST: Final = re.compile(
    r"mailing list|mailinglist|to unsubscribe|unsubscribe|subscription|lists?\.|listinfo"
    r"|groups\.google"
    r"|you received this message because|reply to this email directly|view it on git(?:hub|lab)"
    r"|archives?:"
    r"|отписаться|рассылк"
)
_LEGAL: Final = re.compile(
    r"^(?:disclaimer|confidentiality(?: notice)?|confidential|legal (?:notice|disclaimer)"
    r"|notice of confidentiality|important notice|privileged)\s*[:.]?\s*$"
    r"|^(?:confidentiality notice|disclaimer|legal notice)\b.{0,4}[:-]"
    r"|^(?:this|the (?:information|contents?) (?:contained )?in this|the contents? of this"
    r"|this electronic) ?(?:e-?mail|message|communication|transmission)?\b.{0,120}"
    r"(?:confidential|privileged|intended (?:solely|only)|intended recipient|scanned for viruses"
    r"|virus)"
    r"|^diese (?:e-?mail|nachricht).{0,80}vertraulich|^der inhalt dieser e-?mail.{0,60}vertraulich"
    r"|^ce (?:message|courriel).{0,120}confidentiel|^este (?:mensaje|correo"
    r"|e-?mail).{0,160}confidencia"
    r"|^esta mensagem.{0,160}confidencia|^(?:questo messaggio"
    r"|le informazioni contenute).{0,160}(?:riservat|confidenzial)"
    r"|^(?:это сообщение|данное сообщение|настоящее сообщение|это (?:электронное )?письмо"
    r"|информация, содержащаяся).{0,160}конфиденциальн"
    r"|^dit bericht.{0,160}vertrouwelijk|^ta wiadomość.{0,160}poufn"
    r"|^detta (?:e-post)?meddelande.{0,160}konfidentiell"
    r"|^please consider the environment|^think before you print|^p(?:lease)? don't print this"
    r"|^virus[- ]?free\b|^без вирусов|^virenfrei|^libre de virus|^sans virus"
    r"|^this email has been (?:checked|scanned)|^это (?:сообщение|письмо) проверено"
    r"|^проверено .{2,40}антивирус"
    r"|^-- ?\d{0,3} ?this message was scanned"
)
_BANNER: Final = re.compile(
    r"^[^\w\n]{0,30}(?:caution|warning|external(?: e-?mail| sender)?|achtung|vorsicht|attention"
    r"|внимание)\b.{0,10}[:!-]?.{0,80}"
    r"(?:originated|came|comes|sent|from outside|external|outside|extern|externe|внешн|außerhalb"
    r"|l'extérieur)"
    r"|^[^\w\n]{0,30}\[?external(?: e-?mail| sender)?\]?\W*$"
    r"|^(?:you don't often get email from"
    r"|some people who received this message don't often get email)"
    r"|^[^\w\n]{0,30}this (?:e-?mail|message) (?:originated|was sent|came) from outside"
)


def is_footer_start(lines: list[str], at: int) -> bool:
    """Tell whether a footer begins on this line and goes to the end."""
    line = plain(lines[at])
    if _LEGAL.search(line):
        return at > 0
    if not _RULE.match(lines[at]):
        return False
    rest = [plain(other) for other in lines[at + 1 : at + 9] if other.strip()]
    return any(map(_LIST.search, rest[:4])) or any(map(_LEGAL.search, rest[:2]))


def is_banner(line: str) -> bool:
    """Tell whether a line warns of what comes from outside."""
    return _BANNER.search(plain(line)) is not None
