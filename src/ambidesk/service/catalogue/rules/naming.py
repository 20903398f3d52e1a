"""
Naming: what is called in two languages, and has one name by which other programs know it.

That name is one of the two. What was named once is taken for named in the language of its letters.
"""

import re

from ambidesk.ground.fields.rules.spec import Texts

CYRILLIC = re.compile("[А-Яа-яЁё]")


def by_letters(name: str) -> Texts:
    """Take a name for one of the language whose letters it has."""
    return Texts(ru=name) if CYRILLIC.search(name) else Texts(en=name)


def renamed(names: Texts, name: str, *, wanted: str) -> Texts:
    """Call something by another name in the language in which it is called `name`."""
    if not (names.ru and names.en):
        return by_letters(wanted)
    if name == names.ru:
        return Texts(ru=wanted, en=names.en)
    return Texts(ru=names.ru, en=wanted)


def leading(names: Texts, name: str, *, wanted: Texts) -> str:
    """Say by what name it is known: further by that of the language in which it is `name`."""
    return wanted.said("ru" if name == names.ru else "en")
