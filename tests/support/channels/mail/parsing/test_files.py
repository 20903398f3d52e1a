"""Files: what the sender called them, and never a path."""

import pytest

from tests.support.channels.mail.parsing.writing import parts

NAMED = [
    ('name="bill.pdf"', "", "bill.pdf"),
    ("", 'attachment; filename="bill.pdf"', "bill.pdf"),
    ('name="old.pdf"', 'attachment; filename="bill.pdf"', "bill.pdf"),
    ("", "attachment; filename=Bill of March.pdf", "Bill of March.pdf"),
    ("", "attachment; filename*=utf-8''%D1%87%D0%B5%D0%BA.pdf", "чек.pdf"),
    ("", "attachment; filename*=utf-8'ru'%D1%87%D0%B5%D0%BA.pdf; filename=x.pdf", "чек.pdf"),
    ("", 'attachment; filename*0="long "; filename*1=name.pdf', "long name.pdf"),
    ("", 'attachment; filename*1="b.pdf"; filename*0="a"', "ab.pdf"),
    (
        "",
        "attachment; filename*0*=utf-8''%D1%87; filename*1*=%D0%B5%D0%BA; filename*2=.pdf",
        "чек.pdf",
    ),
    ("", 'attachment; filename="=?utf-8?b?0YfQtdC6LnBkZg==?="', "чек.pdf"),
    ("", 'attachment; filename="=?utf-8?b?0YfQtQ==?=\n =?utf-8?b?0LoucGRm?="', "чек.pdf"),
    ("name==?koi8-r?Q?=DE=C5=CB.pdf?=", "", "чек.pdf"),
    ("", 'attachment; filename="чек.pdf"', "чек.pdf"),
    ("", 'attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'),
    ("", "attachment; filename='bill.pdf'", "bill.pdf"),
    ("", 'attachment; filename="unclosed.pdf', "unclosed.pdf"),
    ("", 'attachment; filename="../../etc/passwd"', "passwd"),
    ("", 'attachment; filename="C:\\\\Users\\\\anna\\\\bill.pdf"', "bill.pdf"),
    ("", 'attachment; filename="/"', ""),
    ("", 'attachment; filename=".."', ""),
    ("", "attachment; filename*=utf-8''bill%00%0A.pdf", "bill.pdf"),
    ("", "attachment; filename*=utf-8''fdp.%E2%80%AEexe", "fdp.exe"),
    ("", "attachment; filename*=utf-8''bill%2F..%2Fx.pdf", "x.pdf"),
    ("", 'attachment; filename="' + "a" * 300 + '.pdf"', "a" * 251 + ".pdf"),
    ("", "attachment", ""),
    ("", 'attachment; filename="two  spaces.pdf"', "two  spaces.pdf"),
]


@pytest.mark.parametrize("kind, disposition, name", NAMED)
def test_a_file_is_called_what_its_sender_called_it(kind: str, disposition: str, name: str) -> None:
    head = f"Content-Type: application/pdf{'; ' if kind else ''}{kind}\n"
    head += f"Content-Disposition: {disposition}\n" if disposition else ""
    mail = parts("Content-Type: text/plain\n\nwords", f"{head}\n%PDF-1.4")
    assert [one.name for one in mail.attachments] == [name]
    assert mail.attachments[0].content == b"%PDF-1.4"


@pytest.mark.parametrize(
    "kind",
    [
        "application/pdf",
        "Application/PDF",
        "application/pdf;",
        "application/pdf (a document)",
        '"application/pdf"',
    ],
)
def test_a_type_is_read_however_it_is_written(kind: str) -> None:
    mail = parts("Content-Type: text/plain\n\nwords", f"Content-Type: {kind}\n\n%PDF-1.4")
    assert mail.attachments[0].content_type == "application/pdf"


def test_size_and_digest_are_of_the_decoded_content() -> None:
    mail = parts(
        "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\naGVsbG8=",
    )
    one = mail.attachments[0]
    assert one.size_bytes == 5
    assert one.sha256 == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
