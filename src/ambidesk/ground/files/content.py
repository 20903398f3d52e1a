"""The type of content, told from its first bytes; what is not known is plain bytes."""

import codecs

HEAD_BYTES = 4096
SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"OggS", "application/ogg"),
    (0, b"ID3", "audio/mpeg"),
)
RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# Their first part says what they are, and is not packed.
OPEN_DOCUMENTS = {
    b"mimetype" + media.encode(): media
    for media in (
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation",
    )
}
# Files whose words can be read.
READABLE = ("application/pdf", *OFFICE.values(), *OPEN_DOCUMENTS.values())
# Rasters that may be shown in place; everything else is a download.
RASTERS = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def type_of(content: bytes) -> str:
    """
    Tell the media type from the content.

    Text is told by its being UTF-8 without control signs; markup counts as text, so that nothing a
    stranger sent is ever served as a page.
    """
    for offset, signature, media_type in SIGNATURES:
        if content[offset : offset + len(signature)] == signature:
            return _office(content) if media_type == "application/zip" else media_type
    if content[:4] == b"RIFF" and content[8:12] in RIFF:
        return RIFF[content[8:12]]
    text = _utf8(content[:HEAD_BYTES], is_whole=len(content) <= HEAD_BYTES)
    if text is None:
        return "application/octet-stream"
    if any(sign < " " and sign not in "\t\r\n\f" for sign in text):
        return "application/octet-stream"
    return "text/plain"


def _utf8(head: bytes, *, is_whole: bool) -> str | None:
    """Read UTF-8, whose last sign may be torn where there is more behind it."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(head, final=is_whole)
    except UnicodeDecodeError:
        return None


def _office(content: bytes) -> str:
    first = content[30:100]
    for mark, media in OPEN_DOCUMENTS.items():
        if first.startswith(mark):
            return media
    # The names of the parts stand before each of them and once more at the end.
    names = content[:8192] + content[-8192:]
    return next((media for mark, media in OFFICE.items() if mark in names), "application/zip")
