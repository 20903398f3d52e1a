"""Fast hands of the demo: macros of the two brands, and a second line of support for each."""

from datetime import datetime
from typing import Any

from ambidesk.edge.commands.story.scenery import LIFTS, SHOP
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.forming import form_team
from ambidesk.parties.staff.models import Member, Team
from ambidesk.parties.staff.models.team import Line
from ambidesk.support.desk.macros.writing import MacroText, write_macro
from ambidesk.support.desk.models import Macro

SECOND_LINES = {SHOP: "Сервис техники", LIFTS: "Engineering desk"}


def _do(action: str, **parameters: Any) -> dict[str, Any]:
    return {"action": action, "parameters": parameters}


MACROS: dict[str, dict[str, list[dict[str, Any]]]] = {
    SHOP: {
        "Возврат оформлен, решено": [
            _do("tickets.take"),
            _do(
                "desk.say",
                text="Здравствуйте, {{requester.name}}!\n\nВозврат по обращению "
                "№ {{ticket.number}} оформлен. Деньги вернутся в течение трёх дней.",
            ),
            _do("tickets.solve"),
        ],
        "Ждём фото до завтра": [
            _do("tickets.take"),
            _do("desk.say", text="{{requester.name}}, пришлите, пожалуйста, фото и чек."),
            _do("tickets.snooze_for", hours=24),
        ],
    },
    LIFTS: {
        "Engineer sent": [
            _do("tickets.take"),
            _do("tickets.prioritise", priority=3),
            _do("desk.say", text="Dear {{requester.name}},\n\nan engineer is on the way."),
            _do("tickets.wait", state="waiting_other"),
        ],
    },
}


def give_hands(*, at: datetime) -> None:
    """Make what is not there yet."""
    for slug, name in SECOND_LINES.items():
        brand = Brand.objects.filter(slug=slug).first()
        if brand is None:
            continue
        if not Team.objects.filter(name=name).exists():
            leads = Member.objects.filter(user__grants__role__key="team_lead", teams__brands=brand)
            form_team(
                None,
                name=name,
                brands=[brand],
                members=leads.distinct(),
                line=Line.SECOND,
                by=TELLER,
                at=at,
            )
        for title, steps in MACROS[slug].items():
            if not Macro.objects.filter(name=title).exists():
                said = MacroText(name=title, steps=steps, brand=brand)
                write_macro(None, said, by=TELLER, at=at)
