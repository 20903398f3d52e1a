"""What is otherwise in the next version of a process, in sentences."""

from collections.abc import Iterator

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ambidesk.edge.web.settings.processes.reading import Names, name_of, way_of
from ambidesk.edge.web.settings.sections import Words
from ambidesk.service.workflow.rules.comparing import (
    Aspect,
    Changed,
    Comparison,
    Lines,
    compare,
)
from ambidesk.service.workflow.rules.plan import Item, Plan, Stage

ASPECTS: dict[Aspect, Words] = {
    Aspect.NAME: gettext_lazy("name"),
    Aspect.KIND: gettext_lazy("what it is"),
    Aspect.STATE: gettext_lazy("state of the ticket"),
    Aspect.FIRST: gettext_lazy("whether it is the first"),
    Aspect.TEAM: gettext_lazy("team in charge"),
    Aspect.CONTRACTOR: gettext_lazy("contractor"),
    Aspect.DEADLINE: gettext_lazy("deadline"),
    Aspect.FIELDS: gettext_lazy("fields to fill in"),
    Aspect.ON_ENTRY: gettext_lazy("what is done on entering"),
    Aspect.ON_EXIT: gettext_lazy("what is done on leaving"),
    Aspect.SOURCE: gettext_lazy("where it begins"),
    Aspect.TO: gettext_lazy("where it leads"),
    Aspect.JOIN: gettext_lazy("where branches come together"),
    Aspect.GUARD: gettext_lazy("condition"),
    Aspect.APPROVAL: gettext_lazy("approval that is needed"),
    Aspect.EARLY: gettext_lazy("whether the stage may be unfinished"),
    Aspect.REASONED: gettext_lazy("whether a reason is asked for"),
    Aspect.REWORK: gettext_lazy("whether it counts as rework"),
}


def differences(before: Plan, after: Plan, *, known: Names) -> tuple[str, ...]:
    """Say what the later version has otherwise: stages, checklists, ways."""
    found = compare(before, after)
    return (*_stages(found, known), *_checklists(found.lines), *_ways(found, before, after))


def _stages(found: Comparison, known: Names) -> Iterator[str]:
    for stage in found.added:
        yield _("New stage “%(name)s”.") % {"name": name_of(stage)}
    for stage in found.gone:
        yield _("Stage “%(name)s” is gone.") % {"name": name_of(stage)}
    for each in found.changed:
        name = name_of(each.before)
        for aspect in each.aspects:
            yield _("Stage “%(name)s”: %(words)s.") % {
                "name": name,
                "words": _turn(aspect, each, known),
            }


def _turn(aspect: Aspect, each: Changed[Stage], known: Names) -> str:
    """Say an aspect with what it was and is, where that can be said in a word."""
    what = str(ASPECTS[aspect])
    match aspect:
        case Aspect.NAME:
            was, now = name_of(each.before), name_of(each.after)
        case Aspect.TEAM | Aspect.CONTRACTOR:
            was, now = known.who(each.before), known.who(each.after)
        case Aspect.DEADLINE:
            was, now = known.deadline(each.before), known.deadline(each.after)
        case _:
            return what
    if was == now:
        return what
    return _("%(what)s “%(now)s” instead of “%(was)s”") % {
        "what": what,
        "was": was or "–",
        "now": now or "–",
    }


def _checklists(found: tuple[Lines, ...]) -> Iterator[str]:
    for each in found:
        facts = {"name": name_of(each.stage)}
        for item in each.added:
            yield _("Checklist of “%(name)s”: new line “%(line)s”.") % (
                facts | {"line": _said(item)}
            )
        for item in each.gone:
            yield _("Checklist of “%(name)s”: no “%(line)s” any more.") % (
                facts | {"line": _said(item)}
            )
        for was, now in each.changed:
            yield _("Checklist of “%(name)s”: “%(line)s” instead of “%(was)s”.") % (
                facts | {"line": _required(now), "was": _required(was)}
            )


def _ways(found: Comparison, before: Plan, after: Plan) -> Iterator[str]:
    for way in found.ways_added:
        yield _("New way from “%(name)s”: %(way)s.") % {
            "name": name_of(after.stage(way.source)),
            "way": way_of(way, after),
        }
    for way in found.ways_gone:
        yield _("No way any more from “%(name)s”: %(way)s.") % {
            "name": name_of(before.stage(way.source)),
            "way": way_of(way, before),
        }
    for each in found.ways_changed:
        yield _("Way from “%(name)s”, %(way)s: %(aspects)s.") % {
            "name": name_of(after.stage(each.after.source)),
            "way": way_of(each.after, after),
            "aspects": ", ".join(str(ASPECTS[aspect]) for aspect in each.aspects),
        }


def _said(item: Item) -> str:
    return item.text.said(get_language() or "en")


def _required(item: Item) -> str:
    said = _said(item)
    return said if item.required else _("%(line)s (if it applies)") % {"line": said}
