"""Who looks after the clients of the story: a manager who came after another one, an engineer."""

from datetime import datetime, timedelta
from typing import Final

from ambidesk.edge.commands.story.clients import CLIENTS
from ambidesk.edge.commands.story.pictures import portrait
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.companies.models import Company
from ambidesk.parties.staff.models import Member
from ambidesk.parties.staff.presenting import present
from ambidesk.parties.stewards.entrusting import entrust
from ambidesk.parties.stewards.models import Duty, Steward

MANAGER, BEFORE, ENGINEER = "svetlana@desk.example", "ivan@desk.example", "peter@desk.example"
SHOWN: Final = {
    MANAGER: ("Руководитель сервиса", "12 лет в холодильной технике", 18),
    ENGINEER: ("Ведущий инженер", "Группа по электробезопасности V", 23),
}
LOOKED_AFTER, IN_CHARGE = timedelta(days=400), timedelta(days=20)


def entrust_clients(*, at: datetime) -> None:
    """Give the first client a manager and an engineer, unless it has somebody."""
    if Steward.objects.exists():
        return
    company = Company.objects.get(name=CLIENTS[0].name)
    rows = Member.objects.filter(user__email__in=[MANAGER, BEFORE, ENGINEER])
    staff = {row.user.email: row for row in rows.select_related("user")}
    for login, (post, qualification, seed) in SHOWN.items():
        photo = portrait(seed=seed)
        present(staff[login], post=post, qualification=qualification, photo=photo, by=TELLER, at=at)
    for login, duty, ago in (
        (BEFORE, Duty.MANAGER, LOOKED_AFTER),
        (ENGINEER, Duty.ENGINEER, LOOKED_AFTER),
        (MANAGER, Duty.MANAGER, IN_CHARGE),
    ):
        entrust(company, staff[login], duty=duty, since=(at - ago).date(), by=TELLER, at=at)
