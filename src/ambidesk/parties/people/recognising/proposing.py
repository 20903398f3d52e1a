"""Proposing: resemblances of persons that are new or changed, found set-wise by their traces."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ambidesk.ground.kernel.journal import Entry
from ambidesk.parties.matching.commonness import Commonness
from ambidesk.parties.matching.deciding import Tier, is_name_only
from ambidesk.parties.matching.judging import Judgement, judge
from ambidesk.parties.matching.record import Record
from ambidesk.parties.people.events import (
    IdentityAdded,
    IdentityMoved,
    IdentityShared,
    IdentityVerified,
    PersonDescribed,
    PersonErased,
    PersonMet,
    PersonsParted,
)
from ambidesk.parties.people.models import Person, Resemblance, Verdict
from ambidesk.parties.people.recognising.describing import records_of
from ambidesk.parties.people.recognising.tracing import have_few_namesakes, near, trace

KINDS = tuple(
    event.kind
    for event in (
        PersonMet,
        PersonDescribed,
        IdentityAdded,
        IdentityMoved,
        IdentityShared,
        IdentityVerified,
        PersonErased,
        PersonsParted,
    )
)
# Of whom beside its subject an entry tells.
OTHERS = {IdentityMoved.kind: "before_id", PersonsParted.kind: "other_id"}


def follow(entries: Sequence[Entry], *, at: datetime) -> int:
    """Look at everybody of whom the entries tell; say how many resemblances there are."""
    persons = {entry.subject_id for entry in entries}
    persons |= {
        int(entry.data[name])
        for entry in entries
        for name in [OTHERS.get(entry.kind)]
        if name is not None
    }
    return propose(persons, at=at) if persons else 0


@transaction.atomic
def propose(persons: Iterable[int], *, at: datetime) -> int:
    """
    Find who may be one with these persons, and say how many pairs there are.

    What was judged stays judged; a proposal that nobody looked at goes when its reasons are gone.
    """
    looked_at = set(persons)
    records = records_of(looked_at)
    trace(records, gone=looked_at - set(records))
    pairs = {(min(pair), max(pair)) for pair in near(records)}
    records |= records_of({each for pair in pairs for each in pair} - set(records))
    found = list(_alike(sorted(pairs), records))
    _forget_others(looked_at, {(int(each.left), int(each.right)) for each in found})
    Resemblance.objects.bulk_create(
        [
            Resemblance(
                one_id=min(int(each.left), int(each.right)),
                other_id=max(int(each.left), int(each.right)),
                score=round(each.score, 1),
                reasons={name: int(level) for name, level in each.agreement.told().items()},
                found_at=at,
            )
            for each in found
        ],
        update_conflicts=True,
        unique_fields=["one", "other"],
        update_fields=["score", "reasons"],
    )
    return len(found)


def _alike(pairs: list[tuple[int, int]], records: dict[int, Record]) -> Iterable[Judgement]:
    commonness = Commonness()
    wholes = dict(Person.objects.filter(pk__in=records).values_list("pk", "whole"))
    rare: dict[int, bool] = {}
    for one, other in pairs:
        if one not in records or other not in records or wholes[one] == wholes[other]:
            continue
        judged = judge(records[one], records[other], commonness=commonness)
        if judged.tier is Tier.NOTHING:
            continue
        if is_name_only(judged.agreement):
            if one not in rare:
                rare[one] = have_few_namesakes(records[one])
            if not rare[one]:
                continue
        yield judged


def _forget_others(persons: set[int], found: set[tuple[int, int]]) -> None:
    standing = {tuple(sorted(pair)) for pair in found}
    rows = Resemblance.objects.filter(
        Q(one__in=persons) | Q(other__in=persons), verdict=Verdict.OPEN
    )
    gone = [
        pk
        for pk, one, other in rows.values_list("pk", "one", "other")
        if (one, other) not in standing
    ]
    Resemblance.objects.filter(pk__in=gone).delete()
