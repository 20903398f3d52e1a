"""Visiting a form: its page is read, filled in and sent as a browser does it."""

import re
from hashlib import sha256
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from ambidesk.ground.fields.models import Definition
from ambidesk.support.channels.webform import taking_in
from ambidesk.support.tickets.models import Ticket

SITE = "https://polka.example"
URL = "/forms/leak"


def hidden_of(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def solved(token: str) -> str:
    bits, number = int(token.split(".")[2]), 0
    while int.from_bytes(sha256(f"{token}:{number}".encode()).digest()) >> (256 - bits):
        number += 1
    return str(number)


def typed_in(client: Client, fields: dict[str, Definition], **more: Any) -> dict[str, Any]:
    hidden = hidden_of(client.get(f"{URL}?language=en").content.decode())
    hidden["solution"] = solved(hidden["challenge"])
    values = {
        "email": "Anna@Example.org",
        "name": "Anna",
        "text": "Water on the floor",
        fields["leaks"].spec.name: "yes",
        fields["where"].spec.name: str(fields["where"].spec.options[1].id),
    }
    return {**hidden, **values, **more}


def sent(client: Client, values: dict[str, Any], **headers: str) -> HttpResponse:
    told = {"Accept": "application/json", **headers}
    return client.post(f"{URL}?language=en", values, headers=told)  # type: ignore[return-value]


def taken_ticket() -> Ticket:
    taking_in.run_once()
    return Ticket.objects.get()
