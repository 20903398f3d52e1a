"""Skills of the story: who of the colleagues can what."""

from datetime import datetime

from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.staff.mastering import name_skill
from ambidesk.parties.staff.models import Member, Skill

SKILLS = {
    "English": ("olga", "svetlana", "helen", "daniel", "peter"),
    "Возвраты": ("olga", "ivan", "timur"),
    "Русский": ("marina", "olga", "ivan", "timur", "svetlana"),
    "Холодильное оборудование": ("svetlana", "peter"),
}


def name_skills(*, at: datetime) -> None:
    """Name them, unless they are there."""
    known = set(Skill.objects.values_list("name", flat=True))
    for name, who in SKILLS.items():
        if name not in known:
            addresses = [f"{each}@desk.example" for each in who]
            members = Member.objects.filter(user__email__in=addresses)
            name_skill(None, name=name, members=members, by=TELLER, at=at)
