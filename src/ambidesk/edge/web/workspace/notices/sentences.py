"""A notice in one line: who did what on which ticket; no word of a customer."""

from django.utils.translation import gettext as _

from ambidesk.support.notifications.models import Notice, NoticeKind


def in_words(notice: Notice) -> str:
    """Say a notice in the language of the reader."""
    name = notice.actor.name or notice.actor.email if notice.actor else ""
    facts = {"name": name or _("Ambidesk"), "number": notice.subject_id}
    match notice.kind:
        case NoticeKind.MENTION:
            return _("%(name)s mentions you on #%(number)s") % facts
        case NoticeKind.ASSIGNED:
            return _("%(name)s gives you #%(number)s") % facts
        case NoticeKind.REPLY:
            return _("The requester writes on #%(number)s") % facts
        case NoticeKind.ESCALATED:
            return _("%(name)s brings #%(number)s to your line") % facts
        case NoticeKind.REMINDER:
            return _("It is time for #%(number)s") % facts
        case _:
            return _("%(name)s did something on #%(number)s, which you follow") % facts
