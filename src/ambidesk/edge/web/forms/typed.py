"""What somebody typed into a web form: read, with what is wrong beside its field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.questions import read_given
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.form import Form
from ambidesk.ground.fields.rules.refusals import Missing
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.parties.people.normalising import NotAnAddress, normal_email
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.channels.webform.submission import Enclosure, Submission
from ambidesk.support.channels.widget.manner import Asks

LONGEST_TEXT = 20_000
MOST_FILES, LARGEST_BYTES = 5, 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A submission, and what is wrong with it by the names of its fields."""

    said: Submission
    errors: Mapping[str, str]


def read_typed(
    request: Request, manner: FormManner, form: Form, *, language: str, zone: tzinfo, at: datetime
) -> Typed:
    """Read what was typed; what the form does not ask for is left out."""
    given = request.POST
    reading = read_given(form, given, zone=zone, at=at)
    email, errors = _email(given.get("email", ""))
    name = one_line(given.get("name", ""), 200) if manner.asks_name is not Asks.NO else ""
    text = storable(given.get("text", "")).strip() if manner.asks_text is not Asks.NO else ""
    if manner.asks_name is Asks.MUST and not name:
        errors["name"] = str(Missing.sentence)
    if manner.asks_text is Asks.MUST and not text:
        errors["text"] = str(Missing.sentence)
    if len(text) > LONGEST_TEXT:
        errors["text"] = _("Use at most %(most)s letters.") % {"most": LONGEST_TEXT}
    files, wrong = _files(request.FILES.getlist("files") if manner.takes_files else [])
    said = Submission(
        name=name,
        email=email,
        text=text,
        language="ru" if language.startswith("ru") else "en",
        page=_page(given.get("page", "")),
        asset=one_line(given.get("asset", ""), 43),
        answers={key: values.written(value) for key, value in reading.answers.items()},
        files=files,
    )
    return Typed(said=said, errors={**errors, **wrong, **reading.errors})


def _email(typed: str) -> tuple[str, dict[str, str]]:
    if not typed.strip():
        return "", {"email": str(Missing.sentence)}
    try:
        return normal_email(typed), {}
    except NotAnAddress:
        return "", {"email": _("This is no e-mail address.")}


def _files(uploads: list[Any]) -> tuple[tuple[Enclosure, ...], dict[str, str]]:
    kept: list[Any] = [each for each in uploads if each.size]
    if len(kept) > MOST_FILES:
        return (), {"files": _("Send at most %(most)s files.") % {"most": MOST_FILES}}
    if sum(each.size or 0 for each in kept) > LARGEST_BYTES:
        return (), {"files": _("All files together may have 10 MB.")}
    return (
        tuple(Enclosure(name=one_line(each.name or "", 255), content=each.read()) for each in kept),
        {},
    )


def _page(typed: str) -> str:
    page = one_line(typed, 500)
    return page if page.startswith(("http://", "https://")) else ""
