"""A form of the shop that asks for a leak."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from ambidesk.ground.conditions.operators import Operator
from ambidesk.ground.conditions.tree import Comparison
from ambidesk.ground.fields.defining import Choice, Wanted, define
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.form import Form, Needed, Question, Section
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.catalogue.asking import shape
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.channels.webform import guarding
from ambidesk.support.channels.webform.connecting import WebForm, connect_form
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.conversations.models import Channel
from tests.cast import Cast
from tests.edge.web.forms.visiting import SITE


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    # People take their time; a test must not.
    monkeypatch.setattr(guarding, "SHORTEST", timedelta(0))


@pytest.fixture
def fields(cast: Cast) -> dict[str, Definition]:
    """Does it leak, and where; which staff alone answers."""
    made = {
        "leaks": Wanted(kind=Kind.YES, label=Texts(en="Does it leak?", ru="Течёт?")),
        "where": Wanted(
            kind=Kind.CHOICE,
            label=Texts(en="Where is it?", ru="Где?"),
            choices=(Choice(label=Texts(en="Kitchen")), Choice(label=Texts(en="Cellar"))),
        ),
        "cost": Wanted(kind=Kind.TEXT, label=Texts(en="Secret cost"), is_public=False),
    }
    return {k: define(None, wanted=w, by=SYSTEM, at=cast.at) for k, w in made.items()}


@pytest.fixture
def channel(cast: Cast, fields: dict[str, Definition]) -> Channel:
    """A form of the shop that asks for a leak."""
    leaks, where, cost = (fields[key].spec for key in ("leaks", "where", "cost"))
    when = Comparison(field=leaks.name, operator=Operator.IS, value=True)
    questions = (
        Question(spec=leaks, needed=Needed.OPEN),
        Question(spec=where, needed=Needed.OPEN, when=when),
        Question(spec=cost),
    )
    kind = RequestType.objects.create(name="Leak")
    shape(kind, Form(sections=(Section(questions=questions),)), by=SYSTEM, at=cast.at)
    manner = FormManner(title={"en": "A leak", "ru": "Протечка"}, origins=(SITE,))
    wanted = WebForm(
        brand=cast.shop,
        team=cast.shop_team,
        request_type=kind,
        name="Leaks",
        address="leak",
        manner=manner,
    )
    return connect_form(None, wanted, by=SYSTEM, at=cast.at)
