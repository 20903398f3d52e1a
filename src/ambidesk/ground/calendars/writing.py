"""Writing: a calendar as the JSON that reading takes; the way there and back changes nothing."""

from ambidesk.ground.calendars.hours import written_hours
from ambidesk.ground.calendars.spec import WEEKDAYS, CalendarSpec
from ambidesk.ground.calendars.years import written_rule


def written(spec: CalendarSpec) -> dict[str, object]:
    """Write a calendar as JSON; reading it gives the same calendar."""
    plain: dict[str, object] = {
        "zone": spec.zone,
        "hours": {
            day: written_hours(hours)
            for day, hours in zip(WEEKDAYS, spec.week, strict=True)
            if hours
        },
    }
    if rule := spec.holidays:
        plain["holidays"] = written_rule(rule)
    if spec.exceptions:
        plain["exceptions"] = [
            {"date": on.isoformat(), "hours": written_hours(out.hours)}
            | ({"name": out.name} if out.name else {})
            for on, out in sorted(spec.exceptions.items())
        ]
    return plain
