"""Reasons: why two persons may be one, in words."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.matching.likeness import Level

EQUAL, ALIKE, LIKE = Level.EQUAL, Level.ALIKE, Level.LIKE
WORDS: dict[tuple[str, Level], str | Promise] = {
    ("given", EQUAL): _("same given name"),
    ("given", ALIKE): _("same given name in another form"),
    ("given", LIKE): _("similar given name"),
    ("surname", EQUAL): _("same surname"),
    ("surname", ALIKE): _("same surname in another spelling"),
    ("surname", LIKE): _("similar surname"),
    ("middle", EQUAL): _("same patronymic"),
    ("middle", ALIKE): _("same patronymic"),
    ("email", EQUAL): _("same e-mail"),
    ("email", ALIKE): _("same name before the @"),
    ("email", LIKE): _("nearly the same e-mail"),
    ("phone", EQUAL): _("same phone"),
    ("phone", LIKE): _("nearly the same phone"),
    ("handle", EQUAL): _("same messenger"),
    ("handle", LIKE): _("same chosen name in messenger and e-mail"),
    ("company", EQUAL): _("same company"),
    ("company", ALIKE): _("same company"),
}
# From so many bits on the words are stronger.
LIKELY, ALMOST_SURE = 16.0, 22.0


def words_of(reasons: Mapping[str, int]) -> Iterator[str]:
    """Say what speaks for it, the most telling first."""
    for (aspect, level), words in WORDS.items():
        if reasons.get(aspect) == level:
            yield str(words)


def strength(score: float) -> str:
    """Say how likely it is that two are one."""
    if score >= ALMOST_SURE:
        return str(_("Almost sure"))
    return str(_("Likely") if score >= LIKELY else _("Possible"))
