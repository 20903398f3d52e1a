"""
An endpoint that makes vectors: any that speaks as OpenAI's does, one's own or a provider's.

Source: OpenAI API reference, "Create embeddings".
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from ambidesk.ground.egress.calling import Call, CallFailed, call
from ambidesk.ground.search.pages.meaning.engine import NoAnswer, TextRefused, Vector

# Nobody waits longer for a question; texts are made vectors of in the background.
QUESTION_SECONDS, TEXTS_SECONDS = 1.5, 30.0
OK = 200
# Of what was sent; others are of the address, the key, or pass by themselves.
REFUSED = frozenset({400, 413, 422})
LONGEST_ANSWER = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An address without `/embeddings` at its end, a model, and a key if it needs one."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    least: float = 0.3

    @property
    def name(self) -> str:
        """What its vectors are told from others by."""
        return f"endpoint:{self.model}"[:120]

    def question(self, text: str) -> Vector:
        """
        Give the vector of a question.

        Raises:
            NoAnswer.
        """
        return self._asked([text], seconds=QUESTION_SECONDS)[0]

    def texts(self, texts: Sequence[str]) -> Sequence[Vector]:
        """
        Give the vectors of texts, in their order.

        Raises:
            NoAnswer, TextRefused.
        """
        return self._asked(texts, seconds=TEXTS_SECONDS)

    def _asked(self, texts: Sequence[str], *, seconds: float) -> Sequence[Vector]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        asked = {"model": self.model, "input": list(texts), "encoding_format": "float"}
        wanted = Call(
            method="POST",
            url=f"{self.url.rstrip('/')}/embeddings",
            headers=headers,
            body=json.dumps(asked).encode(),
            seconds=seconds,
            longest=LONGEST_ANSWER,
        )
        try:
            answer = call(wanted)
            if answer.status in REFUSED:
                raise TextRefused(f"status {answer.status}")
            if answer.status != OK:
                raise NoAnswer(f"status {answer.status}")
            return _vectors(json.loads(answer.body), number=len(texts))
        except (CallFailed, ValueError) as failed:
            raise NoAnswer(str(failed)) from failed


def _vectors(told: Any, *, number: int) -> Sequence[Vector]:
    """Read what came; each vector says of which text it is."""
    try:
        placed = {
            int(each["index"]): [float(x) for x in each["embedding"]] for each in told["data"]
        }
        found = [placed[place] for place in range(number)]
    except (KeyError, TypeError, ValueError, OverflowError) as wrong:
        raise NoAnswer("not what was agreed") from wrong
    if not found[0] or len({len(each) for each in found}) != 1:
        raise NoAnswer("vectors of no length")
    if not all(isfinite(x) for each in found for x in each):
        raise NoAnswer("vectors of no numbers")
    return found
