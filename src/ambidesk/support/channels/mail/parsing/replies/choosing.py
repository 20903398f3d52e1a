"""Choosing: the reply of a mail that has its words in plain text, in HTML or in both."""

from ambidesk.support.channels.mail.parsing.html.quotes import is_cut, is_quote
from ambidesk.support.channels.mail.parsing.html.rendering import read_page, render
from ambidesk.support.channels.mail.parsing.replies.extracting import Extract, extract


def reply_of(text: str, html: str) -> str:
    """Return what is new in a mail; HTML decides where the text does not show its quotes."""
    if not text.strip():
        return _of_html(html).reply if html.strip() else ""
    plain = extract(text)
    if plain.has_quote or not html.strip():
        return plain.reply
    marked = _of_html(html)
    return marked.reply if marked.has_quote and marked.reply else plain.reply


def _of_html(html: str) -> Extract:
    page = read_page(html)
    whole = render(page, is_quote=is_quote)
    uncut = extract(whole)
    above = render(page, is_quote=is_quote, is_cut=is_cut)
    if len(above) < len(whole):
        said = extract(above)
        if said.reply and len(said.reply) <= len(uncut.reply):
            return Extract(reply=said.reply, has_quote=True)
    return uncut
