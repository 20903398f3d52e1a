"""Texts from strangers in a form that the database takes; what it would refuse is left out."""


def storable(text: str) -> str:
    """Leave out NUL, and put a question mark for half a pair of UTF-16."""
    return text.replace("\0", "").encode(errors="replace").decode()


def one_line(text: str, longest: int | None = None) -> str:
    """The storable text with each run of blanks as one, cut to so many letters."""
    return " ".join(storable(text).split())[:longest]
