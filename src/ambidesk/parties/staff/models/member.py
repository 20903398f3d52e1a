"""Members of staff: a person with a user."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.models import Blob
from ambidesk.parties.people.models import Person


class Member(models.Model):
    """A person who works here."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="member")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="member"
    )
    post = models.CharField(_("Post"), max_length=120, blank=True)
    qualification = models.CharField(_("Qualification"), max_length=160, blank=True)
    photo = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Whether the account is open."""
        return self.user.is_active

    @property
    def name(self) -> str:
        """The name as colleagues and customers read it."""
        return self.user.name or self.user.email
