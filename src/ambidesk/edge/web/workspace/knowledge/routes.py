"""Addresses of the articles in the workspace."""

from django.urls import URLPattern

from ambidesk.edge.web.workspace.knowledge import articles, links, place, suggesting, text
from ambidesk.ground.kernel.routes import View, resource
from ambidesk.support.knowledge.rights import KnowledgeRight

READ, WRITE = KnowledgeRight.READ, KnowledgeRight.WRITE
ARTICLE = "knowledge/<int:article>"
TEXT = f"{ARTICLE}/<str:language>"


def _step(noun: str, *, right: KnowledgeRight, post: View) -> URLPattern:
    return resource(f"{TEXT}/{noun}", right=right, name=f"knowledge-{noun}", POST=post)


routes = [
    resource("knowledge/", right=READ, name="knowledge", GET=articles.show),
    resource("knowledge/articles", right=WRITE, name="knowledge-articles", POST=articles.begin),
    resource("knowledge/files/<str:picture>", right=READ, name="knowledge-file", GET=place.file),
    resource(f"{ARTICLE}/files", right=WRITE, name="knowledge-files", POST=place.keep),
    resource(TEXT, right=READ, name="knowledge-text", GET=text.show),
    resource(
        f"{TEXT}/draft",
        right=WRITE,
        name="knowledge-draft",
        POST=text.save_form,
        PUT=text.save,
    ),
    resource(f"{TEXT}/revisions", right=READ, name="knowledge-revisions", GET=place.compare),
    _step("submission", right=WRITE, post=text.submit),
    _step("approval", right=KnowledgeRight.REVIEW, post=text.approve),
    _step("return", right=KnowledgeRight.REVIEW, post=text.send_back),
    _step("publication", right=KnowledgeRight.PUBLISH, post=text.publish),
    _step("currency", right=WRITE, post=text.confirm),
    _step("address", right=WRITE, post=text.move),
    _step("languages", right=WRITE, post=text.translate),
    _step("place", right=WRITE, post=place.place),
    _step("links", right=WRITE, post=links.save),
    _step("archive", right=KnowledgeRight.PUBLISH, post=place.archive),
    resource(
        "tickets/<int:number>/articles",
        right=READ,
        name="ticket-articles",
        GET=suggesting.show,
        POST=suggesting.use,
    ),
]
