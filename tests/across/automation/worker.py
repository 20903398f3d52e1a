"""A worker of its own: subscriber and lane of rules, until its input ends."""

import os
import select
import sys
from datetime import UTC, datetime

import django

django.setup()

from ambidesk.across.automation.running import run_due  # noqa: E402 after the set-up
from ambidesk.ground.kernel import subscribers  # noqa: E402 after the set-up


def main() -> None:
    """Work as the lanes do, one look after the other."""
    (rules,) = [each for each in subscribers.subscriptions() if each.name == "rules"]
    os.write(1, b"ready\n")
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        subscribers.drain(rules)
        run_due(at=datetime.now(UTC))


main()
