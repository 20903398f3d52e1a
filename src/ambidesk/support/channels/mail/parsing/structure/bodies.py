"""Bodies: the text and the HTML of a mail, out of the parts that are read.

Of alternatives the plain one is the text and the last HTML one the HTML; parts beside each other
are one after the other in both.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.html.markup import html_of_enriched
from ambidesk.support.channels.mail.parsing.html.rendering import visible_text
from ambidesk.support.channels.mail.parsing.structure.sorting import (
    READ_AS_HTML,
    READ_AS_TEXT,
    is_binary,
    is_read,
)
from ambidesk.support.channels.mail.parsing.structure.tree import Part
from ambidesk.support.channels.mail.parsing.structure.uuencode import take_files
from ambidesk.support.channels.mail.parsing.texts.charsets import decode
from ambidesk.support.channels.mail.parsing.texts.flowed import unflow
from ambidesk.support.channels.mail.parsing.texts.html_labels import label_in
from ambidesk.support.channels.mail.parsing.texts.words import field_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What is read: `text` as plain parts say it, `html` as HTML parts say it, each may be ""."""

    text: str = ""
    html: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    others: tuple[Part, ...] = field(default=(), repr=False)

    @property
    def visible(self) -> str:
        """Return the text, or what is seen of the HTML where there is no text."""
        return self.text if self.text.strip() else visible_text(self.html)


def read_bodies(root: Part, findings: Findings) -> Body:
    """Read the texts of a mail; `others` are the leaves that are files."""
    body = _body(root, findings, is_root=True, parent="")
    return Body(
        text=_limited(body.text, findings),
        html=body.html,
        files=body.files,
        others=body.others,
    )


def shown_in_place(body: Body, findings: Findings) -> str:
    """Return the text of named files that ask to be shown in place, as some programs send all."""
    texts = [
        _text(part, findings).text.strip("\n")
        for part in body.others
        if part.content_type in READ_AS_TEXT and part.disposition == "inline"
    ]
    return _limited("\n\n".join(text for text in texts if text.strip()), findings)


def _body(part: Part, findings: Findings, *, is_root: bool, parent: str) -> Body:
    if not part.is_multipart:
        if not is_read(part, is_root=is_root, parent=parent):
            return Body(others=(part,))
        return _html(part, findings) if part.content_type in READ_AS_HTML else _text(part, findings)
    kind = part.content_type
    children = [_body(child, findings, is_root=False, parent=kind) for child in part.children]
    return _either(children) if kind == "multipart/alternative" else _together(children)


def _either(children: list[Body]) -> Body:
    plain = [child.text for child in children if child.text.strip() and not child.html]
    mixed = [child.text for child in children if child.text.strip() and child.html]
    marked = [child.html for child in children if child.html.strip()]
    return Body(
        text=next(iter(plain or mixed), ""),
        html=marked[-1] if marked else "",
        files=_files(children),
        others=_others(children),
    )


def _together(children: list[Body]) -> Body:
    read = [child for child in children if child.text.strip() or child.html.strip()]
    if len(read) == 1:
        only = read[0]
        return Body(
            text=only.text, html=only.html, files=_files(children), others=_others(children)
        )
    has_html = any(child.html.strip() for child in read)
    has_text = any(child.text.strip() for child in read)
    texts = [child.visible.strip("\n") for child in read] if has_text else []
    marked = [child.html or _as_html(child.text) for child in read] if has_html else []
    return Body(
        text="\n\n".join(texts),
        html="\n".join(marked),
        files=_files(children),
        others=_others(children),
    )


def _files(children: Iterable[Body]) -> tuple[tuple[str, bytes], ...]:
    return tuple(file for child in children for file in child.files)


def _others(children: Iterable[Body]) -> tuple[Part, ...]:
    return tuple(other for child in children for other in child.others)


def _text(part: Part, findings: Findings) -> Body:
    data = part.content(findings)
    if is_binary(data):
        return Body(others=(part,))
    rest, files = take_files(data)
    text = _without_noughts(decode(rest, part.charset, findings=findings), findings)
    if part.content_type in {"text/enriched", "text/richtext"}:
        return Body(html=html_of_enriched(text))
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if part.type_parameters.get("format", "").lower() == "flowed":
        text = unflow(text, delete_space=part.type_parameters.get("delsp", "").lower() == "yes")
    named = tuple((field_text(name), content) for name, content in files)
    return Body(text=text, files=named)


def _html(part: Part, findings: Findings) -> Body:
    data = part.content(findings)
    html = decode(data, part.charset or label_in(data), findings=findings)
    html = _without_noughts(html, findings)
    if len(html) > limits.HTML_CHARACTERS:
        findings.note(Defect.HTML_TOO_LARGE)
        html = html[: limits.HTML_CHARACTERS]
    return Body(html=html)


def _without_noughts(text: str, findings: Findings) -> str:
    if "\x00" in text:
        findings.note(Defect.NULL_BYTES)
    return text.replace("\x00", "")


def _as_html(text: str) -> str:
    return f'<div style="white-space:pre-wrap">{escape(text.strip())}</div>'


def _limited(text: str, findings: Findings) -> str:
    if len(text) <= limits.TEXT_CHARACTERS:
        return text
    findings.note(Defect.TEXT_TOO_LONG)
    return text[: limits.TEXT_CHARACTERS]
