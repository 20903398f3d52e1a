"""Links by which colleagues come in: what ends them."""

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.admitting import LinkUsedUp, give_link, holder_of
from ambidesk.parties.staff.hiring import dismiss, rehire
from tests.cast import Cast


def test_a_link_given_before_an_account_was_closed_opens_nothing_when_it_is_open_again(
    cast: Cast,
) -> None:
    token = give_link(cast.ivan, by=SYSTEM, at=cast.at)
    assert holder_of(token, at=cast.at) == cast.ivan.user
    dismiss(cast.ivan, by=SYSTEM, at=cast.at)
    rehire(cast.ivan, by=SYSTEM, at=cast.at)
    with pytest.raises(LinkUsedUp):
        holder_of(token, at=cast.at)
