"""Presenting: what clients see of a member of staff besides the name."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.asking import NoPicture
from ambidesk.ground.files.content import RASTERS, type_of
from ambidesk.ground.files.portraits.cutting import portrait_of
from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.events import MemberPresented
from ambidesk.parties.staff.models import Member

LARGEST_BYTES: Final = 20_000_000


class NotAPhoto(InvalidInput):
    """It is no picture that can be shown."""

    sentence = _("Choose a picture (JPEG, PNG or WebP) of up to 20 MB.")


@transaction.atomic
def present(
    member: Member, *, post: str, qualification: str, photo: bytes | None, by: Actor, at: datetime
) -> Member:
    """
    Say what clients see of a member; without a photo the one that is there stays.

    Of a photo its middle is kept, shrunk, without what the camera noted.

    Raises:
        NotAPhoto: it is no picture, or too large.
    """
    portrait = None if photo is None else _portrait(photo)
    row = Member.objects.select_for_update().get(pk=member.pk)
    row.post, row.qualification = post.strip()[:120], qualification.strip()[:160]
    if portrait is not None:
        row.photo = store(portrait, at=at)
    row.save(update_fields=["post", "qualification", "photo"])
    journal.record(MemberPresented(member_id=row.pk, user_id=row.user_id), by=by, at=at)
    return row


@transaction.atomic
def take_off(member: Member, *, by: Actor, at: datetime) -> Member:
    """Show the member without a photo."""
    row = Member.objects.select_for_update().get(pk=member.pk)
    row.photo = None
    row.save(update_fields=["photo"])
    journal.record(MemberPresented(member_id=row.pk, user_id=row.user_id), by=by, at=at)
    return row


def _portrait(photo: bytes) -> bytes:
    if len(photo) > LARGEST_BYTES or type_of(photo) not in RASTERS:
        raise NotAPhoto(field="photo")
    try:
        return portrait_of(photo)
    except NoPicture as broken:
        raise NotAPhoto(field="photo") from broken
