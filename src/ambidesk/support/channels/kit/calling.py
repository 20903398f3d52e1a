"""Calling the webhook: with the secret, again until it answers 2xx; on bad days twice or askew."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from enum import StrEnum

from ambidesk.support.channels.kit.updates import Told, Updates


class Mood(StrEnum):
    """How a messenger calls: as it should, each update two times, or the later one first."""

    SOBER = "sober"
    TWICE = "twice"
    ASKEW = "askew"


class Caller:
    """The thread that calls; `header` is where the secret stands."""

    def __init__(self, updates: Updates, *, header: str, resolve: Mapping[str, str]) -> None:
        self.url = ""
        self.secret = ""
        self.mood = Mood.SOBER
        self.answers: list[int] = []
        self._updates = updates
        self._header = header
        self.resolve = resolve
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def call(self, url: str, *, secret: str) -> None:
        """Call this address from now on; "" calls none."""
        self.url, self.secret = url, secret
        if url and not self._thread.is_alive():
            self._thread.start()

    def close(self) -> None:
        """Stop."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            if not self.url:
                self._stop.wait(0.05)
                continue
            for update in self._some(seconds=0.2):
                if not self._serve(update):
                    self._stop.wait(0.2)

    def _some(self, seconds: float = 0.0) -> list[Told]:
        many = 100 if self.mood is Mood.ASKEW else 1
        found = self._updates.after(None, limit=many, seconds=seconds)
        return found[::-1] if self.mood is Mood.ASKEW else found

    def _serve(self, update: Told) -> bool:
        times = 2 if self.mood is Mood.TWICE else 1
        if not all(self._deliver(update) for _time in range(times)):
            return False
        self._updates.drop(update)
        return True

    def _deliver(self, update: Told) -> bool:
        url = self.url
        for beginning, place in self.resolve.items():
            if url.startswith(beginning):
                url = place + url[len(beginning) :]
        request = urllib.request.Request(  # noqa: S310 a simulator calls its test
            url,
            data=json.dumps(update).encode(),
            headers={"Content-Type": "application/json", self._header: self.secret},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 as above
                self.answers.append(answer.status)
                return True
        except urllib.error.HTTPError as refused:
            self.answers.append(refused.code)
        except OSError:
            self.answers.append(0)
        return False
