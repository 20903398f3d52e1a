"""Machines without a network: a client that sends a key and speaks JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from ambidesk.ground.reach import scopes
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.keying import Issued, KeyText, issue_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer as a program sees it."""

    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Somebody else's program."""

    token: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Said:
        """Ask the API; header names are written with underscores."""
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = b"" if body is None else body if isinstance(body, bytes) else _json(body)
        answer: HttpResponse = Client().generic(  # type: ignore[assignment]  # a response of Django's client
            method,
            path if path.startswith("/") else f"/api/v1/{path}",
            data,
            content_type="application/json",
            headers={**self.headers, **sent, **named},
        )
        return read(answer)

    def upload(self, name: str, content: bytes, path: str = "uploads", **headers: str) -> Said:
        """Bring a file, as a form does."""
        file = SimpleUploadedFile(name, content)
        sent = {"Authorization": f"Bearer {self.token}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        answer: HttpResponse = Client().post(  # type: ignore[assignment]  # a response of Django's client
            f"/api/v1/{path}", {"file": file}, headers={**self.headers, **sent}
        )
        return read(answer)

    def get(self, path: str, **headers: str) -> Said:
        """Read something."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Said:
        """Make something."""
        return self.ask("POST", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Said:
        """Change something."""
        return self.ask("PATCH", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Said:
        """Set something."""
        return self.ask("PUT", path, {} if body is None else body, **headers)

    def delete(self, path: str, **headers: str) -> Said:
        """Take something away."""
        return self.ask("DELETE", path, **headers)


def read(answer: HttpResponse) -> Said:
    """Read an answer of Django's client."""
    content = b"" if answer.streaming else answer.content
    is_json = "json" in answer.get("Content-Type", "")
    return Said(
        status=answer.status_code,
        body=json.loads(content) if is_json and content else content,
        headers=dict(answer.headers.items()),
    )


def issued(
    chosen: Sequence[str] = (), *, brands: Sequence[int] = (), at: datetime, **more: Any
) -> Issued:
    """A key with these scopes, or with all."""
    text = KeyText(
        name="Shop system",
        scopes=chosen or [scope.key for scope in scopes.all_scopes()],
        brand_ids=brands,
        per_minute=more.pop("per_minute", 100_000),
        **more,
    )
    return issue_key(text, by=SYSTEM, at=at)


def _json(body: Any) -> bytes:
    return json.dumps(body).encode()
