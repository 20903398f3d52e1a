"""Preferences: in which ways somebody is told of which kind; without a row the usual ones."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.support.notifications.models.notice import NoticeKind


class Way(models.TextChoices):
    """How somebody is told."""

    SCREEN = "screen", _("On the screen")
    MAIL = "mail", _("By mail, gathered once an hour")
    PUSH = "push", _("In the browser, also when the desk is closed")


# What nobody wants to miss leaves the screen; what happens often does not.
USUAL: dict[str, tuple[Way, ...]] = {
    NoticeKind.MENTION: (Way.SCREEN, Way.MAIL, Way.PUSH),
    NoticeKind.ASSIGNED: (Way.SCREEN, Way.PUSH),
    NoticeKind.REPLY: (Way.SCREEN,),
    NoticeKind.FOLLOWED: (Way.SCREEN,),
    NoticeKind.ESCALATED: (Way.SCREEN,),
    NoticeKind.REMINDER: (Way.SCREEN, Way.MAIL, Way.PUSH),
    NoticeKind.DUE: (Way.SCREEN, Way.PUSH),
    NoticeKind.RULE: (Way.SCREEN, Way.PUSH),
    NoticeKind.APPROVAL: (Way.SCREEN, Way.PUSH),
    NoticeKind.HANDED: (Way.SCREEN, Way.PUSH),
    NoticeKind.LATE: (Way.SCREEN, Way.MAIL, Way.PUSH),
    # What is said, and what is to be approved, comes to clients by mail anyhow.
    NoticeKind.ANSWERED: (Way.PUSH,),
    NoticeKind.ASKED: (Way.PUSH,),
    NoticeKind.STAGE: (Way.MAIL, Way.PUSH),
    NoticeKind.PROMISED: (Way.MAIL, Way.PUSH),
}


class Preference(models.Model):
    """The ways for one kind."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notice_preferences",
        db_index=False,
    )
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    ways = models.JSONField(default=list)

    class Meta:
        """One a user and kind."""

        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="preference_once")]
