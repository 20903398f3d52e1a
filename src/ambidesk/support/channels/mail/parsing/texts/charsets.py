"""Charsets: bytes with a label become text, also where the label is missing or wrong.

Labels mean what browsers and mailers take them for, not what the registry says.
Source: WHATWG Encoding, 4.2 (labels); RFC 2978.
"""

import codecs
import re
from functools import lru_cache
from typing import Final

from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.texts.guessing import guess, is_hardly_western

_ALIASES: Final = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "euc-cn": "gb18030",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "cp943c": "cp932",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "x-windows-949": "cp949",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext",
    "cp50221": "iso2022_jp_ext",
    "x-euc-jp": "euc_jp",
    "utf8": "utf-8",
    "utf-8n": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "koi8r": "koi8-r",
    "koi": "koi8-r",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "win-1251": "cp1251",
    "x-user-defined": "cp1252",
}
_GUESSED: Final = frozenset(
    {"", "ascii", "us-ascii", "ansi_x3.4-1968", "646", "unknown", "unknown-8bit", "x-unknown"}
    | {"default", "none", "8bit", "binary", "_iso-2022-jp"}
)
_NOT_TEXT: Final = frozenset(
    {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined"}
    | {"unicode_escape", "raw_unicode_escape", "mbcs", "oem", "charmap"}
)
_STATEFUL: Final = frozenset({"utf-7", "hz"})
_WIDE: Final = re.compile(rb"utf-?(?:16|32)|ucs-?[24]", re.IGNORECASE)
_ESCAPE: Final = 0x1B
_LOST: Final = "\ufffd"


@lru_cache(maxsize=512)
def codec_of(label: str) -> str | None:
    """Return the codec a label stands for, "" for a label that says nothing, None if unknown."""
    name = label.strip(" \t\r\n\"'<>;,").lower().partition("*")[0]
    if name.startswith("charset="):
        name = name[8:].strip("\"'")
    if name in _GUESSED:
        return ""
    name = _ALIASES.get(name, name)
    name = re.sub(r"^(?:windows|cp|win|x-cp|ibm)[-_ ]?(\d{3,4})$", r"cp\1", name)
    name = re.sub(r"^iso[-_ ]?8859[-_ ](\d+).*$", r"iso-8859-\1", name)
    name = _ALIASES.get(name, name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if found.name.replace("-", "_") in _NOT_TEXT or not getattr(found, "_is_text_encoding", True):
        return None
    return found.name


def decode(data: bytes, label: str, *, findings: Findings) -> str:
    """Turn bytes into text by their label, or by what they look like where it must be wrong."""
    codec = codec_of(label)
    if data.isascii() and _ESCAPE not in data and codec not in _STATEFUL and not _is_wide(codec):
        return data.decode("ascii")
    if codec is None:
        findings.note(Defect.CHARSET_UNKNOWN)
    return _by_codec(data, codec, findings=findings) if codec else _unlabelled(data, findings)


def _by_codec(data: bytes, codec: str, *, findings: Findings) -> str:
    if _ESCAPE in data and codec in {"cp1252", "utf-8"} and b"\x1b$" in data:
        return guess(data)
    if codec != "utf-8" and _is_single_byte(codec):
        unlabelled = _strictly(data, "utf-8")
        if unlabelled is not None and not data.isascii():
            findings.note(Defect.CHARSET_WRONG)
            return unlabelled
    if codec == "cp1252" and is_hardly_western(data):
        findings.note(Defect.CHARSET_WRONG)
        return guess(data)
    text = _strictly(data, codec)
    if text is not None:
        return text
    findings.note(Defect.CHARSET_WRONG)
    return _with_losses(data, codec)


def _unlabelled(data: bytes, findings: Findings) -> str:
    """Read by what the mail calls its charset elsewhere, unless the bytes are plainly UTF-8."""
    hint = codec_of(findings.charset_hint)
    if hint and _strictly(data, "utf-8") is None:
        text = _strictly(data, hint)
        if text is not None:
            return text
    return guess(data)


def _with_losses(data: bytes, codec: str) -> str:
    try:
        text = data.decode(codec, "replace")
    except (ValueError, UnicodeError, LookupError):
        return guess(data)
    if codec == "cp1252" or text.count(_LOST) * 50 <= len(text):
        return text
    guessed = guess(data)
    return guessed if guessed.count(_LOST) < text.count(_LOST) else text


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (ValueError, UnicodeError, LookupError):
        return None


def _is_wide(codec: str | None) -> bool:
    return bool(codec) and _WIDE.match((codec or "").encode()) is not None


@lru_cache(maxsize=128)
def _is_single_byte(codec: str) -> bool:
    return codec.startswith(("cp125", "iso8859", "koi8", "mac", "cp866", "cp437", "cp85", "cp874"))
