"""Files: the attachments of a mail, wrapped ones opened.

What cannot be opened comes along as it is.
"""

from collections.abc import Iterable
from typing import Final

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.parsed import Attachment
from ambidesk.support.channels.mail.parsing.structure.bodies import Body
from ambidesk.support.channels.mail.parsing.structure.naming import file_name, name_of
from ambidesk.support.channels.mail.parsing.structure.sorting import content_id_of, is_inline
from ambidesk.support.channels.mail.parsing.structure.tree import Part

_OCTETS: Final = "application/octet-stream"


def read_files(body: Body, findings: Findings) -> list[Attachment]:
    """Return the files of a mail in order, those inside its text last."""
    files = [file for leaf in body.others for file in _of_leaf(leaf, findings)]
    files += [_enclosed(name, content) for name, content in body.files]
    if len(files) > limits.ENCLOSED_FILES:
        findings.note(Defect.FILES_TOO_MANY)
    return files[: limits.ENCLOSED_FILES]


def _of_leaf(leaf: Part, findings: Findings) -> Iterable[Attachment]:
    content = leaf.content(findings)
    name = name_of(leaf)
    if not content and not name and leaf.disposition != "attachment":
        return
    yield Attachment(
        name=name,
        content_type=leaf.content_type or _OCTETS,
        content=content,
        is_inline=is_inline(leaf),
        content_id=content_id_of(leaf),
    )


def _enclosed(name: str, content: bytes) -> Attachment:
    return Attachment(name=file_name(name), content_type=_OCTETS, content=content)
