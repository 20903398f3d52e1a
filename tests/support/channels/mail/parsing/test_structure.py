"""Structure: parts, boundaries and transfer encodings, right and wrong."""

import base64

import pytest

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.reading import parse
from tests.support.channels.mail.parsing.writing import HEAD, page, parts, read

TEXT = "Content-Type: text/plain\n\n"
HTML = "Content-Type: text/html\n\n"
PICTURE = "Content-Type: image/png; name=p.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo="


def names(mail) -> list[str]:
    return [one.name for one in mail.attachments]


def test_of_alternatives_the_plain_one_is_the_text_and_the_html_one_the_page() -> None:
    mail = page("<p>as <b>HTML</b></p>", "as text")
    assert mail.text == "as text"
    assert mail.html == "<p>as <b>HTML</b></p>"


def test_html_alone_is_seen_as_text() -> None:
    mail = page("<p>One</p><p>Two<br>Three</p><ul><li>four</ul>")
    assert mail.text == "One\n\nTwo\nThree\n\n- four"


def test_parts_beside_each_other_are_read_one_after_the_other() -> None:
    mail = parts(f"{TEXT}first", PICTURE, f"{TEXT}second")
    assert mail.text.split() == ["first", "second"]
    assert names(mail) == ["p.png"]


def test_text_and_html_beside_each_other_are_both_seen_in_both() -> None:
    mail = parts(f"{TEXT}first", f"{HTML}<p>second</p>")
    assert mail.text.split() == ["first", "second"]
    assert "first" in mail.html
    assert "second" in mail.html


def test_pictures_of_a_page_are_inline_by_their_content_id() -> None:
    picture = PICTURE.replace("\n\n", "\nContent-ID: <logo@x.example>\n\n")
    mail = parts(f'{HTML}<p>Hi <img src="cid:logo@x.example"></p>', picture, kind="related")
    assert mail.html == '<p>Hi <img src="cid:logo@x.example"></p>'
    assert [(one.content_id, one.is_inline) for one in mail.attachments] == [
        ("logo@x.example", True)
    ]


def test_an_attachment_with_a_content_id_is_still_an_attachment() -> None:
    head = "Content-ID: <1>\nContent-Disposition: attachment; filename=p.png\n\n"
    mail = parts(f"{TEXT}words", PICTURE.replace("\n\n", f"\n{head}"))
    assert [one.is_inline for one in mail.attachments] == [False]


def test_a_named_text_is_a_file_and_is_said_where_nothing_else_is() -> None:
    inline = "Content-Type: text/plain\nContent-Disposition: inline; filename=note.txt\n\nthe note"
    beside = parts(f"{TEXT}words", inline)
    assert (beside.text.strip(), names(beside)) == ("words", ["note.txt"])
    alone = parts(inline)
    assert (alone.text, names(alone)) == ("the note", ["note.txt"])
    attached = parts(inline.replace("inline", "attachment"))
    assert (attached.text, names(attached)) == ("", ["note.txt"])


def test_nested_multiparts_are_read_in_order() -> None:
    inner = (
        "Content-Type: multipart/alternative; boundary=in\n\n"
        f"--in\n{TEXT}plain\n--in\n{HTML}<b>bold</b>\n--in--"
    )
    mail = parts(inner, PICTURE)
    assert (mail.text.strip(), mail.html.strip()) == ("plain", "<b>bold</b>")


@pytest.mark.parametrize("boundary", ['"a b"', "a=b", '"a/b:c?d"', "a(b)", '"--a--"', "a" * 120])
def test_boundaries_of_any_kind_cut(boundary: str) -> None:
    line = boundary.strip('"')
    mail = read(
        f"{HEAD}Content-Type: multipart/mixed; boundary={boundary}\n\n"
        f"--{line}\n{TEXT}words\n--{line}\n{PICTURE}\n--{line}--\n"
    )
    assert (mail.text.strip(), names(mail)) == ("words", ["p.png"])


def test_a_boundary_that_begins_like_another_does_not_cut_it() -> None:
    mail = read(
        f"{HEAD}Content-Type: multipart/mixed; boundary=cut\n\n--cut\n"
        f"Content-Type: multipart/alternative; boundary=cut2\n\n--cut2\n{TEXT}plain\n--cut2\n"
        f"{HTML}<i>slanted</i>\n--cut2--\n--cut\n{PICTURE}\n--cut--\n"
    )
    assert (mail.text.strip(), names(mail)) == ("plain", ["p.png"])


def test_a_missing_close_or_boundary_is_noted_and_read_around() -> None:
    unclosed = read(f"{HEAD}Content-Type: multipart/mixed; boundary=cut\n\n--cut\n{TEXT}words")
    assert unclosed.text == "words"
    assert Defect.BOUNDARY_UNCLOSED in unclosed.defects
    unnamed = read(f"{HEAD}Content-Type: multipart/mixed\n\n--cut\n{TEXT}words\n--cut--\n")
    assert unnamed.text.strip() == "words"
    assert Defect.BOUNDARY_MISSING in unnamed.defects
    wrong = read(
        f"{HEAD}Content-Type: multipart/mixed; boundary=other\n\n--cut\n{TEXT}words\n--cut--"
    )
    assert wrong.text.strip() == "words"
    none = read(f"{HEAD}Content-Type: multipart/mixed; boundary=cut\n\nNo parts at all.")
    assert none.text == "No parts at all."
    assert Defect.BOUNDARY_MISSING in none.defects


@pytest.mark.parametrize(
    "encoding", ["", "7bit", "8bit", "8bits", "binary", "7-bit", "plain", "none"]
)
def test_encodings_that_change_nothing_change_nothing(encoding: str) -> None:
    line = f"Content-Transfer-Encoding: {encoding}\n" if encoding else ""
    mail = read(f"{HEAD}Content-Type: text/plain; charset=utf-8\n{line}\n2=3 и так далее")
    assert mail.text == "2=3 и так далее"


@pytest.mark.parametrize("encoding", ["base64", "BASE64", "Base64;", '"base64"'])
def test_base64_is_undone_however_it_is_written(encoding: str) -> None:
    coded = base64.encodebytes(("слова " * 50).encode()).decode()
    mail = read(
        f"{HEAD}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{coded}"
    )
    assert mail.text == "слова " * 50


def test_broken_base64_gives_what_can_be_had_and_is_noted() -> None:
    coded = base64.b64encode(b"some words and more").decode()
    torn = read(f"{HEAD}Content-Transfer-Encoding: base64\n\n{coded[:12]}!!{coded[12:-3]}")
    assert torn.text.startswith("some words and m")
    assert Defect.ENCODING_BROKEN in torn.defects
    never = read(f"{HEAD}Content-Transfer-Encoding: base64\n\nNobody encoded this.\n")
    assert never.text == "Nobody encoded this.\n"


def test_a_footer_that_a_list_put_behind_base64_is_kept() -> None:
    coded = base64.encodebytes(b"the words").decode()
    mail = read(
        f"{HEAD}Content-Transfer-Encoding: base64\n\n{coded}\n____\nUnsubscribe at any time\n"
    )
    assert mail.text.startswith("the words\n")
    assert "Unsubscribe" in mail.text


def test_an_unknown_encoding_is_noted_and_left_alone() -> None:
    mail = read(f"{HEAD}Content-Transfer-Encoding: x-rot47\n\nwords")
    assert mail.text == "words"
    assert Defect.ENCODING_UNKNOWN in mail.defects


def test_flowed_text_is_joined_and_its_quotes_stay() -> None:
    mail = read(
        f"{HEAD}Content-Type: text/plain; format=flowed\n\none \ntwo\n> quoted \n> on\n-- \nAnna\n"
    )
    assert mail.text == "one two\n> quoted on\n-- \nAnna\n"


def test_uuencoded_files_in_a_text_are_files() -> None:
    mail = read(f"{HEAD}\nHere:\nbegin 644 hello.txt\n%:&5L;&\\\n`\nend\nBye\n")
    assert [(one.name, one.content) for one in mail.attachments] == [("hello.txt", b"hello")]
    assert mail.text == "Here:\nBye\n"


def test_the_word_begin_makes_no_file() -> None:
    said = "Let us\nbegin 644 times\nand then\nend\n"
    mail = read(f"{HEAD}\n{said}")
    assert (mail.text, mail.attachments) == (said, ())


def test_bytes_that_are_called_text_are_a_file() -> None:
    raw = (HEAD + "Content-Type: text/plain; name=scan.txt\n\n").encode() + bytes(range(256)) * 20
    mail = parse(raw)
    assert (mail.text, names(mail)) == ("", ["scan.txt"])
    assert mail.attachments[0].content_type == "application/octet-stream"


def test_a_few_noughts_in_a_text_are_dropped_and_noted() -> None:
    mail = parse((HEAD + "\n").encode() + b"some\x00 words and more of them, quite a few")
    assert mail.text == "some words and more of them, quite a few"
    assert Defect.NULL_BYTES in mail.defects


def test_noughts_leave_a_named_text_that_is_said_too() -> None:
    inline = "Content-Type: text/plain\nContent-Disposition: inline; filename=note.txt\n\nthe \x00note, which is long"
    assert parts(inline).text == "the note, which is long"


def test_parts_without_number_and_depth_are_cut_off_and_noted() -> None:
    many = parts(*[f"{TEXT}{n}" for n in range(500)])
    assert Defect.PARTS_TOO_MANY in many.defects
    assert len(many.text.split()) <= limits.PARTS
    deep = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000)
    )
    mail = read(f"{HEAD}{deep}{TEXT}bottom")
    assert Defect.PARTS_TOO_DEEP in mail.defects


def test_a_mail_beyond_the_limit_is_read_up_to_it() -> None:
    mail = parse((HEAD + "\n").encode() + b"w" * (limits.MAIL_BYTES + 1))
    assert mail.subject == "A question"
    assert {Defect.MAIL_TOO_LARGE, Defect.TEXT_TOO_LONG} <= set(mail.defects)
