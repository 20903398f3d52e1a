"""A process that sends, as a worker does: for tests that kill it."""

import sys
import threading

import django


def main() -> None:
    django.setup()
    # Models exist only now.
    from ambidesk.support.channels.mail.sending.posting import post_office  # noqa: PLC0415
    from ambidesk.support.channels.sending.lane import Sending  # noqa: PLC0415

    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    Sending({"email": post_office}).run(stop)


if __name__ == "__main__":
    main()
