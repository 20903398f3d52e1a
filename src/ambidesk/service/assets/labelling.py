"""Labelling: the asset that a label is on; whoever has the label knows no more by that."""

import re

from ambidesk.service.assets.models import Asset

# The letters that tokens are made of; no other address is asked for.
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,43}")


def asset_of_label(token: str) -> Asset | None:
    """Find the asset of a label; of one that was renewed there is none."""
    if not TOKEN.fullmatch(token):
        return None
    rows = Asset.objects.select_related("model", "company", "site")
    return rows.filter(token=token).first()
