"""Signatures: what stands below a text without being said: delimiters, devices, contact data.

A closing with its name (`Best regards, Anna`) is part of what is said; who needs to reach Anna,
and what her company wants everybody to know, is not.
"""

import itertools
import re
from typing import Final

from ambidesk.support.channels.mail.parsing.replies.devices import is_device_line
from ambidesk.support.channels.mail.parsing.replies.footers import is_banner, is_footer_start
from ambidesk.support.channels.mail.parsing.replies.lines import plain

_DELIMITER: Final = re.compile(r"^\s{0,3}(?:--|—|––|-- -|__)\s*$")
_RULE: Final = re.compile(r"^\s*([-_=*~#+•·])(?:\s?\1){2,}\s*$|^\s*ᐧ\s*$")
_PHONE: Final = re.compile(r"\+?\(?\d[\d\s().\-/]{6,}\d")
_ADDRESS: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")
_LINK: Final = re.compile(
    r"\bwww\.\S+|https?://\S+|\b[\w-]+\.(?:com|org|net|de|ru|fr|io|eu|co\.uk)\b"
)
_LABELLED: Final = re.compile(
    r"^\s*(?:t|m|f|e|w|p|tel|phone|mob|mobile|cell|fax|email|e-mail|mail|web|skype|direct|office"
    r"|telefon|handy|mobil|téléphone|телефон|тел|моб|факс|почта|сайт|direct)\s*[.:]",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"^(?:(?:with )?(?:best|kind|warm|many|warmest|kindest|my best)?\s?(?:regards|wishes|thanks)"
    r"|thanks?(?: you)?"
    r"(?: again| so much| very much| and regards)?|thanks (?:&|and) regards|cheers"
    r"|sincerely(?: yours)?|best"
    r"|yours(?: (?:sincerely|truly|faithfully))?|mit (?:freundlichen|freundlichem|besten|lieben"
    r"|herzlichen) gr(?:ü|ue)(?:ß|ss)e?n?"
    r"|(?:viele|beste|liebe|freundliche|herzliche|schöne) gr(?:ü|ue)(?:ß|ss)e.*|mfg|lg|vg|gr(?:ü"
    r"|ue)(?:ß|ss)e"
    r"|cordialement|bien cordialement|bien à vous|salutations|merci|amicalement"
    r"|saludos(?: cordiales)?|un saludo"
    r"|atentamente|gracias|cordiali saluti|distinti saluti|saluti|grazie|cordialmente"
    r"|atenciosamente|obrigado|obrigada"
    r"|abraços?|met vriendelijke groete?n?|groet(?:en|jes)?|mvg|pozdrawiam|z poważaniem"
    r"|z powazaniem|pozdrowienia"
    r"|med vänliga? hälsning(?:ar)?|vänliga hälsningar|vänligen|hälsningar|mvh|med venlig hilsen"
    r"|venlig hilsen|hilsen"
    r"|kh|vh|de bedste hilsner|med vennlig hilsen|vennlig hilsen|ystävällisin terveisin|terveisin"
    r"|terv\.?|s pozdravem"
    r"|с уважением|с наилучшими пожеланиями|с пожеланиями.*|спасибо|всего доброго|з повагою|дякую"
    r"|saygılarımla"
    r"|iyi çalışmalar|teşekkürler|よろしくお願い.*|以上|此致|祝好|谢谢|감사합니다|בברכה"
    r"|תודה)[\s,.!;:]*$"
)
_LONGEST_LINE: Final = 90
_LONGEST_CONTACT: Final = 300
_MOST_LINES: Final = 14


def without_signature(lines: list[str]) -> list[str]:
    """Return the lines of one piece of new text without what stands below it."""
    said = _without_banner(lines)
    for at, line in enumerate(said):
        if _cuts(said, at, line=line):
            said = said[:at]
            break
    said = _stripped(said)
    while said and (_RULE.match(said[-1]) or _DELIMITER.match(said[-1])):
        said = _stripped(said[:-1])
    return _stripped(_without_contacts(said))


def _cuts(lines: list[str], at: int, *, line: str) -> bool:
    """Tell whether everything from this line on is below the text."""
    if not line.strip():
        return False
    if _DELIMITER.match(line):
        return True
    if is_device_line(line):
        return _is_short_end(lines, at + 1)
    if is_footer_start(lines, at):
        return True
    if _RULE.match(line) is None:
        return False
    return _is_contact_end(lines, at + 1) or _is_under_closing(lines, at)


def _is_short_end(lines: list[str], at: int) -> bool:
    return len(_rest(lines, at)) <= _MOST_LINES


def _rest(lines: list[str], at: int) -> list[str]:
    """Return the written lines from here on, one more than a signature has at the most."""
    written = (line for line in itertools.islice(lines, at, None) if line.strip())
    return list(itertools.islice(written, _MOST_LINES + 1))


def _is_contact_end(lines: list[str], at: int) -> bool:
    """Tell whether only short lines remain, some of which say how to reach somebody."""
    rest = _rest(lines, at)
    if not rest or len(rest) > _MOST_LINES:
        return not rest
    return all(len(line) <= _LONGEST_LINE for line in rest) and any(map(is_contact, rest))


def _is_under_closing(lines: list[str], at: int) -> bool:
    above = [line for line in lines[max(at - 3, 0) : at] if line.strip()]
    return bool(above) and _CLOSING.match(plain(above[-1])) is not None


def is_contact(line: str) -> bool:
    """Tell whether a line says how to reach somebody, and little else."""
    if len(line) > _LONGEST_CONTACT:
        return False
    rest = line
    for pattern in (_ADDRESS, _LINK, _PHONE):
        rest = pattern.sub("", rest)
    found = rest != line or _LABELLED.match(line) is not None
    return found and len(rest.strip(" |,;:-/<>()[]")) <= 30


def _without_contacts(lines: list[str]) -> list[str]:
    """Drop a closing block of contact data; a closing and the name under it stay."""
    start = _last_block(lines)
    block = lines[start:]
    if start == 0 or sum(map(is_contact, block)) < 2 or len(block) > _MOST_LINES:
        return lines
    if any(
        len(line) > _LONGEST_LINE or line.rstrip().endswith((".", "?", "!")) for line in block[:-1]
    ):
        return lines
    above = [line for line in lines[:start] if line.strip()]
    if _CLOSING.match(plain(block[0])):
        return lines[:start] + _named(block, names=2)
    if above and _CLOSING.match(plain(above[-1])):
        return lines[:start] + _named(block, names=1)
    return lines[:start]


def _named(block: list[str], *, names: int) -> list[str]:
    kept = []
    for line in block[:names]:
        if is_contact(line):
            break
        kept.append(line)
    return kept


def _last_block(lines: list[str]) -> int:
    at = len(lines)
    while at > 0 and lines[at - 1].strip():
        at -= 1
    return at


def _without_banner(lines: list[str]) -> list[str]:
    said = _stripped(lines)
    while said and is_banner(said[0]):
        end = next((at for at, line in enumerate(said) if not line.strip()), len(said))
        said = _stripped(said[end:])
    return said


def _stripped(lines: list[str]) -> list[str]:
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return lines[start:end]
