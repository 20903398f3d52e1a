"""`ambidesk mail parse` as a process: one object a line, whatever the files are."""

import json
import os
import resource
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from ambidesk.support.channels.mail.parsing import limits
from tests.edge.commands.console import PROGRAM, ambidesk, environment
from tests.waiting import PATIENCE_SECONDS

SHAPE = {
    "file": str,
    "message_id": str,
    "in_reply_to": str,
    "references": list,
    "from": list,
    "sender_verified": bool,
    "to": list,
    "cc": list,
    "reply_to": list,
    "subject": str,
    "date": (str, type(None)),
    "text": str,
    "html": str,
    "reply": str,
    "attachments": list,
    "kind": str,
    "bounce": (dict, type(None)),
    "defects": list,
}
KINDS = {"mail", "auto_reply", "bounce", "abuse_report", "list", "invitation"}
LETTER = b"""\
From: =?utf-8?b?0JDQvdC90LAg0J/QtdGC0YDQvtCy0LA=?= <anna@example.org>
To: Help <help@polka.example>, boris@example.net
Cc: ivan@example.net
Reply-To: anna@home.example
Subject: =?utf-8?q?=D0=A7=D0=B5=D0=BA?=
Date: Mon, 3 Mar 2025 10:15:00 +0300
Message-ID: <letter-2@example.org>
In-Reply-To: <letter-1@polka.example>
References: <letter-0@example.org> <letter-1@polka.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Here it is.

On Mon, Mar 3, 2025 at 9:00 AM Help <help@polka.example> wrote:
> Send us the receipt.
--b
Content-Type: image/png; name="receipt.png"
Content-Disposition: inline; filename="receipt.png"
Content-ID: <receipt@example.org>
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b--
"""
RETURNED = b"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example
To: help@polka.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; nobody@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
--b--
"""


def told(*files, **more):
    done = ambidesk("mail", "parse", "--json", *files, **more)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def computed_by_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def of_the_shape(found):
    assert list(found) == list(SHAPE)
    for name, kind in SHAPE.items():
        assert isinstance(found[name], kind), name
    assert found["kind"] in KINDS
    for one in (*found["from"], *found["to"], *found["cc"], *found["reply_to"]):
        assert list(one) == ["name", "address"]
    for one in found["attachments"]:
        assert list(one) == ["name", "content_type", "size", "inline", "content_id", "sha256"]
    return True


def test_a_mail_is_one_object_of_the_promised_shape(tmp_path) -> None:
    (tmp_path / "letter").write_bytes(LETTER)
    (found,) = told(tmp_path / "letter")
    assert of_the_shape(found)
    assert found["file"] == str(tmp_path / "letter")
    assert found["from"] == [{"name": "Анна Петрова", "address": "anna@example.org"}]
    assert found["sender_verified"] is True
    assert [one["address"] for one in found["to"]] == ["help@polka.example", "boris@example.net"]
    assert [one["address"] for one in found["cc"]] == ["ivan@example.net"]
    assert [one["address"] for one in found["reply_to"]] == ["anna@home.example"]
    assert found["subject"] == "Чек"
    assert found["date"] == "2025-03-03T10:15:00+03:00"
    assert found["message_id"] == "letter-2@example.org"
    assert found["in_reply_to"] == "letter-1@polka.example"
    assert found["references"] == ["letter-0@example.org", "letter-1@polka.example"]
    assert found["reply"] == "Here it is."
    assert found["attachments"] == [
        {
            "name": "receipt.png",
            "content_type": "image/png",
            "size": 8,
            "inline": True,
            "content_id": "receipt@example.org",
            "sha256": sha256(b"\x89PNG\r\n\x1a\n").hexdigest(),
        }
    ]
    assert (found["kind"], found["bounce"], found["defects"]) == ("mail", None, [])


def test_a_bounce_names_whom_it_is_about(tmp_path) -> None:
    (tmp_path / "returned").write_bytes(RETURNED)
    (found,) = told(tmp_path / "returned")
    assert found["kind"] == "bounce"
    assert found["bounce"] == {
        "recipient": "nobody@example.org",
        "action": "failed",
        "status": "5.1.1",
        "diagnostic": "550 5.1.1 no such user",
    }


def test_it_never_fails_whatever_the_files_are(tmp_path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    files = {
        "empty": b"",
        "noughts": b"\x00" * 10_000,
        "every byte": bytes(range(256)) * 100,
        "returns": b"From: a@b.example\rSubject: old Mac\r\rwords",
        "torn": LETTER[:700],
        "-dash": LETTER,
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    strange = tmp_path / os.fsdecode(b"\xff\xfe name")
    strange.write_bytes(LETTER)
    paths = [
        *(tmp_path / name for name in files),
        tmp_path,
        tmp_path / "nowhere",
        pipe,
        "/dev/null",
    ]
    found = told("--", *paths, strange, "")
    assert len(found) == len(paths) + 2
    assert all(map(of_the_shape, found))
    by_name = {Path(one["file"]).name: one for one in found}
    assert by_name["nowhere"]["defects"] == ["file-unreadable"]
    assert by_name[tmp_path.name]["defects"] == ["file-unreadable"]
    assert by_name["returns"]["subject"] == "old Mac"
    assert by_name["-dash"]["subject"] == "Чек"
    assert found[-2]["subject"] == "Чек"


def test_thirty_megabytes_are_read_as_far_as_the_limit_goes(tmp_path) -> None:
    large = tmp_path / "large"
    large.write_bytes(b"From: a@b.example\nSubject: long\n\n" + b"words and words\n" * 2_000_000)
    letter = tmp_path / "letter"
    letter.write_bytes(LETTER)
    found, after = told(large, letter)
    assert large.stat().st_size > 30_000_000 > limits.MAIL_BYTES
    assert found["subject"] == "long"
    assert {"mail-too-large", "text-too-long"} <= set(found["defects"])
    assert after["subject"] == "Чек"


def test_thousands_of_files_take_seconds(tmp_path) -> None:
    for number in range(2_000):
        (tmp_path / f"{number}").write_bytes(LETTER)
    before = computed_by_children()
    found = told(*sorted(tmp_path.iterdir()))
    assert len(found) == 2_000
    assert computed_by_children() - before < 60


def test_a_reader_who_goes_away_is_no_fault(tmp_path) -> None:
    letter = tmp_path / "letter"
    letter.write_bytes(LETTER)
    reading = subprocess.Popen(
        [*PROGRAM, "mail", "parse", "--json", *[str(letter)] * 500],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert reading.stdout is not None
    assert reading.stderr is not None
    reading.stdout.readline()
    reading.stdout.close()
    assert reading.stderr.read() == b""
    reading.stderr.close()
    reading.wait(timeout=PATIENCE_SECONDS)


def test_no_file_is_no_line() -> None:
    assert told() == []


def test_a_person_at_a_console_reads_what_matters(tmp_path) -> None:
    (tmp_path / "letter").write_bytes(LETTER)
    done = ambidesk("mail", "parse", tmp_path / "letter")
    assert "From: Анна Петрова <anna@example.org>\n" in done.stdout
    assert "Subject: Чек\n" in done.stdout
    assert "Files: receipt.png (8)\n" in done.stdout
    assert done.stdout.endswith("\n\nHere it is.\n\n")


def test_no_mail_moves_the_cursor_of_the_console(tmp_path) -> None:
    (tmp_path / "letter").write_bytes(
        b"From: a@b.example\nSubject: =?utf-8?b?G1sySmdvbmU=?=\n\n\x1b[2Jgone\x1b]0;title\x07"
    )
    done = ambidesk("mail", "parse", tmp_path / "letter")
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


@pytest.mark.parametrize("language", ["C", "ru_RU.UTF-8", "POSIX"])
def test_the_objects_are_ascii_in_every_locale(tmp_path, language) -> None:
    (tmp_path / "letter").write_bytes(LETTER)
    (found,) = told(tmp_path / "letter", LANG=language)
    assert found["subject"] == "Чек"
