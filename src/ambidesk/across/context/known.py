"""Known: the person with their addresses and posts, their company, what they may, its sites."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from ambidesk.across.context.card import About, CompanyPart, PersonPart, Post, SitePart
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.covering import sites_of as sites_reached
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.saying import Said, said_of
from ambidesk.parties.companies.models import Company, Contact, Site
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.parties.people.rights import PeopleRight

SITES = 5
REACHED = (IdentityKind.EMAIL.value, IdentityKind.PHONE.value, IdentityKind.MESSENGER.value)


def person_of(about: About, *, by: Actor, at: datetime) -> tuple[PersonPart | None, Person | None]:
    """Read the person, as one who asked or as a contact; None where the actor sees neither."""
    if about.person is None:
        return None, None
    seen = Person.objects.visible_to(by).filter(pk=OuterRef("pk"))
    rows = Person.objects.known().select_related("head").annotate(is_seen=Exists(seen))
    row = rows.filter(pk=about.person).first()
    if row is None:
        return None, None
    posts = tuple(_posts(row, about, by=by, at=at))
    is_seen = bool(getattr(row, "is_seen", False))
    if not is_seen and not posts:
        return None, None
    # Whoever sees for whom they speak may reach them there, as when they are looked for.
    reached = Identity.objects.all() if posts else Identity.objects.visible_to(by)
    addresses = reached.filter(person__whole=row.whole, erased_at=None, kind__in=REACHED).order_by(
        "kind", "pk"
    )
    may_reach = by.may(PeopleRight.SEE)
    part = PersonPart(
        id=row.pk,
        name=row.called,
        addresses=tuple(addresses.values_list("kind", "value")) if may_reach else (),
        remark=row.remark if is_seen and may_reach else "",
        posts=posts,
        sees_page=is_seen and may_reach,
    )
    return part, row


def company_of(about: About, *, by: Actor) -> CompanyPart | None:
    """Read the company, if the actor sees it."""
    if about.company is None:
        return None
    rows = Company.objects.visible_to(by).select_related("parent")
    row = rows.filter(pk=about.company).first()
    if row is None:
        return None
    return CompanyPart(
        id=row.pk,
        name=row.name,
        industry=row.industry,
        group=row.parent.name if row.parent else "",
        remark=row.remark,
        is_archived=row.archived_at is not None,
    )


def authorities_of(
    person: Person | None, company: CompanyPart | None, *, at: datetime
) -> tuple[tuple[Said, ...], int]:
    """Say what the person may for the company, and at how many sites."""
    if person is None or company is None:
        return (), 0
    held = Authority.objects.standing(at).filter(
        company=company.id, contact__person__whole=person.whole
    )
    rows = list(held.with_scope().select_related("department").order_by("pk"))
    if not rows:
        return (), 0
    among = Authority.objects.filter(pk__in=[row.pk for row in rows])
    served = sites_reached(among).filter(company=company.id, archived_at=None)
    return tuple(map(said_of, rows)), served.count()


def sites_of(
    about: About, company: CompanyPart | None, *, by: Actor
) -> tuple[tuple[SitePart, ...], int]:
    """Read some sites of the company, the one in question first, and count all."""
    if company is None:
        return (), 0
    rows = Site.objects.visible_to(by).filter(company=company.id)
    here = list(rows.filter(pk=about.site)) if about.site else []
    others = rows.served().exclude(pk=about.site or 0).order_by("name", "pk")
    found = (*here, *others[: SITES - len(here)])
    number = rows.aggregate(n=Count("pk", filter=Q(archived_at=None)))["n"]
    parts = (
        SitePart(
            id=row.pk,
            name=row.name,
            code=row.code,
            address=row.address,
            is_here=row.pk == about.site,
        )
        for row in found
    )
    return tuple(parts), number


def _posts(person: Person, about: About, *, by: Actor, at: datetime) -> list[Post]:
    """For which companies they speak, the one in question first."""
    rows = Contact.objects.visible_to(by).on(day_of(at)).filter(person__whole=person.whole)
    posts = [
        Post(
            company_id=row.company_id,
            company=row.company.name,
            post=row.post,
            department=row.department.name if row.department else "",
            birthday=row.birthday,
        )
        for row in rows.select_related("company", "department").order_by("company__name", "pk")
    ]
    return sorted(posts, key=lambda each: each.company_id != about.company)
