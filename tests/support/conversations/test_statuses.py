"""What servers answer, in our words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.conversations.models import Trouble
from ambidesk.support.conversations.rules.statuses import meaning, status_in


@pytest.mark.parametrize(
    "reply,status,of_recipient,trouble",
    [
        (550, "5.1.1", True, Trouble.NO_SUCH_RECIPIENT),
        (550, "", True, Trouble.NO_SUCH_RECIPIENT),
        (552, "5.2.2", True, Trouble.MAILBOX_FULL),
        (452, "4.2.2", True, Trouble.MAILBOX_FULL),
        (552, "5.3.4", False, Trouble.TOO_LARGE),
        (552, "", False, Trouble.TOO_LARGE),
        (554, "5.7.1", False, Trouble.REJECTED),
        (451, "4.7.1", True, Trouble.BUSY),
        (450, "", True, Trouble.BUSY),
        (471, "", False, Trouble.BUSY),
        (0, "5.4.4", False, Trouble.NOT_DELIVERABLE),
        (0, "4.4.7", False, Trouble.NOT_DELIVERABLE),
        (0, "", False, Trouble.OTHER),
    ],
)
def test_a_status_says_what_is_wrong(
    *, reply: int, status: str, of_recipient: bool, trouble: Trouble
) -> None:
    assert meaning(reply=reply, status=status, of_recipient=of_recipient) is trouble


def test_a_status_is_found_in_the_words_of_a_server() -> None:
    assert status_in("5.1.1 <a@b.example>: user unknown at 10.5.2.1") == "5.1.1"
    assert status_in("no status here, only version 1.2.3") == ""


@given(reply=st.integers(0, 999), status=st.text(max_size=12), of_recipient=st.booleans())
def test_whatever_a_server_says_has_a_meaning(
    *, reply: int, status: str, of_recipient: bool
) -> None:
    assert meaning(reply=reply, status=status, of_recipient=of_recipient) in Trouble
