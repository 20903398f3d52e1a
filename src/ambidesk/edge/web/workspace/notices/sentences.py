"""A notice in one line: who did what on which ticket; no word of a customer."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.support.notifications.models import Notice, NoticeKind

SENTENCES = {
    NoticeKind.MENTION: gettext_lazy("%(name)s mentions you on #%(number)s"),
    NoticeKind.ASSIGNED: gettext_lazy("%(name)s gives you #%(number)s"),
    NoticeKind.REPLY: gettext_lazy("The requester writes on #%(number)s"),
    NoticeKind.FOLLOWED: gettext_lazy("%(name)s did something on #%(number)s, which you follow"),
    NoticeKind.ESCALATED: gettext_lazy("%(name)s brings #%(number)s to your line"),
    NoticeKind.REMINDER: gettext_lazy("It is time for #%(number)s"),
    NoticeKind.DUE: gettext_lazy("A promise about #%(number)s is about to break, or broke"),
    NoticeKind.APPROVAL: gettext_lazy("There is news of an approval on #%(number)s"),
    NoticeKind.HANDED: gettext_lazy("There is news from a contractor on #%(number)s"),
    NoticeKind.LATE: gettext_lazy("A contractor is about to be late with #%(number)s, or is"),
    NoticeKind.RULE: gettext_lazy("A rule draws your attention to #%(number)s"),
}


def in_words(notice: Notice) -> str:
    """Say a notice in the language of the reader."""
    name = notice.actor.name or notice.actor.email if notice.actor else ""
    facts = {"name": name or _("Ambidesk"), "number": notice.subject_id}
    words = str(SENTENCES[NoticeKind(notice.kind)]) % facts
    if notice.instead_of is None:
        return words
    other = notice.instead_of.name or notice.instead_of.email
    return _("For %(name)s, who is away: %(words)s") % {"name": other, "words": words}
