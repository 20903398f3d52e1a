"""Contents: which files nobody else has any more, whichever package keeps them."""

from collections.abc import Collection

from django.db.models import PROTECT, ForeignObjectRel

from ambidesk.ground.files.models import Blob
from ambidesk.support.conversations.models import Attachment


def unused(blobs: Collection[int]) -> set[int]:
    """
    Give those contents that no row needs; one digest is one content, whoever sent it.

    An attachment of an erased message is a name without a file: it needs none.
    """
    left = set(blobs)
    # Relations without a name of their own on the content keep it as well.
    for relation in Blob._meta.get_fields(include_hidden=True):  # noqa: SLF001 Django's public name
        if not isinstance(relation, ForeignObjectRel) or relation.on_delete is not PROTECT:
            # What goes with the content, such as its words, does not keep it.
            continue
        every = relation.related_model._default_manager  # noqa: SLF001 the same
        rows = every.filter(**{f"{relation.field.name}__in": left})
        if relation.related_model is Attachment:
            rows = rows.filter(message__erased_at=None)
        left -= set(rows.values_list(relation.field.name, flat=True))
    return left
