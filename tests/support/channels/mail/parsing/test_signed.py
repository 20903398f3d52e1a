"""Mails signed in one piece: what was signed is read as if it had come open."""

import subprocess
from base64 import encodebytes
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.mail.parsing.reading import parse
from ambidesk.support.channels.mail.parsing.structure.signed import signed_content

INSIDE = (
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"\xd0\x9f\xd0\xbe\xd1\x87\xd1\x82\xd0\xb0 is here\r\n"
    b'--b\r\nContent-Type: application/pdf; name="a.pdf"\r\n'
    b"Content-Disposition: attachment\r\n\r\n%PDF-\r\n--b--\r\n"
)


def _key() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Anna")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(now).not_valid_after(now + timedelta(days=1))
    return made.sign(key, hashes.SHA256()), key


def _signed(content: bytes) -> bytes:
    certificate, key = _key()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    builder = builder.add_signer(certificate, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def _in_pieces(tmp_path: Path, content: bytes) -> bytes:
    """As OpenSSL streams it: BER, lengths left open, the string in pieces."""
    certificate, key = _key()
    (tmp_path / "c.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "k.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    command = "openssl cms -sign -binary -nodetach -stream -outform DER -signer c.pem -inkey k.pem"
    done = subprocess.run(
        command.split(), cwd=tmp_path, input=content, capture_output=True, check=True
    )
    return done.stdout


def _mail(content: bytes, kind: str = "signed-data") -> bytes:
    return (
        b"From: Anna <anna@example.org>\r\nSubject: Signed\r\n"
        b'Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=%s\r\n'
        b"Content-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="smime.p7m"\r\n\r\n' % kind.encode()
    ) + encodebytes(content)


def _read_as_open(content: bytes) -> None:
    mail = parse(_mail(content))
    assert mail.subject == "Signed"
    assert mail.text.strip() == "Почта is here"
    assert [each.name for each in mail.attachments] == ["a.pdf"]
    assert mail.defects == ()


def test_what_was_signed_in_one_piece_is_read() -> None:
    _read_as_open(_signed(INSIDE))


def test_what_was_signed_as_a_stream_is_read(tmp_path: Path) -> None:
    _read_as_open(_in_pieces(tmp_path, INSIDE))


def test_a_signature_within_a_signature_is_opened_too() -> None:
    inner = _mail(_signed(INSIDE)).split(b"\r\n", 2)[2]
    _read_as_open(_signed(inner))


@pytest.mark.parametrize(
    "content",
    [b"", b"nothing", b"\x30\x80", _signed(INSIDE)[:40]],
    ids=["nothing", "words", "begun", "cut off"],
)
def test_what_cannot_be_opened_stays_a_file(content: bytes) -> None:
    mail = parse(_mail(content, "enveloped-data"))
    assert [each.name for each in mail.attachments] == ["smime.p7m"]


STANDING = _signed(INSIDE)


@given(place=st.integers(0, len(STANDING) - 1), sign=st.integers(0, 255), cut=st.booleans())
def test_no_changed_byte_makes_it_raise(*, place: int, sign: int, cut: bool) -> None:
    changed = bytearray(STANDING)
    changed[place] = sign
    signed_content(bytes(changed[:place] if cut else changed))


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_are_none(content: bytes) -> None:
    signed_content(b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80" + content)
