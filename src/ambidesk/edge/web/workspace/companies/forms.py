"""Forms of companies, their legal entities, sites and contacts; each leads to one verb."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, Department, Territory
from ambidesk.parties.companies.placing import territories_by_names
from ambidesk.parties.staff.models import Member
from ambidesk.parties.stewards.models import Duty


class ProfileForm(forms.Form):
    """What is known of a company."""

    name = forms.CharField(label=_("Name"), max_length=200)
    parent = forms.CharField(
        label=_("Group"),
        max_length=200,
        required=False,
        help_text=_("The name of the company it belongs to."),
    )
    industry = forms.CharField(label=_("Industry"), max_length=80, required=False)
    remark = forms.CharField(
        label=_("Remark"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
        help_text=_("Only colleagues read it."),
    )

    def __init__(self, *args: Any, actor: Actor, **known: Any) -> None:
        super().__init__(*args, **known)
        self._companies = Company.objects.visible_to(actor)

    def clean_parent(self) -> Company | None:
        """Find the group by its name."""
        name = self.cleaned_data["parent"].strip()
        if not name:
            return None
        found = self._companies.filter(name__iexact=name).first()
        if found is None:
            raise forms.ValidationError(_("There is no company of this name."))
        return found


class EntityForm(forms.Form):
    """Who signs and pays; numbers are checked by the verb."""

    name = forms.CharField(label=_("Name"), max_length=250)
    country = forms.CharField(label=_("Country"), max_length=2, initial="RU")
    inn = forms.CharField(label=_("INN"), max_length=20, required=False)
    kpp = forms.CharField(label=_("KPP"), max_length=20, required=False)
    ogrn = forms.CharField(label=_("OGRN"), max_length=25, required=False)
    vat = forms.CharField(label=_("VAT number"), max_length=30, required=False)
    address = forms.CharField(label=_("Legal address"), max_length=300, required=False)


class SiteForm(forms.Form):
    """What is known of a site; zone and point are checked by the verb."""

    name = forms.CharField(label=_("Name"), max_length=200)
    territory = forms.ChoiceField(label=_("Territory"), required=False)
    code = forms.CharField(label=_("Code"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    latitude = forms.DecimalField(
        label=_("Latitude"),
        min_value=-90,
        max_value=90,
        max_digits=9,
        decimal_places=6,
        required=False,
    )
    longitude = forms.DecimalField(
        label=_("Longitude"),
        min_value=-180,
        max_value=180,
        max_digits=9,
        decimal_places=6,
        required=False,
    )
    zone = forms.CharField(
        label=_("Time zone"), max_length=60, required=False, help_text=_("As Europe/Moscow.")
    )

    def __init__(self, *args: Any, company: Company, **known: Any) -> None:
        super().__init__(*args, **known)
        self._areas = {
            str(row.pk): (path, row) for path, row in territories_by_names(company).items()
        }
        choices = sorted((" / ".join(path), key) for key, (path, _row) in self._areas.items())
        field = self.fields["territory"]
        field.choices = [("", "–"), *((key, name) for name, key in choices)]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_territory(self) -> Territory | None:
        """Give the area itself."""
        found = self._areas.get(self.cleaned_data["territory"])
        return found[1] if found else None


class ContactForm(forms.Form):
    """As what, and for which department, somebody speaks."""

    post = forms.CharField(label=_("Post"), max_length=120, required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)

    def __init__(self, *args: Any, company: Company, **known: Any) -> None:
        super().__init__(*args, **known)
        self._rows = {str(row.pk): row for row in Department.objects.filter(company=company)}
        field = self.fields["department"]
        field.choices = [("", "–"), *((key, row.name) for key, row in self._rows.items())]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_department(self) -> Department | None:
        """Give the department itself."""
        return self._rows.get(self.cleaned_data["department"])


class EndingForm(ContactForm):
    """The same, their birthday, and until when."""

    birthday = forms.DateField(
        label=_("Birthday"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class NewContactForm(ContactForm):
    """Who it is: known by an address, or met by it."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=200)
    address = forms.CharField(label=_("E-mail or phone"), max_length=320)
    since = forms.DateField(
        label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ("name", "address", "post", "department", "since")


class StewardForm(forms.Form):
    """Who looks after the company, as what, since when."""

    member = forms.ModelChoiceField(
        Member.objects.filter(user__is_active=True)
        .select_related("user")
        .order_by("user__name", "pk"),
        label=_("Colleague"),
    )
    duty = forms.ChoiceField(label=_("As what"), choices=Duty.choices)
    since = forms.DateField(
        label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_duty(self) -> Duty:
        """Give the duty itself."""
        return Duty(self.cleaned_data["duty"])


class ReleaseForm(forms.Form):
    """Until when somebody looks after the company."""

    until = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
