"""Users: colleagues as a directory keeps them; deleting one closes the account."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.scim import filters
from ambidesk.edge.api.scim.describing import described_by, described_of, user_document
from ambidesk.edge.api.scim.door import body_of, require_same, shown
from ambidesk.edge.api.scim.lists import listed
from ambidesk.edge.api.scim.naming import number_in
from ambidesk.edge.api.scim.patching import patched
from ambidesk.parties.staff.models import Member
from ambidesk.parties.staff.provisioning import describe, provision

FILTERED = ("username", "externalid", "id")


def show_all(call: Call) -> HttpResponse:
    """List colleagues, or find one by a name."""
    wanted = filters.either(call.GET.get("filter", ""), FILTERED)
    return listed(call, _found(wanted), lambda rows: [user_document(row) for row in rows])


def make(call: Call) -> HttpResponse:
    """Let a colleague in."""
    wanted = described_by(body_of(call))
    member = provision(wanted, by=call.actor, at=call.at)
    return shown(call, user_document(_member(str(member.pk))), 201)


def show(call: Call, user: str) -> HttpResponse:
    """Show one."""
    return shown(call, user_document(_member(user)))


def put(call: Call, user: str) -> HttpResponse:
    """Let one be as the body says."""
    member = _member(user)
    require_same(call, user_document(member))
    describe(member, described_by(body_of(call)), by=call.actor, at=call.at)
    return shown(call, user_document(_member(user)))


def change(call: Call, user: str) -> HttpResponse:
    """Change parts of one."""
    member = _member(user)
    before = user_document(member)
    require_same(call, before)
    after = patched(before, body_of(call))
    describe(member, described_of(before, after), by=call.actor, at=call.at)
    return shown(call, user_document(_member(user)))


def remove(call: Call, user: str) -> HttpResponse:
    """Close the account; what the colleague did stays theirs."""
    member = _member(user)
    before = user_document(member)
    require_same(call, before)
    closed = {**before, "active": False}
    describe(member, described_of(before, closed), by=call.actor, at=call.at)
    return HttpResponse(status=204)


def members_of(rows: list[dict[str, Any]]) -> list[Member]:
    """The colleagues that a group's body names; those who are unknown are passed over."""
    numbers = {number_in(str(row.get("value", ""))) for row in rows if isinstance(row, dict)}
    return list(_rows().filter(pk__in=numbers))


def _rows() -> QuerySet[Member]:
    # Who is remembered from an import never worked at this desk.
    known = Member.objects.select_related("user", "provision").prefetch_related(
        "teams", "user__grants__role"
    )
    return known.exclude(user__email__iendswith=".invalid").order_by("pk")


def _found(wanted: filters.Equals | None) -> QuerySet[Member]:
    rows = _rows()
    if wanted is None:
        return rows
    value = str(wanted.value)
    match wanted.attribute:
        case "username":
            own = Q(provision__user_name__iexact=value)
            return rows.filter(own | Q(provision=None, user__email__iexact=value))
        case "externalid":
            return rows.filter(provision__external_id=value) if value else rows.none()
        case _:
            return rows.filter(pk=number_in(value))


def _member(given: str) -> Member:
    member = _rows().filter(pk=number_in(given)).first()
    if member is None:
        raise Http404
    return member
