"""Mails that people of a measurement send: each from an address of its own, about two kilobytes."""

WORDS = "The lift stands between two floors since this morning, please send somebody. " * 14


def sender_of(client: int, serial: int) -> str:
    """The address of the person who sends this mail and no other."""
    return f"person{client}-{serial}@example.org"


def mail_of(client: int, serial: int) -> bytes:
    """Write the mail of one person."""
    lines = (
        f"From: Person {serial} <{sender_of(client, serial)}>",
        "To: help@one.example",
        f"Subject: Request {serial} of {client}",
        f"Message-ID: <{client}.{serial}@example.org>",
        "Date: Mon, 2 Mar 2026 09:00:00 +0000",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "",
        f"{WORDS}Number {serial}.",
        "",
    )
    return "\r\n".join(lines).encode()
