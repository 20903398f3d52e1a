"""The address of what readers see is moved by who publishes, whatever the screen shows."""

import pytest

from ambidesk.support.knowledge.addressing import SeenByReaders, readdress
from tests.cast import Cast
from tests.support.knowledge.articles import out, written


def test_who_only_writes_does_not_move_a_published_address(cast: Cast) -> None:
    row = out(cast, written(cast))
    with pytest.raises(SeenByReaders):
        readdress(row, "elsewhere", by=cast.actor(cast.olga), at=cast.at)
    moved = readdress(row, "elsewhere", by=cast.actor(cast.admin), at=cast.at)
    assert moved.slug == "elsewhere"
