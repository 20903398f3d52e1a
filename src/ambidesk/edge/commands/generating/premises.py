"""Premises: areas, shops, equipment of generated companies, and what their requests are about."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from ambidesk.parties.companies.models import Company, Site, Territory
from ambidesk.service.assets.models import Asset, AssetClass, AssetModel

# Chains of shops are what a territory is for; the others have as many sites as they were given.
CHAINS, SHOPS = 3, 500
AREAS, PIECES, MODELS = 4, 5, 50
PATHS = """
    UPDATE companies_territory AS area
       SET path = CASE WHEN area.parent_id IS NULL THEN area.id::text::ltree
                       ELSE (area.parent_id || '.' || area.id)::text::ltree END
     WHERE area.path = ''
"""
SPREAD = """
    WITH areas AS (SELECT company_id, array_agg(id ORDER BY id) AS ids
                     FROM companies_territory WHERE parent_id IS NOT NULL GROUP BY company_id)
    UPDATE companies_site AS site
       SET territory_id = areas.ids[1 + site.id %% cardinality(areas.ids)]
      FROM areas WHERE areas.company_id = site.company_id AND site.company_id = ANY(%s)
"""
EQUIP = """
    INSERT INTO assets_asset (model_id, company_id, site_id, serial, place, note, criticality,
                              known_since, custom, token, registered_at)
    SELECT (%(models)s::bigint[])[1 + (site.id * 7 + piece) %% cardinality(%(models)s::bigint[])],
           site.company_id, site.id, 'S' || site.id || '-' || piece, '', '', 2,
           %(at)s::date - 400, '{}', md5('a' || site.id || '-' || piece) || 'measured', %(at)s
      FROM companies_site AS site CROSS JOIN generate_series(1, %(pieces)s) AS piece
     WHERE site.company_id = ANY(%(companies)s) ORDER BY site.id, piece
"""
About = tuple[int, int, int]


@transaction.atomic
def furnish(companies: Sequence[Company], *, at: datetime) -> None:
    """Give the companies areas, more shops and equipment, unless they have them."""
    keys = [each.pk for each in companies]
    if Territory.objects.filter(company__in=keys).exists():
        return
    Site.objects.bulk_create(
        [
            Site(company=each, name=f"Shop {number}")
            for each in companies[:CHAINS]
            for number in range(SHOPS - Site.objects.filter(company=each).count())
        ]
    )
    tops = Territory.objects.bulk_create(
        [Territory(company=each, name="All") for each in companies]
    )
    Territory.objects.bulk_create(
        [
            Territory(company_id=top.company_id, parent=top, name=f"Area {number}")
            for top in tops
            for number in range(AREAS)
        ]
    )
    told: dict[str, list[int] | int | datetime] = {
        "models": _models(),
        "companies": keys,
        "pieces": PIECES,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(PATHS)
        cursor.execute(SPREAD, [keys])
        cursor.execute(EQUIP, told)


def _models() -> list[int]:
    kind = AssetClass.objects.create(name="Refrigerators")
    models = AssetModel.objects.bulk_create(
        [
            AssetModel(asset_class=kind, vendor=f"Vendor {number % 7}", name=f"Model {number}")
            for number in range(MODELS)
        ]
    )
    return [each.pk for each in models]


def abouts() -> Sequence[About]:
    """List what requests may be about: company, site and asset."""
    rows = Asset.objects.filter(site__isnull=False).order_by("pk")
    return list(rows.values_list("company", "site", "pk"))
