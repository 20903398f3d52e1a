"""A page with the widget on it, in a browser that holds a token."""

import json
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from ambidesk.support.conversations.models import Channel

SITE = "https://polka.example"


class Page:
    """A page with the widget on it, in a browser that holds a token."""

    def __init__(self, widget: Channel, *, origin: str = SITE) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.widget, self.origin, self.token = widget, origin, ""

    def ask(self, method: str, path: str, body: Any = None, **more: str) -> HttpResponse:
        headers = {"Origin": self.origin, "Accept": "application/json", **more}
        if self.token:
            headers["Authorization"] = f"Visitor {self.token}"
        return self.client.generic(
            method,
            f"/widget/{self.widget.address}/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=headers,
        )

    def begin(self, **guest: Any) -> dict[str, Any]:
        answer = self.ask("POST", "visit", {"name": "Vera", **guest})
        assert answer.status_code == 201, answer.content
        told: dict[str, Any] = answer.json()
        self.token = told["token"]
        return told

    def say(self, text: str, **more: Any) -> HttpResponse:
        return self.ask("POST", "words", {"key": str(uuid4()), "text": text, **more})

    def bring(self, name: str, content: bytes) -> HttpResponse:
        return self.client.post(
            f"/widget/{self.widget.address}/files",
            {"file": SimpleUploadedFile(name, content)},
            headers={"Origin": self.origin, "Authorization": f"Visitor {self.token}"},
        )
