"""Things of settings: one row of each noun."""

from datetime import UTC, datetime, timedelta

from django.core import signing

from ambidesk.across.automation.models import Rule
from ambidesk.across.automation.saying import kept_said
from ambidesk.across.automation.trials.beginning import Asked, begin_trial
from ambidesk.across.automation.writing import RuleText, write_rule
from ambidesk.across.context.arranging import HintText, write_hint
from ambidesk.across.privacy.models import Kept
from ambidesk.across.privacy.retaining import set_retention
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.keying import KeyText, issue_key
from ambidesk.ground.reach.models import Role
from ambidesk.parties.authority.joining import PURPOSE
from ambidesk.parties.companies.describing import arrange_card
from ambidesk.parties.companies.models import CardOf
from ambidesk.parties.consents.models import Purpose
from ambidesk.parties.consents.publishing import publish_document
from ambidesk.parties.staff.absenting import Leave, enter_absence
from ambidesk.parties.staff.arranging import ProviderText, arrange_provider
from ambidesk.parties.staff.mastering import name_skill
from ambidesk.parties.staff.mentoring import give_mentor
from ambidesk.parties.staff.models import AbsenceKind, Provider, ProviderKind
from ambidesk.relation.feedback.models import Survey
from ambidesk.service.assets import arranging
from ambidesk.service.assets.models import CodeKind
from ambidesk.service.catalogue.arranging import arrange_category, name_request_type
from ambidesk.service.sla.arranging import Promising, arrange_calendar
from ambidesk.service.sla.rules.facts import Goal, Target
from ambidesk.service.workflow.models import Process
from ambidesk.support.approvals.models import Terms as ApprovalTerms
from ambidesk.support.channels.access import Settings, stored
from ambidesk.support.channels.contract.manifest import WayIn
from ambidesk.support.channels.incoming.connecting import Source, connect_source
from ambidesk.support.channels.incoming.mapping import Rules
from ambidesk.support.channels.telegram.manifest import MANIFEST
from ambidesk.support.channels.webform.connecting import WebForm, connect_form
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.conversations.models import Channel, ChannelKind, IntakeItem
from ambidesk.support.desk.models import Macro
from ambidesk.support.desk.phrasing import write_template
from ambidesk.support.knowledge.equating import equate
from ambidesk.support.knowledge.models import Category as Topic
from ambidesk.support.promises.arranging import arrange_ticket_policy
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.models import Mode
from ambidesk.support.scripts.models import Script
from ambidesk.support.succession.models import Succession
from ambidesk.support.webhooks import arranging as hooking
from ambidesk.support.webhooks.models import WebhookCall
from ambidesk.support.webhooks.telling import try_out
from tests.cast import Cast
from tests.edge.web.made.clients import contract_in_force, paper_of_asset
from tests.edge.web.ui.account.company.keys import key_pair

HINT = HintText(
    name="Owes",
    condition={"field": "debt_days", "operator": "more", "value": 10},
    words="Owes {{debt}}",
)


def rows_by_route(cast: Cast, *, word_pk: int) -> dict[str, object]:
    """Give what each route of the settings names, by the route."""
    by, at = cast.actor(cast.admin), cast.at
    category = arrange_category(None, name="Parcels", parent=None, brand=cast.shop, by=by, at=at)
    kind = name_request_type(None, name="Question", by=by, at=at)
    template = write_template(
        None, name="Hello", text="Hello", language="", brand=None, team=None, by=by, at=at
    )
    rule = Rule.objects.get()
    now = datetime.now(UTC)
    then, back = now + timedelta(days=30), now + timedelta(days=39)
    leave = Leave(kind=AbsenceKind.HOLIDAY, starts_at=then, ends_at=back)
    absence = enter_absence(cast.olga, leave, by=by, at=now).pk
    give_mentor(cast.olga, cast.ivan, until=back.date(), by=by, at=now)
    nouns = {
        "absences": absence,
        "newcomers": cast.olga.pk,
        "successions": Succession.objects.create(
            member=cast.olga, way="back", by=cast.olga.user, at=at
        ).pk,
        "brands": cast.shop.pk,
        "channels": cast.shop_mail.pk,
        "widgets": Channel.objects.get(kind=ChannelKind.WIDGET).pk,
        "messengers": _bot(cast).pk,
        "webforms": Channel.objects.get(kind=ChannelKind.FORM).pk,
        "incoming": source_of_shop(cast).pk,
        "teams": cast.shop_team.pk,
        "providers": _provider(cast).pk,
        "staff": cast.ivan.pk,
        "roles": Role.objects.get(key="reader").pk,
        "keys": issue_key(KeyText(name="Shop", scopes=["tickets:read"]), by=by, at=at).key.pk,
        "categories": category.pk,
        "fields": Definition.objects.get().pk,
        "tags": word_pk,
        "types": kind.pk,
        "macros": Macro.objects.get().pk,
        "processes": Process.objects.get().pk,
        "scripts": Script.objects.get().pk,
        "hints": write_hint(None, HINT, by=by, at=at).pk,
        "rules": rule.pk,
        "templates": template.pk,
        "queues": arrange_queue(cast.shop_team, Arrangement(mode=Mode.PULL), by=by, at=at).pk,
        **_promised(cast),
        "skills": name_skill(None, name="Parcels", members=[cast.olga], by=by, at=at).pk,
        "surveys": Survey.objects.get().pk,
        "approvals": ApprovalTerms.objects.create(pk=1).pk,
        "consents": publish_document(Purpose.NEWS, text="News?", language="en", by=by, at=at).pk,
        "retention": set_retention(None, Kept.PERSONS, months=12, by=by, at=at).pk,
        "cards": arrange_card(CardOf.SITE, (), by=by, at=at).pk,
        "synonyms": equate(None, ["МФУ", "printer"], by=by, at=at).pk,
        "topics": Topic.objects.get().pk,
        **_catalogue(by, at),
    }
    call = _lost_call(cast)
    nouns["webhooks"] = call.webhook_id
    problem = Problem.objects.create(
        kind="intake-quarantined",
        subject_kind="intake_item",
        subject_id=IntakeItem.objects.get().pk,
        first_at=at,
        last_at=at,
    )
    nouns["problems"] = problem.pk
    parts = (
        "-again",
        "-end",
        "-original",
        "-one",
        "-archive",
        "-test",
        "-link",
        "-switch",
        "-runs",
        "-factors",
        "-presentation",
        "-revocation",
        "-secret",
        "-going",
        "-results",
        "-lost",
        "-undo",
        "-switch",
    )
    routes = {f"settings-{noun}{part}": pk for noun, pk in nouns.items() for part in parts}
    trial = dict.fromkeys(("settings-rules-trial", "settings-rules-trial-stop"), _trial(cast, rule))
    return {
        "join": signing.dumps(["a@north.example", datetime.now(UTC).timestamp()], salt=PURPOSE),
        **routes,
        **trial,
        "settings-webhooks-call": call.pk,
        **dict.fromkeys(
            ("asset-document", "asset-document-audience", "asset-document-removal"),
            paper_of_asset(cast),
        ),
        **contract_in_force(cast),
    }


def source_of_shop(cast: Cast) -> Channel:
    """The monitoring of the shop."""
    rules = Rules(each="alerts", subject="labels.alertname", key="fingerprint")
    wanted = Source(brand=cast.shop, team=cast.shop_team, name="Monitoring", rules=rules)
    return connect_source(None, wanted, by=cast.actor(cast.admin), at=cast.at)


def form_of_shop(cast: Cast) -> Channel:
    """A web form of the shop."""
    manner = FormManner(title={"en": "A request"}, origins=("https://polka.example",))
    wanted = WebForm(
        brand=cast.shop,
        team=cast.shop_team,
        request_type=None,
        name="A request",
        address="request",
        manner=manner,
    )
    return connect_form(None, wanted, by=cast.actor(cast.admin), at=cast.at)


def widget_of_shop(cast: Cast) -> Channel:
    """The chat on the shop's site."""
    wanted = Widget(
        brand=cast.shop,
        team=cast.shop_team,
        name="Chat",
        manner=Manner(origins=("https://polka.example",)),
    )
    return connect_widget(None, wanted, by=cast.actor(cast.admin), at=cast.at)


def _bot(cast: Cast) -> Channel:
    current = Settings(way_in=WayIn.POLLING, values={"token": "1:" + "a" * 35})
    row, secret = stored(current, MANIFEST)
    return Channel.objects.create(
        kind="telegram",
        brand=cast.shop,
        name="Bot",
        address="@shop_bot",
        settings=row,
        secret=secret,
        enabled=False,
    )


def _promised(cast: Cast) -> dict[str, object]:
    by, at = cast.actor(cast.admin), cast.at
    spec = read({"zone": "UTC", "hours": "24/7"})
    hours = arrange_calendar(None, name="Always", spec=spec, by=by, at=at)
    target = Target(goal=Goal.RESOLUTION, work=timedelta(hours=8))
    said = Promising(
        name="Обещание магазина", place=1, condition=None, calendar=hours, targets=[target]
    )
    policy = arrange_ticket_policy(None, said, by=by, at=at)
    # Nothing counts by this one, so that it can be archived.
    spare = arrange_calendar(None, name="Spare", spec=spec, by=by, at=at)
    return {"calendars": spare.pk, "policies": policy.pk}


def rule_of_shop(cast: Cast) -> Rule:
    """A rule that acts on what is opened."""
    steps = [{"action": "tickets.prioritise", "parameters": {"priority": 4}}]
    text = RuleText(
        name="Правило магазина", when={"events": ["opened"]}, condition=None, then=steps
    )
    return write_rule(None, text, by=cast.actor(cast.admin), at=cast.at)


def _trial(cast: Cast, rule: Rule) -> int:
    asked = Asked(
        said=kept_said(rule.current.said),
        since=cast.at - timedelta(days=1),
        until=cast.at,
        rule=rule,
    )
    return begin_trial(asked, by=cast.actor(cast.admin), at=cast.at).pk


def _provider(cast: Cast) -> Provider:
    text = ProviderText(
        name="Chain",
        kind=ProviderKind.SAML,
        issuer="https://id.chain.example",
        sign_on_url="https://id.chain.example/sso",
        certificate=key_pair("chain")[1],
    )
    return arrange_provider(None, text, by=cast.actor(cast.admin), at=cast.at)


def _catalogue(by: Actor, at: datetime) -> dict[str, int]:
    """A class of equipment, a model of it and what can fail."""
    kind = arranging.arrange_class(None, name="Pumps", by=by, at=at)
    model = arranging.arrange_model(None, kind=kind, vendor="Wilo", name="P1", by=by, at=at)
    code = arranging.arrange_code(
        None, kind=CodeKind.MODE, code="LEK", name="Leaks", asset_class=kind, by=by, at=at
    )
    return {"assetclasses": kind.pk, "assetmodels": model.pk, "failurecodes": code.pk}


def _lost_call(cast: Cast) -> WebhookCall:
    """A call of a webhook that was given up."""
    wanted = hooking.Wanted(name="Shop", url="https://example.org/", kinds=["tickets.opened"])
    webhook = hooking.set_up_webhook(None, wanted, by=cast.actor(cast.admin), at=cast.at)
    try_out(webhook, by=cast.actor(cast.admin), at=cast.at)
    webhook.calls.update(given_up_at=cast.at)
    return webhook.calls.get()
