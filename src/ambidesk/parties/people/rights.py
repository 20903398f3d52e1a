"""Rights over persons."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class PeopleRight(StrEnum):
    """What can be granted here."""

    SEE = "people.see"
    DESCRIBE = "people.describe"
    JOIN = "people.join"
    EXPORT = "people.export"
    ERASE = "people.erase"


PEOPLE_RIGHTS = RightGroup(
    title=_("Persons"),
    rights=(
        (PeopleRight.SEE.value, _("See persons")),
        (PeopleRight.DESCRIBE.value, _("Change a person's name, addresses and remark")),
        (PeopleRight.JOIN.value, _("Join persons and undo it")),
        (PeopleRight.EXPORT.value, _("Take out all that is held of a person")),
        (PeopleRight.ERASE.value, _("Erase a person")),
    ),
)
