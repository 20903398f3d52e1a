"""Topics: the tree in which articles of the help centre stand."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.knowledge.arranging import CategoryNames, archive_category, set_up_category
from ambidesk.support.knowledge.models import Category
from ambidesk.support.knowledge.rights import KnowledgeRight


class TopicForm(forms.Form):
    """What a topic is called and where it stands."""

    name_ru = forms.CharField(label=_("Name in Russian"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        required=False,
        help_text=_("Latin letters, for addresses."),
    )
    parent = forms.ModelChoiceField(
        Category.objects.filter(archived_at=None), label=_("Belongs to"), required=False
    )
    position = forms.IntegerField(
        label=_("Place in the order"), min_value=0, max_value=10_000, required=False
    )


def _save(request: Request, row: Category | None, values: Mapping[str, Any]) -> None:
    said = CategoryNames(**{**values, "position": values["position"] or 0})
    set_up_category(row, said, by=request.actor, at=request.at)


def _archive(request: Request, row: Category) -> object:
    return archive_category(row, by=request.actor, at=request.at)


TOPICS = Noun(
    key="topics",
    model=Category,
    form=TopicForm,
    right=KnowledgeRight.PUBLISH,
    title=_("Topics of the help centre"),
    words=_("Readers find articles by topic; a brand shows those that hold something for it."),
    add_words=_("New topic"),
    empty=_("Name the first topic."),
    rows=lambda _request: Category.objects.order_by("archived_at", "position", "pk"),
    facts=lambda row: (row.slug,),
    known=lambda row: {name: getattr(row, name) for name in TopicForm.base_fields},
    save=_save,
    archive=_archive,
)
