"""`ambidesk user`: accounts of members of staff, from the console."""

import json
from datetime import UTC, datetime

import click

from ambidesk.edge.commands.opening import called, open_desk
from ambidesk.edge.commands.options import as_json, data
from ambidesk.edge.commands.passwords import new_password
from ambidesk.edge.commands.speech import gettext as _

STAFF = "ambidesk.edge.commands.staff"


@click.group(help=_("Accounts of members of staff."))
def user() -> None:
    """Hold the commands."""


@user.command(help=_("Give somebody an account; without --ask a password is made and printed."))
@click.argument("email")
@click.option("--name", default="", help=_("Name as colleagues and customers read it."))
@click.option(
    "--role", "roles", multiple=True, default=("operator",), help=_("Role; may be repeated.")
)
@click.option("--ask", is_flag=True, help=_("Ask for the password instead of making one."))
@data
@as_json
def add(*, email: str, name: str, roles: tuple[str, ...], ask: bool, **shared: str | bool) -> None:
    """Add a member of staff."""
    open_desk(_text(shared["data"]))
    typed = click.prompt(_("Password"), hide_input=True, confirmation_prompt=True) if ask else None
    password = typed or new_password()
    person = {"email": email, "name": name, "roles": roles}
    called(f"{STAFF}:add")(**person, password=password, at=datetime.now(UTC))
    if shared["as_json"]:
        shown = {"login": email, "password": None if ask else password, "role": ", ".join(roles)}
        click.echo(json.dumps(shown, ensure_ascii=False))
    else:
        click.echo(_("%(email)s may sign in now.") % {"email": email})
        if not ask:
            click.echo(_("Password: %(password)s") % {"password": password})


@user.command(help=_("Print the link for the first administrator, while there is none."))
@data
@as_json
def first(data: str | None, *, as_json: bool) -> None:
    """Print the link."""
    open_desk(data)
    link = called(f"{STAFF}:first_link")(at=datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(link))
    else:
        click.echo(link or _("This desk already has an administrator."))


@user.command(help=_("Print a link by which somebody chooses a new password; it is good once."))
@click.argument("email")
@data
@as_json
def link(email: str, data: str | None, *, as_json: bool) -> None:
    """Print the link."""
    open_desk(data)
    made = called(f"{STAFF}:access_link")(email, at=datetime.now(UTC))
    click.echo(json.dumps({"login": email, "link": made}) if as_json else made)


def _text(value: str | bool | None) -> str | None:  # noqa: FBT001 - an option's value
    return value if isinstance(value, str) else None
