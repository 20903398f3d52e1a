"""The plain part: what was said, the signature under it, and what it answers, line by line."""

import re

from django.utils import formats, translation
from django.utils.translation import gettext as _

from ambidesk.support.channels.mail.composing.letter import Letter, Quote

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What is answered is on record with both sides: a reminder of it is enough.
LONGEST_QUOTE = 8_000


def plain(letter: Letter) -> str:
    """Write the plain part; lines end on a newline."""
    parts = [tidy(letter.text).rstrip()]
    if below := signature(letter):
        parts.append(f"-- \n{below}")
    if letter.quote:
        lines = quoted_text(letter.quote).split("\n")
        below = "\n".join(f"> {line}".rstrip() for line in lines)
        parts.append(f"{attribution(letter.quote, letter.language)}\n{below}")
    return "\n\n".join(part for part in parts if part) + "\n"


def signature(letter: Letter) -> str:
    """Write what stands under a letter: its signature, and who answers for the client's account."""
    lines = [tidy(letter.signature).strip()]
    if letter.manager:
        lines.append(tidy(", ".join(letter.manager.words)))
    return "\n".join(line for line in lines if line)


def attribution(quote: Quote, language: str) -> str:
    """Write the line above a quote."""
    with translation.override(language):
        facts = {
            "date": formats.date_format(quote.said_at, "DATE_FORMAT"),
            "time": formats.time_format(quote.said_at, "H:i"),
            "author": " ".join(tidy(quote.author).split()),
        }
        return _("On %(date)s at %(time)s, %(author)s wrote:") % facts


def quoted_text(quote: Quote) -> str:
    """The words that are quoted, cut where they are long."""
    text = tidy(quote.text).strip()
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rstrip()}\n[…]"


def tidy(text: str) -> str:
    """Bring line ends to one form and take out what no mail may hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTABLE.sub("", text).encode("utf-8", "replace").decode()
