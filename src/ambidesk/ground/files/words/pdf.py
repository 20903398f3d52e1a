"""Words of PDF files, page by page; what is a picture of words has none."""

import io
from collections.abc import Iterator

from pypdf import PdfReader

from ambidesk.ground.files.words.limits import PAGES


def words_of(content: bytes) -> Iterator[str]:
    """Give the text of each page; one that only asks not to be changed opens without a password."""
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return
    for page in reader.pages[:PAGES]:
        yield page.extract_text()
        yield "\n"
