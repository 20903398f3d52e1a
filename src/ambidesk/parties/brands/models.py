"""Brands: the faces under which the company speaks. A customer of one never sees another."""

from datetime import tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _


class Brand(models.Model):
    """
    One face: its name, language, accent colour, signature.

    `web` is where its own pages are, scheme and host; "" where they are at the desk's address.
    `zone` is whose time its customers mean and read, by its IANA name; "" is the desk's own.
    """

    name = models.CharField(_("Name"), max_length=80)
    slug = models.SlugField(_("Short name"), max_length=40)
    language = models.CharField(
        _("Language"), max_length=2, choices=[("en", "English"), ("ru", "Русский")], default="ru"
    )
    accent = models.CharField(
        _("Accent colour"),
        max_length=7,
        default="#3b5bdb",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("A colour like #3b5bdb."))],
    )
    signature = models.TextField(_("Signature"), blank=True, max_length=2000)
    web = models.CharField(_("Web address"), max_length=200, blank=True)
    zone = models.CharField(_("Time zone"), max_length=60, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A name and a short name are used once."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="brand_name_once"),
            models.UniqueConstraint(fields=["slug"], name="brand_slug_once"),
            models.UniqueConstraint(
                fields=["web"], condition=~models.Q(web=""), name="brand_web_once"
            ),
            models.CheckConstraint(
                condition=models.Q(accent__regex=r"^#[0-9a-f]{6}$"), name="brand_accent_is_a_colour"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def origin(self) -> str:
        """Scheme and host of the pages that customers of this brand see."""
        return self.web or str(settings.BASE_URL)

    @property
    def clock(self) -> tzinfo:
        """The zone whose time is told to its customers, and meant by them."""
        return ZoneInfo(self.zone) if self.zone else get_default_timezone()

    @property
    def host(self) -> str:
        """The host of its own pages; "" where it has none."""
        return urlsplit(self.web).netloc
