"""Submissions: what somebody typed into a form, as it lies raw in intake, files and all."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file as it came."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What was typed; `answers` are JSON by the ids of fields, `page` is where it was embedded."""

    name: str
    email: str
    text: str
    language: str
    page: str = ""
    # The random word of a label, where somebody came by scanning it.
    asset: str = ""
    answers: Mapping[int, Any] = field(default_factory=dict)
    files: tuple[Enclosure, ...] = ()

    def raw(self) -> bytes:
        """The bytes that are committed."""
        files = [
            {"name": each.name, "content": b64encode(each.content).decode()} for each in self.files
        ]
        answers = {str(key): value for key, value in self.answers.items()}
        facts = {
            "name": self.name,
            "email": self.email,
            "text": self.text,
            "language": self.language,
            "page": self.page,
            "asset": self.asset,
            "answers": answers,
            "files": files,
        }
        return json.dumps(facts, ensure_ascii=False).encode()

    @classmethod
    def read(cls, raw: bytes) -> "Submission":
        """Read what was committed."""
        facts = json.loads(raw)
        return cls(
            name=facts["name"],
            email=facts["email"],
            text=facts["text"],
            language=facts["language"],
            page=facts["page"],
            asset=facts.get("asset", ""),
            answers={int(key): value for key, value in facts["answers"].items()},
            files=tuple(
                Enclosure(name=each["name"], content=b64decode(each["content"]))
                for each in facts["files"]
            ),
        )
