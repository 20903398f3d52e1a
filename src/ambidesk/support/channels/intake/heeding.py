"""Heeding: who pressed a button is shown at once that it was seen; a hint and no more."""

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Final

from ambidesk.support.channels.contract.connector import Access, Connector
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.contract.inbound import Pressed
from ambidesk.support.channels.intake.reading import Heard

log = logging.getLogger(__name__)
HEEDERS, HEEDING_SECONDS = 4, 5.0
LONGEST: Final = 1000


def heed_all(
    heard: Sequence[Heard],
    doors: Mapping[int, tuple[Connector, Access]],
    *,
    answers: Mapping[int, str],
) -> None:
    """Heed the presses that were taken in; a messenger that is slow holds nobody up for long."""
    pressed = [(each, answers[each.item.pk]) for each in heard if each.item.pk in answers]
    if not pressed:
        return
    pool = ThreadPoolExecutor(max_workers=HEEDERS, thread_name_prefix="heed")
    futures = [pool.submit(_heed, each, words, *doors[each.channel.pk]) for each, words in pressed]
    wait(futures, timeout=HEEDING_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)


def _heed(heard: Heard, words: str, connector: Connector, access: Access) -> None:
    assert isinstance(heard.event, Pressed)  # noqa: S101 only presses have answers
    try:
        connector.heed(heard.event, access, words=words[:LONGEST])
    except Failure as failure:
        log.warning("a press in channel %s was not heeded: %s", heard.channel.pk, failure.trouble)
