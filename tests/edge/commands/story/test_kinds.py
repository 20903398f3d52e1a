"""Request types of the demo: whoever reads the story finds each in their language, and once."""

from datetime import UTC, datetime

from ambidesk.edge.commands.story.forms import TYPES
from ambidesk.edge.commands.story.kinds import KINDS, names_of
from ambidesk.edge.commands.story.plot import plot

NOW = datetime(2026, 3, 4, 12, 20, tzinfo=UTC)


def test_every_type_of_a_tale_has_a_name_in_both_languages() -> None:
    for name in {tale.type for tale in plot(NOW) if tale.type} | set(TYPES.values()):
        names = names_of(name)
        assert names.ru
        assert names.en
    assert len({each.ru for each in KINDS}) == len({each.en for each in KINDS}) == len(KINDS)
