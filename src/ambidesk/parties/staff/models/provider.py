"""Providers: companies' own sign-in, and under which subject each knows a colleague."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.models import Role
from ambidesk.parties.staff.models.member import Member


class ProviderKind(models.TextChoices):
    """How a provider says who somebody is."""

    OIDC = "oidc", _("OpenID Connect")
    SAML = "saml", _("SAML 2.0")


class Provider(models.Model):
    """
    A provider that vouches for colleagues; its secret lies sealed.

    `issuer` is the issuer of OIDC or the entity of SAML; `domains` are those of which it alone
    says who writes under them; `roles` are groups of its own and the roles that they give.
    """

    name = models.CharField(_("Name"), max_length=80, unique=True)
    kind = models.CharField(max_length=4, choices=ProviderKind.choices)
    slug = models.CharField(max_length=32, unique=True)
    issuer = models.CharField(max_length=500)
    client_id = models.CharField(max_length=255, blank=True)
    sealed_secret = models.TextField(blank=True)
    sign_on_url = models.CharField(max_length=500, blank=True)
    certificate = models.TextField(blank=True)
    domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    lets_in = models.BooleanField(default=False)
    is_only_way = models.BooleanField(default=False)
    group_claim = models.CharField(max_length=255, blank=True)
    roles = models.JSONField(default=dict, blank=True)
    first_roles = models.ManyToManyField(Role, related_name="+", blank=True)
    keep_passwords = models.ManyToManyField(Member, related_name="+", blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order of the sign-in page."""

        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Subject(models.Model):
    """A colleague as a provider knows them: by issuer and subject, never by an address."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="subjects")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="subjects")
    value = models.CharField(max_length=255)
    since = models.DateTimeField()

    class Meta:
        """One colleague a subject, and one subject a colleague."""

        constraints = [
            models.UniqueConstraint(fields=["provider", "value"], name="subject_once"),
            models.UniqueConstraint(fields=["provider", "member"], name="subject_of_member_once"),
        ]
