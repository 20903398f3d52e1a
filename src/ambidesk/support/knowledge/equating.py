"""Equating: words that mean one thing, said by people and asked for by the search."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.search.pages.rules.terms import terms
from ambidesk.ground.search.pages.synonyms import remove_synonym, write_synonym
from ambidesk.support.knowledge.events import SynonymChanged
from ambidesk.support.knowledge.indexing import SHELF
from ambidesk.support.knowledge.models import Synonym
from ambidesk.support.knowledge.models.synonym import LEAST, MOST
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.knowledge.writing import require

LONGEST = 60
# A question looks up its own words only, but somebody has to keep the list in view.
MOST_SETS = 1_000


class NeedsTwoWords(InvalidInput):
    """One word stands for nothing else."""

    sentence = _("Give at least two words, each on its own line.")


class TooManyWords(InvalidInput):
    """They can hardly all mean one thing."""

    sentence = _("At most %(most)s words can mean one thing.")


class WordTooLong(InvalidInput):
    """It is a sentence."""

    sentence = _("“%(word)s…” is too long for a word.")


class TooManySynonyms(InvalidInput):
    """Nobody keeps so many in view."""

    sentence = _("There are %(most)s lines of synonyms already. Archive some first.")


@transaction.atomic
def equate(synonym: Synonym | None, words: Sequence[str], *, by: Actor, at: datetime) -> Synonym:
    """
    Say that words mean one thing, or change what was said.

    Raises:
        NotEntitled, NeedsTwoWords, TooManyWords, WordTooLong, TooManySynonyms.
    """
    require(KnowledgeRight.PUBLISH, by=by)
    row = Synonym.objects.select_for_update().get(pk=synonym.pk) if synonym else Synonym()
    row.words = _clean(words)
    if synonym is None:
        _require_room()
    row.save()
    _tell(row, by=by, at=at)
    return row


@transaction.atomic
def archive_synonym(synonym: Synonym, *, by: Actor, at: datetime) -> Synonym:
    """
    Take words out of use as synonyms, or into use again.

    Raises:
        NotEntitled, TooManySynonyms.
    """
    require(KnowledgeRight.PUBLISH, by=by)
    row = Synonym.objects.select_for_update().get(pk=synonym.pk)
    if row.archived_at:
        _require_room()
    row.archived_at = None if row.archived_at else at
    row.save(update_fields=["archived_at"])
    _tell(row, by=by, at=at)
    return row


def _clean(words: Sequence[str]) -> list[str]:
    """Give each once, by what the search takes it for."""
    found: dict[tuple[str, ...], str] = {}
    for given in words:
        word = one_line(given)
        if len(word) > LONGEST:
            raise WordTooLong(field="words", word=word[:20])
        if taken := tuple(terms(word)):
            found.setdefault(taken, word)
    if len(found) < LEAST:
        raise NeedsTwoWords(field="words")
    if len(found) > MOST:
        raise TooManyWords(field="words", most=MOST)
    return list(found.values())


def _require_room() -> None:
    if Synonym.objects.filter(archived_at=None).count() >= MOST_SETS:
        raise TooManySynonyms(field="words", most=MOST_SETS)


def _tell(row: Synonym, *, by: Actor, at: datetime) -> None:
    if row.archived_at:
        remove_synonym(row.pk, shelf=SHELF)
    else:
        write_synonym(row.words, key=row.pk, shelf=SHELF)
    journal.record(SynonymChanged(synonym_id=row.pk), by=by, at=at)
