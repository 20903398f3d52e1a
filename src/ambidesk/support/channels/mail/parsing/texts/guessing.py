"""Guessing: text of bytes that say nothing true about their charset.

UTF-8 proves itself; escapes and byte order marks do; else the candidate that reads most like a
language wins, and Western text is what remains.
"""

import re
from typing import Final

_SAMPLE_BYTES: Final = 4_096
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CYRILLIC: Final = ("cp1251", "koi8-r", "cp866", "iso-8859-5", "mac_cyrillic")
_EASTERN: Final = ("gb18030", "big5", "cp932", "euc_jp", "cp949")
_LATIN_WORD: Final = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
_FREQUENT: Final = frozenset("оеаинтсрвлкмдпу")
_MANY_HIGH: Final = re.compile(rb"[\x80-\xff]{4}")
_FEW: Final = 3
_PAIR: Final = 2
_SPARSE: Final = 0.25
_MOSTLY: Final = 0.5
_CONVINCING: Final = 0.5
_CERTAIN: Final = 0.8
_UPPER_INSIDE: Final = re.compile("[а-яё][А-ЯЁ]")


def guess(data: bytes) -> str:
    """Return the most likely text; nothing of it is lost but what no charset could read."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace").removeprefix("\ufeff")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _by_looks(data)
    if "\x1b$" in text or "\x1b(" in text:
        return _escaped(data, text)
    return text


def _escaped(data: bytes, otherwise: str) -> str:
    for codec in ("iso2022_jp_ext", "iso2022_kr"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    text = data.decode("iso2022_jp_ext", "replace")
    return text if text.count("\ufffd") * 20 < len(text) else otherwise


def _by_looks(data: bytes) -> str:
    sample = data[:_SAMPLE_BYTES]
    if _is_mostly_utf8(data):
        return data.decode("utf-8", "replace")
    if _is_like_western(sample):
        return _western(data)
    score, codec = _best(sample)
    return data.decode(codec, "replace") if score > _CONVINCING else _western(data)


def is_hardly_western(data: bytes) -> bool:
    """Tell whether bytes called Western are plainly another script."""
    sample = data[:_SAMPLE_BYTES]
    if not _MANY_HIGH.search(sample) or _share_of_high(sample) < _MOSTLY:
        return False
    return _best(sample)[0] > _CERTAIN


def _best(sample: bytes) -> tuple[float, str]:
    scored = [(_cyrillic_score(sample, codec), codec) for codec in _CYRILLIC]
    scored += [(_eastern_score(sample, codec), codec) for codec in _EASTERN]
    return max(scored)


def _is_like_western(sample: bytes) -> bool:
    """Tell whether high bytes stand one by one inside Latin words."""
    high = sum(byte > 0x7F for byte in sample)
    beside_latin = len(_LATIN_WORD.findall(sample))
    if high <= _FEW:
        return beside_latin > 0
    return _share_of_high(sample) < _SPARSE and beside_latin * 2 >= high


def _share_of_high(sample: bytes) -> float:
    seen = [byte for byte in sample if byte > 0x20]
    return sum(byte > 0x7F for byte in seen) / len(seen) if seen else 0.0


def _is_mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    right = sum(character > "\x7f" for character in text[:_SAMPLE_BYTES]) - lost
    return right > lost * 4


def _western(data: bytes) -> str:
    return "".join(
        character if not "\x80" <= character <= "\x9f" else _windows(character)
        for character in data.decode("latin-1")
    )


def _windows(character: str) -> str:
    return character.encode("latin-1").decode("cp1252", "replace")


def _cyrillic_score(sample: bytes, codec: str) -> float:
    """Return how Cyrillic the high bytes read, 0 to about 1."""
    text = sample.decode(codec, "replace")
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    small = sum("а" <= character <= "я" or character == "ё" for character in foreign)
    capital = sum("А" <= character <= "Я" or character == "Ё" for character in foreign)
    frequent = sum(character.lower() in _FREQUENT for character in foreign)
    inside = len(_UPPER_INSIDE.findall(text))
    return (0.5 * small + 0.4 * capital + 0.5 * frequent - inside) / len(foreign)


def _eastern_score(sample: bytes, codec: str) -> float:
    """Return how much of the high bytes is everyday Chinese, Japanese or Korean, 0 to 1."""
    text = _without_torn_end(sample, codec)
    if text is None:
        return 0.0
    foreign = [character for character in text if character > "\x7f"]
    if len(foreign) < 2:
        return 0.0
    good = sum(map(_everyday, foreign))
    if codec == "cp949":
        good -= sum("\u4e00" <= character <= "\u9fff" for character in foreign)
        good -= 0.8 * sum(map(_is_rare_syllable, foreign))
    elif codec in {"gb18030", "big5"}:
        good = good * 0.95 - 0.3 * sum("\u3041" <= c <= "\u30ff" for c in foreign)
        good -= 0.6 * _rare(text, codec)
    elif not any("\u3041" <= character <= "\u30ff" for character in foreign):
        good *= 0.8
    return good / len(foreign)


def _rare(text: str, codec: str) -> int:
    """Count hanzi outside the first, everyday plane of their charset."""
    first, last = (0xB0, 0xD7) if codec == "gb18030" else (0xA4, 0xC6)
    return sum(
        "\u4e00" <= character <= "\u9fff"
        and not first <= character.encode(codec, "replace")[0] <= last
        for character in text
    )


def _is_rare_syllable(character: str) -> bool:
    """Tell whether a Korean syllable is one that the everyday charset does not even have."""
    is_syllable = "\uac00" <= character <= "\ud7a3"
    return is_syllable and len(character.encode("euc_kr", "ignore")) != _PAIR


def _everyday(character: str) -> float:
    if "\uac00" <= character <= "\ud7a3" or "\u3041" <= character <= "\u30fe":
        return 1.0
    if "\u4e00" <= character <= "\u9fff":
        return 0.95
    return 0.7 if "\u3000" <= character <= "\u303f" or "\uff01" <= character <= "\uff5e" else 0.0


def _without_torn_end(sample: bytes, codec: str) -> str | None:
    for cut in range(4):
        try:
            return sample[: len(sample) - cut].decode(codec)
        except (UnicodeDecodeError, ValueError):
            continue
    return None
