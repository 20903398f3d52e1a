"""Ways: the channels by which a ticket can be answered, with what each of them can carry."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ambidesk.support.channels.contract.manifest import Manifest
from ambidesk.support.channels.contract.registry import connector_of
from ambidesk.support.tickets.parties import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One channel of talk; answers by it are plain."""

    kind: str
    words: str


def ways_of(parties: Iterable[Party]) -> tuple[Way, ...]:
    """Say for each messenger among the parties what an answer by it can be."""
    kinds = dict.fromkeys(party.way for party in parties)
    served = ((kind, connector_of(kind)) for kind in kinds)
    return tuple(
        Way(kind=kind, words=_words(connector.manifest)) for kind, connector in served if connector
    )


def _words(manifest: Manifest) -> str:
    facts = {
        "messenger": manifest.title,
        "letters": manifest.longest_text,
        "size": manifest.largest_out_bytes // (1024 * 1024),
    }
    return (
        _(
            "Goes to %(messenger)s as plain text; more than %(letters)s letters go in parts, "
            "files up to %(size)s MB."
        )
        % facts
    )
