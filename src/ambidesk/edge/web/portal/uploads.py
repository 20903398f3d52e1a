"""Files that a contact adds, read within limits."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput

LARGEST_BYTES = 20_000_000


class TooLarge(InvalidInput):
    """More than is taken at once."""

    sentence = _("All files together may have 20 MB.")


def read_files(request: Request) -> Sequence[tuple[str, bytes]]:
    """
    Read the files of a request, by name and content.

    Raises:
        TooLarge: together they are.
    """
    given = [each for each in request.FILES.getlist("files") if each.size]
    if sum(each.size or 0 for each in given) > LARGEST_BYTES:
        raise TooLarge(field="files")
    return [(each.name or "", each.read()) for each in given]
