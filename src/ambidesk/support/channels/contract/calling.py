"""Calling: one call of a messenger; whether it may have arrived is known when it fails."""

from ambidesk.ground.egress.calling import Answer, Call, CallFailed, call
from ambidesk.support.channels.contract.failure import Failure, unknown
from ambidesk.support.channels.contract.troubles import trouble_of


def called(wanted: Call) -> Answer:
    """
    Call a messenger.

    Raises:
        Failure: there was no answer.
    """
    try:
        return call(wanted)
    except CallFailed as failed:
        trouble = trouble_of(failed.cause)
        raise (unknown(trouble) if failed.may_have_arrived else Failure(trouble)) from failed
