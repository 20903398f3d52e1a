"""A newcomer of the story: who goes along, what there is to read, and how far they are."""

from datetime import datetime, timedelta
from typing import Final

from ambidesk.edge.commands.story.scenery import LIFTS
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.staff.mentoring import give_mentor
from ambidesk.parties.staff.models import Member, Mentoring
from ambidesk.support.knowledge.models import Article
from ambidesk.support.knowledge.teaching import set_lessons, tick

NEWCOMER, MENTOR = "daniel@desk.example", "svetlana@desk.example"
LASTS: Final = timedelta(days=45)
LESSONS = 4


def take_in(*, at: datetime) -> None:
    """Give a newcomer a mentor and a path, unless somebody has one; a first article is read."""
    if Mentoring.objects.exists():
        return
    staff = {
        row.user.email: row
        for row in Member.objects.filter(user__email__in=[NEWCOMER, MENTOR]).select_related("user")
    }
    newcomer = staff[NEWCOMER]
    give_mentor(newcomer, staff[MENTOR], until=(at + LASTS).date(), by=TELLER, at=at)
    articles = Article.objects.filter(brands__slug=LIFTS).distinct().order_by("pk")[:LESSONS]
    first, *_others = set_lessons(newcomer, list(articles), by=TELLER, at=at)
    tick(first, is_read=True, by=actor_of(newcomer.user), at=at)
