"""Skills of the story: who of the colleagues can what, how well, and who soon is away."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.staff.absenting import Leave, enter_absence
from ambidesk.parties.staff.mastering import name_skill, rate
from ambidesk.parties.staff.models import Absence, AbsenceKind, Level, Member, Skill

SKILLS = {
    "English": ("olga", "svetlana", "helen", "daniel", "peter"),
    "Возвраты": ("olga", "ivan", "timur"),
    "Русский": ("marina", "olga", "ivan", "timur", "svetlana"),
    "Холодильное оборудование": ("svetlana", "peter"),
    "Заправка хладагентом": ("peter",),
}
LEVELS = {
    "English": {"helen": Level.TEACHES, "olga": Level.LEARNS},
    "Возвраты": {"olga": Level.TEACHES, "timur": Level.LEARNS},
    "Холодильное оборудование": {"peter": Level.TEACHES, "ivan": Level.LEARNS},
    "Заправка хладагентом": {"svetlana": Level.LEARNS},
}
AWAY, DEPUTY = "peter", "svetlana"
BEGINS_IN, LASTS = timedelta(days=3), timedelta(days=10)


def name_skills(*, at: datetime) -> None:
    """Name them, unless they are there."""
    known = set(Skill.objects.values_list("name", flat=True))
    staff = _staff()
    for name, who in SKILLS.items():
        if name not in known:
            members = [staff[each] for each in who if each in staff]
            skill = name_skill(None, name=name, members=members, by=TELLER, at=at)
            levels = LEVELS.get(name, {})
            rated = {staff[who].pk: level for who, level in levels.items() if who in staff}
            rate(skill, rated, by=TELLER, at=at)


def plan_absence(*, at: datetime) -> None:
    """Let a colleague go on holiday soon, unless one is planned."""
    staff = _staff()
    if AWAY not in staff or DEPUTY not in staff or Absence.objects.exists():
        return
    day = (at + BEGINS_IN).date()
    starts_at = datetime.combine(day, time(), tzinfo=get_default_timezone())
    leave = Leave(
        kind=AbsenceKind.HOLIDAY,
        starts_at=starts_at,
        ends_at=starts_at + LASTS,
        deputy=staff[DEPUTY],
    )
    enter_absence(staff[AWAY], leave, by=TELLER, at=at)


def _staff() -> dict[str, Member]:
    rows = Member.objects.filter(user__email__endswith="@desk.example").select_related("user")
    return {row.user.email.partition("@")[0]: row for row in rows}
