"""Synonyms: words that mean one thing when readers and staff look for articles."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.knowledge.equating import archive_synonym, equate
from ambidesk.support.knowledge.models import Synonym
from ambidesk.support.knowledge.rights import KnowledgeRight

LONGEST = 2_000
USED_FIRST = F("archived_at").desc(nulls_first=True)


class SynonymForm(forms.Form):
    """Words, a line each."""

    words = forms.CharField(
        label=_("Words that mean one thing"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on a line, in either language: МФУ, printer, all-in-one."),
    )


def _save(request: Request, row: Synonym | None, values: Mapping[str, Any]) -> None:
    equate(row, values["words"].splitlines(), by=request.actor, at=request.at)


SYNONYMS = Noun(
    key="synonyms",
    model=Synonym,
    form=SynonymForm,
    right=KnowledgeRight.PUBLISH,
    title=_("Synonyms"),
    words=_("Whoever looks for one of these words in articles also finds the others."),
    add_words=_("New synonyms"),
    empty=_("Begin with what people call your things."),
    rows=lambda _request: Synonym.objects.order_by(USED_FIRST, "words", "pk"),
    facts=lambda _row: (),
    known=lambda row: {"words": "\n".join(row.words)},
    save=_save,
    archive=lambda request, row: archive_synonym(row, by=request.actor, at=request.at),
)
