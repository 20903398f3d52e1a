"""A process that sends, as a worker does: for tests that kill it."""

import sys
import threading

import django


def main() -> None:
    django.setup()
    # Models exist only now.
    from ambidesk.support.channels.mail.sending.lane import Sending  # noqa: PLC0415

    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    Sending().run(stop)


if __name__ == "__main__":
    main()
