"""The end of a mail."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.mail.smtp.framing import EndWatch, hops

STREAMS = st.lists(st.sampled_from([b"\r", b"\n", b".", b"a", b"\r\n"]), max_size=30).map(b"".join)


def sees(pieces: list[bytes]) -> bool:
    watch = EndWatch()
    for piece in pieces:
        watch.see(piece)
    return watch.has_seen_one


@given(STREAMS, st.lists(st.integers(0, 60), max_size=6))
def test_pieces_in_which_the_mail_comes_make_no_difference(stream: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(stream)]
    pieces = [stream[a:b] for a, b in pairwise(edges)]
    assert sees(pieces) == sees([stream])


@given(st.lists(st.sampled_from([b"a", b".", b"..", b"", b".a", b"a."]), max_size=20))
def test_lines_that_end_as_they_should_are_never_suspected(lines: list[bytes]) -> None:
    assert not sees([b"".join(line + b"\r\n" for line in lines)])


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\n.\r"])
def test_a_hidden_end_is_seen(end: bytes) -> None:
    assert sees([b"text", end, b"MAIL FROM:<a@b>\r\n"])


@pytest.mark.parametrize("count", [0, 1, 150])
def test_hops_are_counted_in_the_header_only(count: int) -> None:
    head = b"Received: from a\r\n by b\r\n" * count
    assert hops(head + b"Subject: x\r\n\r\nReceived: not a hop\r\n") == count
