"""The heap of a process that lives long: what it began with is not looked through again."""

import gc

# The collector comes after so many new things instead of seven hundred: a request makes more than
# these, and hardly any in a circle.
NEW_THINGS = 20_000


def settle() -> None:
    """
    Leave what lives now out of the collector's rounds: code, models, templates, addresses.

    They live as long as the process, and looking through them costs a request a tenth of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_THINGS)
