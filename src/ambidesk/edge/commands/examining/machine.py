"""What can be examined without a database: the directory, the disk, the secret, the programs."""

import shutil
import stat
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path

from ambidesk.edge.commands.cluster.binaries import installed
from ambidesk.edge.commands.examining.finding import Finding, broken, well, worth_a_look
from ambidesk.edge.commands.place.config import Config
from ambidesk.edge.commands.place.data import LEAST_FREE_BYTES, is_locked, prepare
from ambidesk.edge.commands.place.unfinished import require_finished
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.speech import ngettext
from ambidesk.edge.commands.starting.certificate import days_left, require_certificate
from ambidesk.edge.commands.starting.relay import require_relay
from ambidesk.edge.commands.trouble import Trouble

GIBIBYTE = 1024**3
SOON_DAYS = 10
COMFORTABLE_BYTES = 5 * GIBIBYTE


def machine(place: Path, config: Config) -> Iterator[Finding]:
    """Examine this machine; nothing is made where there is no desk yet."""
    if not place.is_dir():
        yield well(
            _("data directory"), _("%(place)s is made at the first start.") % {"place": place}
        )
        return
    yield _directory(place)
    yield _disk(place)
    yield _secret(place)
    if not config.database_url:
        yield _programs()
    yield _printing()
    yield _relay(config)
    if config.smtp_certificate or config.smtp_key:
        yield _certificate(config)
    yield _running(place)


def _directory(place: Path) -> Finding:
    name = _("data directory")
    try:
        prepare(place)
        require_finished(place)
    except Trouble as trouble:
        return broken(name, trouble.sentence)
    return well(name, str(place))


def _disk(place: Path) -> Finding:
    name = _("disk")
    try:
        free = shutil.disk_usage(place).free
    except OSError as wrong:
        return broken(name, str(wrong))
    left = _("%(free).1f GB free on the disk of %(place)s.") % {
        "free": free / GIBIBYTE,
        "place": place,
    }
    if free < LEAST_FREE_BYTES:
        return broken(name, left + " " + _("The desk stops taking mail; free some space now."))
    if free < COMFORTABLE_BYTES:
        return worth_a_look(name, left + " " + _("Free some space, or move the data."))
    return well(name, left)


def _secret(place: Path) -> Finding:
    name, file = _("secret"), place / "secret"
    if not file.exists():
        return well(name, _("It is made at the first start."))
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        return worth_a_look(
            name, _("Others may read %(file)s. Run: chmod 600 %(file)s") % {"file": file}
        )
    return well(name, _("Only its owner may read it."))


def _programs() -> Finding:
    name = _("PostgreSQL programs")
    try:
        return well(name, _("PostgreSQL %(version)s.") % {"version": installed().version})
    except Trouble as trouble:
        return broken(name, trouble.sentence)


def _printing() -> Finding:
    name = _("printing")
    if find_library("pango-1.0") and find_library("harfbuzz"):
        return well(name, _("Labels and papers can be made as PDF."))
    return worth_a_look(
        name, _("libpango is missing: no PDF can be made. Run bin/setup, or install libpango.")
    )


def _relay(config: Config) -> Finding:
    name = _("mail relay")
    if not config.smtp_relay:
        return worth_a_look(
            name,
            _(
                "No relay is set: only channels with a server of their own can send. Set "
                "AMBIDESK_SMTP_RELAY, such as smtp://user:password@mail.example.org:587"
            ),
        )
    try:
        require_relay(config.smtp_relay)
    except Trouble as trouble:
        return broken(name, trouble.sentence)
    return well(name, _("It answers and lets us in."))


def _certificate(config: Config) -> Finding:
    name = _("certificate of the mail reception")
    try:
        require_certificate(config)
    except Trouble as trouble:
        return broken(name, trouble.sentence)
    left = days_left(config)
    if left < 0:
        return broken(name, _("It has ended. Renew it; the desk reads it again by itself."))
    words = ngettext("It is good for %(days)s day.", "It is good for %(days)s days.", left)
    sentence = words % {"days": left}
    return worth_a_look(name, sentence) if left < SOON_DAYS else well(name, sentence)


def _running(place: Path) -> Finding:
    name = _("desk")
    if is_locked(place):
        return well(name, _("It runs."))
    return worth_a_look(name, _("It does not run here. Start it with: ambidesk up"))
