"""Remembering: colleagues of before, who appear in history and have no way in."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.models import User
from ambidesk.parties.people.models import Person
from ambidesk.parties.staff.events import MemberDismissed
from ambidesk.parties.staff.models import Member

# RFC 6761 6.4: no mail ever goes to a name under it.
NOWHERE = "former.invalid"


@transaction.atomic
def remember_many(names: Collection[str], *, by: Actor, at: datetime) -> Mapping[str, Member]:
    """Give each name a member with a closed account, which an administrator may open later."""
    wanted = sorted(names)
    users = [
        User(email=f"{uuid4().hex}@{NOWHERE}", name=name[:150], is_active=False, joined_at=at)
        for name in wanted
    ]
    for user in users:
        user.set_unusable_password()
    users = User.objects.bulk_create(users)
    persons = Person.objects.bulk_create([Person(name=name[:200], first_at=at) for name in wanted])
    members = Member.objects.bulk_create(
        [
            Member(person=person, user=user, since=at)
            for person, user in zip(persons, users, strict=True)
        ]
    )
    journal.record_many(
        [MemberDismissed(member_id=each.pk, user_id=each.user_id) for each in members], by=by, at=at
    )
    return dict(zip(wanted, members, strict=True))
