"""What the desk holds of a person, taken out as one archive."""

import tempfile

from django.http import FileResponse, Http404, HttpResponseBase

from ambidesk.across.privacy.exporting import export
from ambidesk.edge.web.ui.downloads import disposition
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.people.models import Person

# Smaller archives never touch the disk.
IN_MEMORY_BYTES = 4 * 1024 * 1024


def take(request: Request, person: int) -> HttpResponseBase:
    """Hand out the archive; that it was taken stands in the journal."""
    found = Person.objects.visible_to(request.actor).filter(pk=person).first()
    if found is None:
        raise Http404
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 closed with the response
    export(found, archive, by=request.actor, at=request.at)
    archive.seek(0)
    response = FileResponse(archive, content_type="application/zip")
    response["Content-Disposition"] = disposition(f"person-{person}.zip", inline=False)
    response["Cache-Control"] = "no-store"
    return response
