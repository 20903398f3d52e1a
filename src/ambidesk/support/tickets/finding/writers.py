"""Marks of writers: what `from:` is asked by."""

from ambidesk.ground.search.marks import marks_from
from ambidesk.parties.people.models import Identity


def marks_of_writer(identity: Identity | None, name: str = "") -> tuple[str, ...]:
    """Mark by whom something was written; an erased address marks nothing."""
    if identity is None:
        return marks_from(name=name, address="")
    return marks_from(name=f"{identity.name} {name}", address=identity.value)
