"""How much there is to guess in a password: rows of keys and repetitions are no secret."""

from itertools import pairwise

ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "1234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
)
_AFTER = {(row[n], row[n + 1]) for row in ROWS for n in range(len(row) - 1)}
NEIGHBOURS = frozenset(_AFTER | {(second, first) for first, second in _AFTER})


def surprises_in(password: str) -> int:
    """Count the signs that neither repeat the one before nor follow it in a row of keys."""
    pairs = pairwise(password)
    expected = sum(before == after or (before, after) in NEIGHBOURS for before, after in pairs)
    # A repeated word surprises once only.
    return min(len(password) - expected, len(unit_of(password)))


def unit_of(password: str) -> str:
    """The shortest beginning of which the whole is a repetition."""
    for length in range(1, len(password) // 2 + 1):
        if (
            len(password) % length == 0
            and password[:length] * (len(password) // length) == password
        ):
            return password[:length]
    return password


def letters_of(password: str) -> str:
    """The letters alone: years and exclamation marks at the end are known to everybody."""
    return "".join(sign for sign in password if sign.isalpha())
