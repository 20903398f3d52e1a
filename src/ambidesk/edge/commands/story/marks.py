"""Marks: what the people of the story thought of how they were helped, and a few of their words."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from random import Random

from ambidesk.edge.commands.story.stage import TELLER, Scene
from ambidesk.relation.feedback.models import Occasion, Survey
from ambidesk.relation.feedback.results import Given, record_given
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.support.tickets.models import Ticket

NAME, RELATION = "CSAT", "NPS"
# Of those who were helped, so many are asked what they think of the brand, some days later.
RELATION_ASKED, RELATION_AFTER = 0.25, timedelta(days=3)
# How often each mark from 0 to 10 is given.
RELATION_MARKS = (2, 1, 1, 2, 2, 4, 6, 12, 20, 22, 28)
# Somebody who tries the demo sees the question at once.
ASK_AFTER = timedelta(seconds=15)
ANSWERED, COMMENTED = 0.44, 0.4
SLOW = timedelta(hours=8)
# How often each mark from 1 to 5 is given where the answer came soon, and where it did not.
SOON_MARKS, SLOW_MARKS = (2, 3, 8, 27, 60), (12, 14, 22, 28, 24)
WORDS: Mapping[tuple[str, bool], tuple[str, ...]] = {
    ("ru", True): (
        "Спасибо, всё решили быстро.",
        "Очень вежливо и по делу.",
        "Ответили в тот же день, не ожидал.",
        "Объяснили простыми словами.",
        "Всё понятно, буду заказывать ещё.",
    ),
    ("ru", False): (
        "Долго ждал ответа.",
        "Пришлось объяснять одно и то же дважды.",
        "Проблему решили, но не с первого раза.",
        "Хотелось бы получать ответ в тот же день.",
    ),
    ("en", True): (
        "Quick and friendly, thank you.",
        "Exactly what I needed.",
        "They explained every step.",
    ),
    ("en", False): (
        "It took too long.",
        "I had to ask twice.",
        "Solved in the end, but not at the first try.",
    ),
}


def prepare_survey(*, at: datetime) -> None:
    """Set up the surveys of the story, once."""
    relation = Asking(name=RELATION, kind=SurveyKind.NPS, occasion=Occasion.PERIODIC)
    for asking in (Asking(name=NAME, ask_after=ASK_AFTER), relation):
        if not Survey.objects.filter(name=asking.name).exists():
            set_up_survey(None, asking, by=TELLER, at=at)


def give_marks(scenes: Iterable[Scene], *, until: datetime) -> None:
    """Have those whose tickets are solved asked, and some of them answer, all before an instant."""
    survey = Survey.objects.filter(name=NAME).first()
    known = {scene.ticket.pk: scene for scene in scenes if scene.ticket}
    rows = Ticket.objects.filter(pk__in=known, solved_at__isnull=False, merged_into=None)
    solved = rows.exclude(first_answered_at=None).order_by("pk")
    given = [_given(ticket, known[ticket.pk], until) for ticket in solved]
    if survey is not None:
        record_given(survey, [each for each in given if each], by=TELLER, at=until)
    relation = Survey.objects.filter(name=RELATION).first()
    if relation is not None:
        asked = [_thought(ticket, known[ticket.pk], until) for ticket in solved]
        # A person is asked once, about no single ticket.
        once = {each.ticket.requester_id: each for each in asked if each}
        record_given(relation, list(once.values()), by=TELLER, at=until)


def _thought(ticket: Ticket, scene: Scene, until: datetime) -> Given | None:
    dice = Random(f"relation {scene.tale.key}")  # noqa: S311 a story, no secret
    if ticket.solved_at is None or dice.random() > RELATION_ASKED:
        return None
    offered_at = ticket.solved_at + RELATION_AFTER
    rated_at = offered_at + timedelta(minutes=5 + dice.expovariate(1 / 400))
    if rated_at > until:
        return None
    if dice.random() > ANSWERED:
        return Given(ticket=ticket, offered_at=offered_at)
    (score,) = dice.choices(range(11), RELATION_MARKS)
    return Given(ticket=ticket, offered_at=offered_at, score=score, rated_at=rated_at)


def _given(ticket: Ticket, scene: Scene, until: datetime) -> Given | None:
    dice = Random(f"mark {scene.tale.key}")  # noqa: S311 a story, no secret
    solved_at, answered_at = ticket.solved_at, ticket.first_answered_at
    if solved_at is None or answered_at is None:
        return None
    offered_at = solved_at + timedelta(minutes=60)
    if offered_at > until:
        return None
    rated_at = offered_at + timedelta(minutes=2 + dice.expovariate(1 / 300))
    if dice.random() > ANSWERED or rated_at > until:
        return Given(ticket=ticket, offered_at=offered_at)
    was_slow = answered_at - ticket.opened_at > SLOW or ticket.reopened_times > 0
    (score,) = dice.choices(range(1, 6), SLOW_MARKS if was_slow else SOON_MARKS)
    words = WORDS[scene.tale.who.language, score >= 4]
    comment = dice.choice(words) if dice.random() < COMMENTED else ""
    return Given(
        ticket=ticket, offered_at=offered_at, score=score, rated_at=rated_at, comment=comment
    )
