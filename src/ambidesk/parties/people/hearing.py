"""Hearing: under how many names people write from one address; of many, it is nobody's own."""

from collections.abc import Iterable
from datetime import datetime

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.matching.cells import split_name
from ambidesk.parties.matching.sharing import SEVERAL_AT_A_BOX, different_names
from ambidesk.parties.people.events import IdentityShared
from ambidesk.parties.people.models import HeardName, Identity, IdentityKind

# Beyond these nothing more is learnt from one address.
MOST_NAMES = 20


def hear(spoken: Iterable[tuple[Identity, str]], *, by: Actor, at: datetime) -> None:
    """Note further names of whoever wrote; an address of several persons becomes a shared one."""
    further = {
        (identity.pk, name.strip()[:200]): identity
        for identity, name in spoken
        if name.strip()
        and identity.kind == IdentityKind.EMAIL
        and not identity.shared
        and name.strip()[:200] not in {identity.name, identity.value}
    }
    if not further:
        return
    HeardName.objects.bulk_create(
        [
            HeardName(identity=identity, name=name, first_at=at)
            for (_pk, name), identity in sorted(further.items(), key=lambda each: each[0])
        ],
        ignore_conflicts=True,
    )
    for identity in {each.pk: each for each in further.values()}.values():
        rows = HeardName.objects.filter(identity=identity).order_by("pk")
        names = [identity.name, *rows.values_list("name", flat=True)[:MOST_NAMES]]
        given = [split_name(name)["given"] for name in names if name.strip()]
        if different_names(given) >= SEVERAL_AT_A_BOX:
            _share(identity, by=by, at=at)


def _share(identity: Identity, *, by: Actor, at: datetime) -> None:
    if Identity.objects.filter(pk=identity.pk, shared=False).update(shared=True):
        event = IdentityShared(person_id=identity.person_id, identity_id=identity.pk)
        journal.record(event, by=by, at=at)
