"""Layouts: what was typed while the keyboard was set to the other language."""

LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_CYRILLIC = str.maketrans(LATIN, CYRILLIC)
_TO_LATIN = str.maketrans(CYRILLIC, LATIN)


def other_layout(text: str) -> str:
    """Give the letters of the same keys in the other layout."""
    small = text.lower()
    is_cyrillic = any(letter in CYRILLIC for letter in small)
    return small.translate(_TO_LATIN if is_cyrillic else _TO_CYRILLIC)
