"""Reasons of a choice in words, for a ticket and for a trial."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ambidesk.parties.staff.absenting import moment_of
from ambidesk.parties.staff.models import Member, Skill
from ambidesk.support.routing.reasons import Reasons
from ambidesk.support.routing.rules.matching import Criterion, No, Tie, Verdict

NOES = {
    No.NO_QUEUE: gettext_lazy("takes nothing from queues"),
    No.AWAY: gettext_lazy("not at the desk"),
    No.BUSY: gettext_lazy("busy"),
    No.RESERVED: gettext_lazy("it waits for another"),
}
TIES = {
    Tie.BEFORE: gettext_lazy("the same person as before"),
    Tie.MANAGER: gettext_lazy("account manager of the client"),
    Tie.DEPUTY: gettext_lazy("stands in for whoever knows the client"),
    Tie.SERVES: gettext_lazy("service team of the client"),
}
CRITERIA = {
    Criterion.SKILL: gettext_lazy("Skill"),
    Criterion.RISK: gettext_lazy("Risk of the promise"),
    Criterion.CATEGORY: gettext_lazy("Category of the client"),
    Criterion.LOAD: gettext_lazy("Load"),
    Criterion.CONTINUITY: gettext_lazy("Continuity"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One member: why they got it, how far they came, or why they could not."""

    name: str
    is_chosen: bool
    is_refused: bool
    points: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by id of whom and what reasons mention."""

    members: Mapping[int, str]
    skills: Mapping[int, str]


def names_of(many: Collection[Reasons]) -> Names:
    """Read the names that reasons mention, in two questions."""
    verdicts = [verdict for each in many for verdict in each.match.verdicts]
    members = Member.objects.filter(pk__in={verdict.member for verdict in verdicts})
    skills = Skill.objects.filter(pk__in={one for verdict in verdicts for one in verdict.lacks})
    return Names(
        members={row.pk: row.name for row in members.select_related("user")},
        skills=dict(skills.values_list("pk", "name")),
    )


def lines_of(reasons: Reasons, names: Names) -> Sequence[Line]:
    """Say each verdict, the best first."""
    return [
        Line(
            name=names.members.get(verdict.member, "?"),
            is_chosen=verdict.member == reasons.match.chosen,
            is_refused=verdict.no is not None,
            points="" if verdict.no else f"{verdict.total:g}",
            reasons=(_refused(verdict, names),) if verdict.no else tuple(_weighed(verdict)),
        )
        for verdict in reasons.match.verdicts
    ]


def about(reasons: Reasons) -> tuple[str, ...]:
    """Say what was known of the ticket."""
    told = []
    if reasons.is_key:
        told.append(_("key client"))
    if reasons.risk >= 1:
        told.append(_("the promise is broken"))
    elif reasons.risk > 0:
        told.append(_("the promise is near"))
    return tuple(told)


def _refused(verdict: Verdict, names: Names) -> str:
    if verdict.no is No.ABSENT:
        until = verdict.until
        return _("absent until %(until)s") % {"until": moment_of(until)} if until else _("absent")
    if verdict.no is No.SKILL:
        lacks = ", ".join(names.skills.get(each, "?") for each in verdict.lacks)
        return _("lacks %(skills)s") % {"skills": lacks}
    if verdict.no is No.ROOM:
        facts = {"load": verdict.load, "capacity": verdict.capacity}
        return _("no room: holds %(load)s of %(capacity)s") % facts
    return str(NOES[verdict.no]) if verdict.no else ""


def _weighed(verdict: Verdict) -> list[str]:
    told = []
    if verdict.tie is not Tie.NONE:
        told.append(str(TIES[verdict.tie]))
    if verdict.points.get(Criterion.CATEGORY):
        told.append(_("teaches others, for a key client"))
    elif verdict.points.get(Criterion.SKILL):
        told.append(_("has the skill"))
    told.append(
        pgettext("load", "holds %(load)s of %(capacity)s")
        % {"load": verdict.load, "capacity": verdict.capacity}
    )
    if verdict.pressing:
        told.append(_("%(n)s of theirs press") % {"n": verdict.pressing})
    return told
