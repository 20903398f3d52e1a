"""The command `ambidesk api schema`: the document of the API; it needs no desk."""

import os

import click
import django

from ambidesk.edge.commands.opening import called
from ambidesk.edge.commands.speech import gettext as _


@click.group(help=_("What other programs can do with this desk."))
def api() -> None:
    """Hold the commands."""


@api.command(help=_("Print the API as OpenAPI."))
def schema() -> None:
    """Print the document, as the desk hands it out."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ambidesk.wiring.settings")
    django.setup()
    # With all addresses every operation is declared.
    called("ambidesk.wiring.routes:urlpatterns")
    click.echo(called("ambidesk.edge.api.document:written")(), nl=False)
