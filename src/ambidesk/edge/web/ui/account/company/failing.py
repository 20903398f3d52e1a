"""Failing: what is said when a provider's answer proves nothing."""

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal


class NotProved(Refusal):
    """The answer is too old, was used, is not signed, or was meant for somebody else."""

    sentence = _("This sign-in did not go through. Begin again from the sign-in page.")
    status = 403
