"""Moving: an asset goes to another place of its company, and where it stood stays known."""

from datetime import date, datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Site
from ambidesk.service.assets.events import AssetMoved
from ambidesk.service.assets.models import Asset, Move
from ambidesk.service.assets.registering import SiteOfAnother


@transaction.atomic
def move(
    asset: Asset, *, site: Site | None, place: str, moved_on: date, by: Actor, at: datetime
) -> Move:
    """
    Put an asset somewhere else.

    Raises:
        SiteOfAnother: the site belongs to another company.
    """
    row = Asset.objects.select_for_update().get(pk=asset.pk)
    if site is not None and site.company_id != row.company_id:
        raise SiteOfAnother(field="site")
    made = Move.objects.create(
        asset=row,
        from_site_id=row.site_id,
        from_place=row.place,
        to_site=site,
        to_place=place.strip()[:200],
        moved_on=moved_on,
        moved_by_id=by.user_id,
        at=at,
    )
    row.site, row.place = site, made.to_place
    row.save(update_fields=["site", "place"])
    event = AssetMoved(
        asset_id=row.pk,
        move_id=made.pk,
        from_site_id=made.from_site_id,
        to_site_id=made.to_site_id,
    )
    journal.record(event, by=by, at=at)
    return made
