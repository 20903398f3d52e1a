"""Calling the webhook: in order, with the secret, again until it answers 2xx; at times twice."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping

from ambidesk.support.channels.telegram.simulator.updates import Told, Updates


class Caller:
    """The thread that calls; `twice` has each update come two times."""

    def __init__(self, updates: Updates, *, resolve: Mapping[str, str]) -> None:
        self.url = ""
        self.secret = ""
        self.twice = False
        self.answers: list[int] = []
        self._updates = updates
        self._resolve = resolve
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
            update = self._updates.peek(0.2) if self.url else None
            if update is None:
                self._stop.wait(0.05)
            elif self._deliver(update):
                if self.twice:
                    self._deliver(update)
                self._updates.drop(update)
            else:
                self._stop.wait(0.2)

    def _deliver(self, update: Told) -> bool:
        url = self.url
        for beginning, place in self._resolve.items():
            if url.startswith(beginning):
                url = place + url[len(beginning) :]
        request = urllib.request.Request(  # noqa: S310 a simulator calls its test
            url,
            data=json.dumps(update).encode(),
            headers={
                "Content-Type": "application/json",
                "X-Telegram-Bot-Api-Secret-Token": self.secret,
            },
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
