"""
Ready-made processes in both languages: a talk, an incident, a repair, planned work, a complaint.

Plain plans to begin with; whoever takes one changes it as they like.
"""

from dataclasses import dataclass
from datetime import timedelta

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.service.workflow.rules.plan import (
    Deadline,
    Item,
    Plan,
    Stage,
    StageKind,
    Transition,
)

HOUR = timedelta(hours=1)
ACROSS, DOWN = 220, 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """A process that the product brings along."""

    key: str
    names: Texts
    plan: Plan


def _stage(
    key: int,
    names: tuple[str, str],
    state: str,
    *,
    place: tuple[int, int],
    kind: StageKind = StageKind.WORK,
    hours: int = 0,
    lines: tuple[tuple[str, str], ...] = (),
) -> Stage:
    warning = (HOUR * hours / 4,) if hours else ()
    return Stage(
        id=key,
        name=Texts(en=names[0], ru=names[1]),
        state=state,
        kind=kind,
        deadline=Deadline(work=HOUR * hours, warnings=warning, waits=True) if hours else None,
        checklist=tuple(
            Item(id=number, text=Texts(en=en, ru=ru))
            for number, (en, ru) in enumerate(lines, start=1)
        ),
        x=40 + place[0] * ACROSS,
        y=40 + place[1] * DOWN,
    )


def _way(
    key: int,
    source: int,
    to: int | tuple[int, ...],
    names: tuple[str, str],
    *,
    join: int | None = None,
    kind: str = "",
    approval: str = "",
) -> Transition:
    return Transition(
        id=key,
        source=source,
        to=to if isinstance(to, tuple) else (to,),
        label=Texts(en=names[0], ru=names[1]),
        join=join,
        approval=approval,
        early=kind in {"early", "away", "rework"},
        reasoned=kind in {"away", "rework"},
        rework=kind == "rework",
    )


END, JOIN = StageKind.END, StageKind.JOIN

TALK = Plan(
    stages=(
        _stage(1, ("Talk", "Разговор"), "open", place=(0, 0)),
        _stage(2, ("Answered", "Отвечено"), "waiting_requester", place=(1, 0)),
        _stage(3, ("Settled", "Решено"), "solved", place=(2, 0), kind=END),
    ),
    transitions=(
        _way(1, 1, 2, ("Answered, their turn", "Ответили, ждём клиента")),
        _way(2, 1, 3, ("Settled", "Вопрос решён")),
        _way(3, 2, 1, ("Asked further", "Спросили ещё"), kind="early"),
        _way(4, 2, 3, ("Settled", "Вопрос решён")),
    ),
)

INCIDENT = Plan(
    stages=(
        _stage(
            1,
            ("Received", "Принято"),
            "new",
            place=(0, 0),
            hours=1,
            lines=(("Reach and urgency are known", "Известны охват и срочность"),),
        ),
        _stage(2, ("Diagnosis", "Диагностика"), "open", place=(1, 0), hours=4),
        _stage(3, ("With another party", "У другой стороны"), "waiting_other", place=(1, 1)),
        _stage(
            4,
            ("Check", "Проверка"),
            "waiting_requester",
            place=(2, 0),
            lines=(("Works for the requester", "У заявителя работает"),),
        ),
        _stage(5, ("Restored", "Восстановлено"), "solved", place=(3, 0), kind=END),
    ),
    transitions=(
        _way(1, 1, 2, ("Begin diagnosis", "Начать диагностику")),
        _way(2, 2, 3, ("Hand to another party", "Передать другой стороне"), kind="early"),
        _way(3, 3, 2, ("Back with us", "Вернулось к нам"), kind="early"),
        _way(4, 2, 4, ("Repaired, let them check", "Исправили, просим проверить")),
        _way(5, 4, 2, ("Still broken", "Не работает"), kind="rework"),
        _way(6, 4, 5, ("Works again", "Снова работает")),
    ),
)

REPAIR = Plan(
    stages=(
        _stage(
            1,
            ("Received", "Принято"),
            "new",
            place=(0, 1),
            hours=2,
            lines=(("Device and fault are known", "Известны устройство и неисправность"),),
        ),
        _stage(
            2,
            ("Diagnosis", "Диагностика"),
            "open",
            place=(1, 1),
            hours=8,
            lines=(
                ("Cause found", "Причина найдена"),
                ("Parts and work are listed", "Перечислены детали и работы"),
            ),
        ),
        _stage(3, ("Estimate approved", "Согласование сметы"), "waiting_requester", place=(2, 0)),
        _stage(4, ("Part ordered", "Заказ детали"), "waiting_other", place=(2, 2), hours=24),
        _stage(
            5,
            ("Repair", "Ремонт"),
            "open",
            kind=JOIN,
            place=(3, 1),
            hours=16,
            lines=(
                ("Repaired", "Отремонтировано"),
                ("Tested under load", "Проверено под нагрузкой"),
            ),
        ),
        _stage(6, ("Acceptance", "Приёмка"), "waiting_requester", place=(4, 1)),
        _stage(7, ("Done", "Готово"), "solved", place=(5, 1), kind=END),
        _stage(8, ("Called off", "Отменено"), "closed", place=(1, 2), kind=END),
    ),
    transitions=(
        _way(1, 1, 2, ("Begin diagnosis", "Начать диагностику")),
        _way(
            2,
            2,
            (3, 4),
            ("Ask for approval and order the part", "Запросить согласование и заказать деталь"),
            join=5,
        ),
        _way(3, 2, 8, ("Call off", "Отменить"), kind="away"),
        _way(4, 3, 5, ("Approved", "Согласовано"), approval="cost"),
        _way(5, 4, 5, ("Part is here", "Деталь пришла")),
        # What changed after it was approved closes this way again.
        _way(6, 5, 6, ("Hand over", "Сдать работу"), approval="cost"),
        _way(7, 6, 5, ("Return for rework", "Вернуть на доработку"), kind="rework"),
        _way(8, 6, 7, ("Accepted", "Принято клиентом")),
    ),
)

PLANNED = Plan(
    stages=(
        _stage(
            1,
            ("Preparation", "Подготовка"),
            "open",
            place=(0, 0),
            lines=(
                ("Scope agreed", "Объём согласован"),
                ("Those concerned are told", "Кого касается, предупреждены"),
            ),
        ),
        _stage(2, ("Waiting for the day", "Ждём назначенного дня"), "on_hold", place=(1, 0)),
        _stage(
            3,
            ("Work", "Работы"),
            "open",
            place=(2, 0),
            hours=8,
            lines=(("All points done", "Все пункты выполнены"),),
        ),
        _stage(4, ("Report", "Отчёт"), "open", place=(3, 0), hours=16),
        _stage(5, ("Done", "Готово"), "solved", place=(4, 0), kind=END),
        _stage(6, ("Called off", "Отменено"), "closed", place=(2, 1), kind=END),
    ),
    transitions=(
        _way(1, 1, 2, ("Prepared", "Подготовлено")),
        _way(2, 2, 3, ("Begin the work", "Начать работы")),
        _way(3, 2, 1, ("Put off", "Перенести"), kind="away"),
        _way(4, 2, 6, ("Call off", "Отменить"), kind="away"),
        _way(5, 3, 4, ("Work done", "Работы выполнены")),
        _way(6, 4, 5, ("Report sent", "Отчёт отправлен")),
    ),
)

COMPLAINT = Plan(
    stages=(
        _stage(
            1,
            ("Received", "Принято"),
            "new",
            place=(0, 0),
            hours=4,
            lines=(
                ("The customer knows that we look into it", "Клиент знает, что мы разбираемся"),
            ),
        ),
        _stage(
            2,
            ("Looking into it", "Разбор"),
            "open",
            place=(1, 0),
            hours=16,
            lines=(
                ("Both sides heard", "Выслушаны обе стороны"),
                ("Cause named", "Названа причина"),
            ),
        ),
        _stage(3, ("Decision", "Решение"), "open", place=(2, 0), hours=8),
        _stage(4, ("Answered", "Ответ отправлен"), "waiting_requester", place=(3, 0)),
        _stage(5, ("Settled", "Урегулировано"), "solved", place=(4, 0), kind=END),
    ),
    transitions=(
        _way(1, 1, 2, ("Look into it", "Начать разбор")),
        _way(2, 2, 3, ("To the decision", "К решению")),
        _way(3, 3, 2, ("Not enough known", "Мало данных"), kind="rework"),
        _way(4, 3, 4, ("Answer sent", "Ответ отправлен")),
        _way(5, 4, 3, ("They disagree", "Клиент не согласен"), kind="rework"),
        _way(6, 4, 5, ("Settled", "Урегулировано")),
    ),
)

SHIPPED = (
    Shipped(key="talk", names=Texts(en="Talk", ru="Разговор"), plan=TALK),
    Shipped(key="incident", names=Texts(en="Incident", ru="Инцидент"), plan=INCIDENT),
    Shipped(
        key="repair",
        names=Texts(en="Repair with estimate", ru="Ремонт со сметой"),
        plan=REPAIR,
    ),
    Shipped(key="planned", names=Texts(en="Planned work", ru="Плановые работы"), plan=PLANNED),
    Shipped(key="complaint", names=Texts(en="Complaint", ru="Жалоба"), plan=COMPLAINT),
)
