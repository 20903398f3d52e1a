"""Transport: what the parser process says arrives as it was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.mail.parsing.reading import parse
from ambidesk.support.channels.mail.parsing.transport import pack, unpack
from tests.support.channels.mail.parsing.test_invitations import invitation
from tests.support.channels.mail.parsing.test_originals import ENCLOSED
from tests.support.channels.mail.parsing.writing import parts

REPORT = "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; x@example.org\nAction: failed\n"
MAILS = {
    "invitation": invitation("REQUEST"),
    "originals": parts("Content-Type: text/plain\n\nsee", ENCLOSED),
    "bounce": parts("Content-Type: text/plain\n\nx", REPORT, kind="report"),
    "files": parts(
        "Content-Type: application/pdf; name=a\n\none", "Content-Type: image/png\n\ntwo"
    ),
    "surrogates": parse(b"From: a@example.org\nSubject: \xff\xfe\x80\n\n\xed\xa0\x80"),
}


@pytest.mark.parametrize("what", MAILS)
def test_a_mail_is_the_same_on_the_other_side(what: str) -> None:
    assert unpack(pack(MAILS[what])) == MAILS[what]


@given(st.binary(max_size=300))
def test_any_mail_is_the_same_on_the_other_side(raw: bytes) -> None:
    mail = parse(b"From: a@example.org\n" + raw)
    assert unpack(pack(mail)) == mail


@given(st.binary(max_size=100))
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(data)
