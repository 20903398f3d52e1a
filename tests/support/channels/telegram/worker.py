"""A process that hears and sends for bots, as a worker does: for tests that kill it."""

import sys
import threading

import django


def main() -> None:
    django.setup()
    # Models exist only now.
    from ambidesk.ground.kernel.pumps import Lane  # noqa: PLC0415
    from ambidesk.support.channels.intake.lane import run_once  # noqa: PLC0415
    from ambidesk.support.channels.polling.lane import Polling  # noqa: PLC0415
    from ambidesk.support.channels.sending.lane import Sending  # noqa: PLC0415
    from ambidesk.support.channels.sending.posting import post_office  # noqa: PLC0415

    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    lanes = [
        Lane("connector-intake", run_once, every=0.1),
        Polling(),
        Sending({"telegram": post_office}),
    ]
    threads = [threading.Thread(target=lane.run, args=(stop,)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
