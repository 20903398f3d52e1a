"""Labelling: the asset that a label is on; whoever has the label knows no more by that."""

import re

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.codes.reading import codes_in
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import storable
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


class NoCode(InvalidInput):
    """There is no code on it, or none that can be made out."""

    sentence = _(
        "No code can be made out on the photo. Go nearer, hold still, or type the number instead."
    )


class UnknownLabel(InvalidInput):
    """What the code says names nothing that they see."""

    sentence = _("We know no equipment of yours by the label on the photo.")


class SeveralLabels(InvalidInput):
    """The photo shows the labels of several things."""

    sentence = _("The photo shows the labels of several things. Take one label at a time.")


def asset_by_code(code: str, *, among: AssetQuerySet) -> Asset | None:
    """Find what a label's address or a serial number names, of these; of namesakes none."""
    token = code.rstrip("/").rpartition("/")[2].partition("?")[0]
    found = asset_of_label(token, among=among)
    if found is not None:
        return found
    same = list(among.filter(serial__iexact=token)[:2]) if token else []
    return same[0] if len(same) == 1 else None


def asset_on_photo(content: bytes, *, among: AssetQuerySet) -> Asset:
    """
    Find the one thing, of these, whose label is on a photo; foreign and unknown labels are alike.

    Raises:
        NoPicture: it cannot be read as a picture.
        NoCode, UnknownLabel, SeveralLabels: it shows no label, none of theirs, more than one.
    """
    codes = codes_in(content)
    if not codes:
        raise NoCode(field="photo")
    named = (asset_by_code(storable(code).strip(), among=among) for code in codes)
    found = {asset.pk: asset for asset in named if asset is not None}
    if not found:
        raise UnknownLabel(field="photo")
    if len(found) > 1:
        raise SeveralLabels(field="photo")
    return next(iter(found.values()))
