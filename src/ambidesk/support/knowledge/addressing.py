"""Addressing: slugs of translations, changed with the former ones leading on."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.knowledge.events import ArticleArranged
from ambidesk.support.knowledge.models import FormerSlug, Translation
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.knowledge.rules.slugs import numbered

SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


class NotASlug(InvalidInput):
    """It cannot be an address."""

    sentence = _("An address is made of Latin letters, digits and hyphens.")


class SlugTaken(InvalidInput):
    """Another article is or was there."""

    sentence = _("Another article has or had this address.")


class SeenByReaders(Refusal):
    """What readers have is moved by who publishes."""

    sentence = _("Readers see this article already. Whoever may publish moves it.")


@transaction.atomic
def readdress(translation: Translation, slug: str, *, by: Actor, at: datetime) -> Translation:
    """
    Give a translation another address; the former one leads to it if it was ever public.

    Raises:
        NotEntitled, NotASlug, SlugTaken.
        SeenByReaders: it is public, and the actor does not publish.
    """
    if not by.may(KnowledgeRight.WRITE):
        raise NotEntitled
    row = Translation.objects.select_for_update().get(pk=translation.pk)
    if row.published is not None and not by.may(KnowledgeRight.PUBLISH):
        raise SeenByReaders
    slug = slug.strip().lower()
    if slug == row.slug:
        return row
    if not SLUG.match(slug) or len(slug) > 100:
        raise NotASlug(field="slug")
    if slug != free_slug(slug, language=row.language, of=row):
        raise SlugTaken(field="slug")
    FormerSlug.objects.filter(language=row.language, slug=slug, translation=row).delete()
    if row.published is not None:
        FormerSlug.objects.create(language=row.language, slug=row.slug, translation=row)
    row.slug = slug
    row.save(update_fields=["slug"])
    journal.record(ArticleArranged(article_id=row.article_id), by=by, at=at)
    return row


def free_slug(slug: str, *, language: str, of: Translation | None = None) -> str:
    """Give the slug with the first number under which no other translation is or was."""
    own = of.pk if of else 0
    present = Translation.objects.filter(language=language, slug__startswith=slug).exclude(pk=own)
    former = FormerSlug.objects.filter(language=language, slug__startswith=slug)
    taken = set(present.values_list("slug", flat=True))
    taken |= set(former.exclude(translation=own).values_list("slug", flat=True))
    number = 1
    while numbered(slug, number) in taken:
        number += 1
    return numbered(slug, number)
