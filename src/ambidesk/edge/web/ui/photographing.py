"""Photographing: the thing whose label somebody sent a photo of, so many photos an hour."""

from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.places import HOUR, Budget, spend
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.files.asking import CONTENT_BYTES, NoPicture
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.service.assets.labelling import asset_on_photo
from ambidesk.service.assets.models import Asset, AssetQuerySet

PER_HOUR = 60


class TooManyPhotos(InvalidInput):
    """Each is read in a process of its own."""

    sentence = _("So many photos cannot be read in an hour. Type the number instead.")


def asset_of_photo(request: Request, *, among: AssetQuerySet) -> Asset:
    """
    Find the one thing, of these, whose label is on the photo that was sent.

    Raises:
        TooManyPhotos: of this person, within the hour.
        NoPicture, NoCode, UnknownLabel, SeveralLabels: as asset_on_photo.
    """
    photo = request.FILES.get("photo")
    if photo is None or not photo.size or photo.size > CONTENT_BYTES:
        raise NoPicture(field="photo")
    if spend(Budget(what=f"photo:{request.actor.user_id}", most=PER_HOUR, seconds=HOUR)):
        raise TooManyPhotos(field="photo")
    return asset_on_photo(photo.read(), among=among)
