"""Lines: the rows of one ticket's life, as COPY takes them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from random import Random

from ambidesk.edge.commands.generating.premises import About
from ambidesk.edge.commands.generating.staff import Room
from ambidesk.edge.commands.generating.tables import Table
from ambidesk.edge.commands.generating.tickets import Course
from ambidesk.edge.commands.generating.words import Prose
from ambidesk.parties.people.models import Identity, Person
from ambidesk.support.conversations.models import Delivery, Message, Participant, Thread
from ambidesk.support.tickets.models import Filing, Ticket

TABLES = {
    "person": Table(Person, "id name language first_at"),
    "identity": Table(
        Identity, "id person_id value display name first_at", fixed={"kind": "email"}
    ),
    "thread": Table(Thread, "id channel_id key begun_at"),
    "participant": Table(
        Participant, "thread_id identity_id since id", fixed={"role": "requester"}
    ),
    "message": Table(
        Message,
        "id thread_id direction sender_id author_id sender_verified external_id envelope subject"
        " text new_text html sent_at recorded_at",
    ),
    "ticket": Table(
        Ticket,
        "id brand_id channel_id subject preview requester_id requester_identity_id team_id"
        " assignee_id state waiting_for priority unread opened_at last_at last_inbound_at"
        " first_answered_at waiting_since solved_at closed_at company_id site_id asset_id",
    ),
    "filing": Table(Filing, "id ticket_id message_id filed_at"),
    "delivery": Table(
        Delivery,
        "id message_id channel_id recipient_id due_at sent_at",
        fixed={"state": "sent", "role": "to"},
    ),
}
# People who have an account come first.
STAFF_IDS = 1_000
NULL = r"\N"
LENGTHS = 4_096
# Of ten requests so many are a company's, where there are companies.
BUSINESS = 7


class Lines:
    """Makes the lines; ids count up in the order in which things happen."""

    def __init__(
        self, rooms: Sequence[Room], prose: Sequence[Prose], *, abouts: Sequence[About] = ()
    ) -> None:
        self._rooms, self._prose, self._abouts = rooms, prose, abouts
        self._dice = Random("lines")  # noqa: S311 test data, no secret
        gauss = self._dice.gauss
        # A few sentences mostly, sometimes a long letter.
        self._lengths = [min(max(int(2.718 ** gauss(1.2, 0.7)), 1), 60) for _ in range(LENGTHS)]
        self._messages, self._deliveries, self._sequence = count(1), count(1), count(10_000)
        self._users = [[member.user_id for member in room.members] for room in rooms]
        self._members = [[member.pk for member in room.members] for room in rooms]

    def person(self, number: int, *, at: int) -> tuple[str, str]:
        """A person and their one address."""
        key, words = STAFF_IDS + number, self._prose[number % 2].words
        name = f"{words[number % 997].title()} {words[number % 7919].title()}"
        language = self._rooms[number % 2].language
        address = f"person{number}@example.org"
        person = f"{key}\t{name}\t{language}\t{_instant(at)}{TABLES['person'].tail}"
        identity = f"{key}\t{key}\t{address}\t{address}\t{name}\t{_instant(at)}"
        return person, identity + TABLES["identity"].tail

    def ticket(self, course: Course) -> Iterator[tuple[str, str]]:
        """A ticket, its thread, who takes part, and that it was opened."""
        room, person = self._rooms[course.room], STAFF_IDS + course.person
        number, channel, opened = course.number, room.channel.pk, _instant(course.moments[0])
        yield "ticket", self._row(course)
        yield "thread", f"{number}\t{channel}\tbench:{number}\t{opened}{TABLES['thread'].tail}"
        yield (
            "participant",
            f"{number}\t{person}\t{opened}\t{number}{TABLES['participant'].tail}",
        )
        data = (
            f'{{"ticket_id": {number}, "person_id": {person}, "brand_id": {room.brand.pk},'
            f' "channel_id": {channel}, "team_id": {room.team.pk}}}'
        )
        yield self._entry(course, f"{opened}\tchannel\t{channel}\tlive\ttickets.opened", data)

    def message(self, course: Course, place: int) -> Iterator[tuple[str, str]]:
        """A message, that it stands on its ticket, how it left, and what is journalled of it."""
        key, is_ours = next(self._messages), course.answers[place]
        room, person = self._rooms[course.room], STAFF_IDS + course.person
        at, text = _instant(course.moments[place]), self._text(course.room)
        subjects = self._prose[course.room].subjects
        subject = subjects[course.number % len(subjects)]
        user = self._users[course.room][course.member]
        who = f"out\t{NULL}\t{user}\tf" if is_ours else f"in\t{person}\t{NULL}\tt"
        html = f"<p>{text}</p>" if key % 5 == 0 else ""
        envelope = f'{{"sender": [{{"name": "", "address": "person{course.person}@example.org"}}]}}'
        yield (
            "message",
            (
                f"{key}\t{course.number}\t{who}\tm{key}@bench.example\t{envelope}\t{subject}"
                f"\t{text}\t{text}\t{html}\t{at}\t{at}{TABLES['message'].tail}"
            ),
        )
        yield "filing", f"{key}\t{course.number}\t{key}\t{at}{TABLES['filing'].tail}"
        data = f'{{"ticket_id": {course.number}, "message_id": {key}, "state": "open"}}'
        if is_ours:
            yield (
                "delivery",
                (
                    f"{next(self._deliveries)}\t{key}\t{room.channel.pk}\t{person}\t{at}\t{at}"
                    f"{TABLES['delivery'].tail}"
                ),
            )
            yield self._entry(course, f"{at}\tuser\t{user}\tlive\ttickets.answered", data)
        elif place:
            told = f"{at}\tchannel\t{room.channel.pk}\tlive\ttickets.message_filed"
            yield self._entry(course, told, data)

    def _row(self, course: Course) -> str:
        room, person = self._rooms[course.room], STAFF_IDS + course.person
        opened, last = _instant(course.moments[0]), _instant(course.moments[-1])
        answered = _instant(course.first_answer) if course.first_answer else NULL
        subjects, sentences = self._prose[course.room].subjects, self._prose[course.room].sentences
        subject = subjects[course.number % len(subjects)]
        preview = sentences[course.number * 7 % len(sentences)][:200]
        member = NULL if course.state == "new" else str(self._members[course.room][course.member])
        is_over = course.state in {"solved", "closed"}
        priority = 1 + sum(course.number % each == 0 for each in (2, 7, 97))
        return (
            f"{course.number}\t{room.brand.pk}\t{room.channel.pk}\t{subject}\t{preview}"
            f"\t{person}\t{person}\t{room.team.pk}\t{member}\t{course.state}"
            f"\t{course.waiting_for}\t{priority}\t{'f' if is_over or course.answers[-1] else 't'}"
            f"\t{opened}\t{last}\t{_instant(course.last_inbound)}\t{answered}\t{last}"
            f"\t{last if is_over else NULL}\t{last if course.state == 'closed' else NULL}"
            f"\t{self._about(course.number)}{TABLES['ticket'].tail}"
        )

    def _about(self, number: int) -> str:
        if not self._abouts or number % 10 >= BUSINESS:
            return f"{NULL}\t{NULL}\t{NULL}"
        company, site, asset = self._abouts[number * 7919 % len(self._abouts)]
        return f"{company}\t{site}\t{asset}"

    def _text(self, room: int) -> str:
        dice, sentences = self._dice, self._prose[room].sentences
        length = self._lengths[int(dice.random() * LENGTHS)]
        size = len(sentences)
        said = [sentences[int(dice.random() * size)] for _ in range(length)]
        if dice.random() < 0.1:
            said.append(f"№ {dice.choice('ABKMTX')}{int(dice.random() * 10**8):08}.")
        return " ".join(said) if length < 6 else r"\n\n".join(said)

    def _entry(self, course: Course, told: str, data: str) -> tuple[str, str]:
        number = next(self._sequence)
        return "journal_entry", f"{number}\t1\t{told}\t1\tticket\t{course.number}\t{data}\n"


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
