"""Mastering: skills are named, and members have them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.events import SkillNamed
from ambidesk.parties.staff.models import Level, Mastery, Member, Skill


class SkillNameTaken(InvalidInput):
    """Another skill has the name."""

    sentence = _("Another skill has this name.")


class SkillArchived(InvalidInput):
    """Nobody is rated in what is out of use."""

    sentence = _("The skill “%(name)s” is archived.")


@transaction.atomic
def name_skill(
    skill: Skill | None, *, name: str, members: Iterable[Member], by: Actor, at: datetime
) -> Skill:
    """
    Name a skill, or change the one given; just these members have it, at the level they had.

    Raises:
        SkillNameTaken: another skill has the name.
    """
    row = Skill.objects.select_for_update().get(pk=skill.pk) if skill else Skill()
    row.name = name.strip()[:60]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise SkillNameTaken(field="name") from taken
    wanted = sorted(members, key=lambda member: member.pk)
    Mastery.objects.filter(skill=row).exclude(member__in=wanted).delete()
    Mastery.objects.bulk_create(
        [Mastery(skill=row, member=member, since=at) for member in wanted], ignore_conflicts=True
    )
    event = SkillNamed(skill_id=row.pk, member_ids=[member.pk for member in wanted])
    journal.record(event, by=by, at=at)
    return row


@transaction.atomic
def rate(skill: Skill, levels: Mapping[int, Level | None], *, by: Actor, at: datetime) -> Skill:
    """
    Say how well members, by their ids, can do something; None is not at all, others stay.

    Raises:
        SkillArchived: it is out of use.
    """
    row = Skill.objects.select_for_update().get(pk=skill.pk)
    if row.archived_at:
        raise SkillArchived(name=row.name)
    lost = [member for member, level in levels.items() if level is None]
    Mastery.objects.filter(skill=row, member__in=lost).delete()
    Mastery.objects.bulk_create(
        [
            Mastery(skill=row, member_id=member, level=level, since=at)
            for member, level in sorted(levels.items())
            if level is not None
        ],
        update_conflicts=True,
        unique_fields=["skill", "member"],
        update_fields=["level"],
    )
    members = list(row.masteries.order_by("member").values_list("member", flat=True))
    journal.record(SkillNamed(skill_id=row.pk, member_ids=members), by=by, at=at)
    return row


@transaction.atomic
def archive_skill(skill: Skill, *, by: Actor, at: datetime) -> None:
    """Take a skill out of use, or into use again when it was out."""
    row = turn(skill, at=at)
    members = list(row.masteries.order_by("member").values_list("member", flat=True))
    journal.record(SkillNamed(skill_id=row.pk, member_ids=members), by=by, at=at)
