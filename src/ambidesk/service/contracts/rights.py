"""Rights over contracts, coverage and debts."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class ContractRight(StrEnum):
    """What can be granted here."""

    SEE = "contracts.see"
    MANAGE = "contracts.manage"
    OVERRULE = "contracts.overrule"
    DEBTS = "contracts.debts"
    LIFT = "contracts.lift"
    EXCUSE = "contracts.excuse"


CONTRACT_RIGHTS = RightGroup(
    title=_("Contracts"),
    rights=(
        (ContractRight.SEE.value, _("See contracts, packages and debts")),
        (ContractRight.MANAGE.value, _("Write, activate and end contracts")),
        (ContractRight.OVERRULE.value, _("Overrule what is covered")),
        (ContractRight.DEBTS.value, _("Load debts and set stops")),
        (ContractRight.LIFT.value, _("Lift a stop")),
        (ContractRight.EXCUSE.value, _("Excuse penalties")),
    ),
)
