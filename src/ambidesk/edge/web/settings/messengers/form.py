"""The form of a messenger's channel: whose it is, what its manifest asks for, how it hears."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.sections import Words
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.channels.access import BrokenAccess, settings_of
from ambidesk.support.channels.connecting import Wanted
from ambidesk.support.channels.contract.manifest import Manifest, Setting, WayIn
from ambidesk.support.conversations.models import Channel

WAYS = {
    WayIn.WEBHOOK: _("The messenger calls the desk: at once, needs a public address with HTTPS"),
    WayIn.POLLING: _("The desk asks the messenger: works behind any firewall"),
}
KEPT = _("Kept. Enter another one to change it.")
LONGEST = 500


class MessengerForm(forms.Form):
    """One bot of one kind of messenger."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        help_text=_("For the staff. Without one it is called as the bot is."),
    )
    brand = forms.ModelChoiceField(Brand.objects.filter(archived_at=None), label=_("Brand"))
    team = forms.ModelChoiceField(
        Team.objects.filter(archived_at=None),
        label=_("Team"),
        required=False,
        empty_label=_("No team"),
        help_text=_("New tickets wait in its queue."),
    )
    way_in = forms.ChoiceField(label=_("How messages come in"), widget=forms.RadioSelect)

    def __init__(self, manifest: Manifest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manifest = manifest
        ways = [(way.value, WAYS[way]) for way in manifest.ways_in if way in WAYS]
        field = self.fields["way_in"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 as it is declared above
        field.choices = ways
        field.initial = ways[0][0] if ways else ""
        for each in manifest.settings:
            self.fields[each.name] = _field(each, is_kept=bool(self.initial.get(each.name)))
        names = tuple(each.name for each in manifest.settings)
        self.groups: tuple[tuple[str, Words, Words, tuple[str, ...]], ...] = (
            ("", "", "", (*names[:1], "name", "brand", "team")),
            ("", "", "", ("way_in", *names[1:])),
        )


def known(channel: Channel) -> dict[str, Any]:
    """What the form shows of a channel: everything but its secrets."""
    values: dict[str, Any] = {
        "name": channel.name,
        "brand": channel.brand_id,
        "team": channel.team_id,
    }
    try:
        current = settings_of(channel)
    except (BrokenAccess, CannotUnseal):
        return values
    return {**values, "way_in": current.way_in.value, **current.values}


def wanted_in(manifest: Manifest, values: Mapping[str, Any]) -> Wanted:
    """Read what a channel is to be out of a valid form."""
    return Wanted(
        kind=manifest.kind,
        brand=values["brand"],
        team=values["team"],
        name=values["name"],
        way_in=WayIn(values["way_in"]),
        values={each.name: values.get(each.name, "") for each in manifest.settings},
    )


def _field(each: Setting, *, is_kept: bool) -> forms.CharField:
    attrs = {"autocomplete": "off", "spellcheck": "false"}
    if each.secret:
        attrs["autocomplete"] = "new-password"
    if is_kept and each.secret:
        attrs["placeholder"] = str(KEPT)
    widget = forms.PasswordInput(attrs=attrs) if each.secret else forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=str(each.label),
        help_text=str(each.help),
        max_length=LONGEST,
        required=each.required and not (each.secret and is_kept),
        initial=each.initial,
        widget=widget,
    )
