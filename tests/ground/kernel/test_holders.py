"""Leases of processes that are gone are told from those of the living."""

import os
import subprocess
import sys

from ambidesk.ground.kernel import holders

PRINT = "from ambidesk.ground.kernel import holders; print(holders.me()); input()"


def test_a_living_process_is_not_gone_and_a_dead_one_is() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PRINT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    name = process.stdout.readline().strip()
    assert not holders.is_gone(name)
    process.kill()
    process.stdout.read()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    # Killed, and its exit not yet read by its parent.
    assert holders.is_gone(name)
    process.communicate()
    assert holders.is_gone(name)


def test_a_number_that_was_given_anew_is_another_process() -> None:
    place, _space, _process = holders.me().rpartition(" ")
    assert holders.is_gone(f"{place} {os.getpid()}:1")


def test_processes_of_other_machines_and_nameless_ones_are_never_judged() -> None:
    assert not holders.is_gone(f"another pid:[1] {2**22}:1")
    assert not holders.is_gone("")
    assert not holders.is_gone(holders.me())
