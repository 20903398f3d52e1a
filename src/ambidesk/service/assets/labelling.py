"""Labelling: the asset that a label is on; whoever has the label knows no more by that."""

import re

from ambidesk.service.assets.models import Asset, AssetQuerySet

# The letters that tokens are made of; no other address is asked for.
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,43}")


def asset_of_label(token: str, *, among: AssetQuerySet | None = None) -> Asset | None:
    """Find the asset of a label, `among` those that somebody sees; a renewed label has none."""
    if not TOKEN.fullmatch(token):
        return None
    rows = Asset.objects.all() if among is None else among
    rows = rows.select_related("model", "company", "site")
    return rows.filter(token=token).first()
