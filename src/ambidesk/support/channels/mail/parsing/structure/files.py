"""Files: the attachments of a mail, those that Outlook wrapped taken out.

What cannot be opened comes along as it is.
"""

from dataclasses import dataclass, field
from typing import Final

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.outlook.wrapped import unwrap
from ambidesk.support.channels.mail.parsing.parsed import Attachment
from ambidesk.support.channels.mail.parsing.structure.bodies import Body
from ambidesk.support.channels.mail.parsing.structure.naming import name_of
from ambidesk.support.channels.mail.parsing.structure.sorting import (
    READ_AS_TEXT,
    content_id_of,
    is_binary,
    is_inline,
)
from ambidesk.support.channels.mail.parsing.structure.tree import Part
from ambidesk.support.channels.mail.parsing.texts.file_names import file_name

_OCTETS: Final = "application/octet-stream"
_WRAPPERS: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


@dataclass(slots=True, kw_only=True)
class Files:
    """The files, and the text and HTML that were wrapped with them."""

    attachments: list[Attachment] = field(default_factory=list)
    text: str = ""
    html: str = ""


def read_files(body: Body, findings: Findings) -> Files:
    """Return the files of a mail in order, those inside its text last."""
    files = Files()
    for leaf in body.others:
        _take(leaf, files, findings=findings)
    files.attachments += [_enclosed(name, content) for name, content in body.files]
    if len(files.attachments) > limits.ENCLOSED_FILES:
        findings.note(Defect.FILES_TOO_MANY)
        del files.attachments[limits.ENCLOSED_FILES :]
    return files


def _take(leaf: Part, files: Files, *, findings: Findings) -> None:
    content = leaf.content(findings)
    name = name_of(leaf)
    if not content and not name and leaf.disposition != "attachment":
        return
    if leaf.content_type in _WRAPPERS or name.lower() == "winmail.dat":
        inside = unwrap(content)
        if inside is not None:
            files.attachments += inside.files
            files.text, files.html = files.text or inside.text, files.html or inside.html
            return
        findings.note(Defect.TNEF_BROKEN)
    files.attachments.append(
        Attachment(
            name=name,
            content_type=_type(leaf, content),
            content=content,
            is_inline=is_inline(leaf),
            content_id=content_id_of(leaf),
        )
    )


def _type(leaf: Part, content: bytes) -> str:
    is_mistaken = leaf.content_type in READ_AS_TEXT and is_binary(content)
    return _OCTETS if is_mistaken or not leaf.content_type else leaf.content_type


def _enclosed(name: str, content: bytes) -> Attachment:
    return Attachment(name=file_name(name), content_type=_OCTETS, content=content)
