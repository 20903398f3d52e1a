"""
Sounds: names of both scripts in one spelling, so that Юлия, Yulia, Julia and Yuliya are one word.

The form is for comparing, never for showing.
"""

import re
import unicodedata
from functools import lru_cache

CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфхцыэёіїєґ",
        "a b v g d e z i i k l m n o p r s t u f h ts i e e i i e g".split(),
        strict=True,
    )
) | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "iu", "я": "ia"}
TABLE = str.maketrans(CYRILLIC)
# In this order: the longer before what they hold.
SPELLINGS = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("kh", "h"),
    ("ph", "f"),
    ("ck", "k"),
    ("tz", "ts"),
    ("x", "ks"),
    ("ya", "ia"),
    ("ja", "ia"),
    ("yu", "iu"),
    ("ju", "iu"),
    ("yo", "e"),
    ("ye", "e"),
    ("je", "e"),
    ("w", "v"),
    ("q", "k"),
    ("y", "i"),
    ("j", "i"),
    ("ie", "e"),
)
HARD_C = re.compile(r"c(?!h)")
TWICE = re.compile(r"(.)\1+")
NO_LETTER = re.compile(r"[^\w]+|_")
CLASSES = str.maketrans("bpdtgkvfzsmn", "bbddggvvssmm")
VOWELS = re.compile(r"[aeiouh]")


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """Give lower-case letters and digits without accents, words parted by one space."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("й", "и").replace("ё", "е"))
    letters = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return NO_LETTER.sub(" ", letters).strip()


@lru_cache(maxsize=200_000)
def sound(text: str) -> str:
    """Give the one spelling of a name, of whichever script and scheme of transliteration."""
    word = plain(text).translate(TABLE)
    for written, heard in SPELLINGS:
        if written in word:
            word = word.replace(written, heard)
    word = HARD_C.sub("k", word)
    return TWICE.sub(r"\1", word)


@lru_cache(maxsize=200_000)
def skeleton(text: str) -> str:
    """Give the consonants of a name, voiced and voiceless as one, at most five; for blocking."""
    word = sound(text).replace(" ", "")
    if not word:
        return ""
    rest = VOWELS.sub("", word[1:])
    return TWICE.sub(r"\1", (word[0] + rest).translate(CLASSES))[:5]
