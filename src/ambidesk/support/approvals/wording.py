"""Wording: what a mail that asks says to its recipient; link and code are made as it leaves."""

from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ambidesk.ground.reach.wall import beyond
from ambidesk.support.approvals.linking import RELATED, code_of, needs_code, token_of
from ambidesk.support.approvals.models import Link
from ambidesk.support.approvals.posting import language_of
from ambidesk.support.approvals.saying import amount_of, question_of
from ambidesk.support.conversations.models import Message
from ambidesk.support.conversations.wording import Worded


def rewritten(message: Message) -> Worded | None:
    """Give the words of a message that asks, or that brings a code; None for any other."""
    if message.erased_at:
        return None
    # Whoever reads their messages in the portal is behind the wall, where links are closed.
    with beyond():
        rows = Link.objects.select_related(*RELATED)
        asking = rows.filter(message=message).first()
        coding = None if asking else rows.filter(code_message=message).first()
        if asking is not None:
            with translation.override(_language(asking)):
                return _question(asking)
        if coding is not None:
            with translation.override(_language(coding)):
                return _code(coding)
    return None


def address_of(link: Link) -> str:
    """The address of the page on which it is answered."""
    origin = link.asked.approval.ticket.brand.origin
    return f"{origin}/approve/{token_of(link.asked_id, link.nonce)}"


def _question(link: Link) -> Worded:
    approval = link.asked.approval
    where = ", ".join(
        each
        for each in (approval.company.name, approval.site.name if approval.site else "")
        if each
    )
    question, amount = question_of(approval), amount_of(approval)
    facts = [approval.title, where, amount, approval.words]
    look = _("Look at it and answer")
    end = _("Opening the link decides nothing. It is good for one answer; do not pass it on.")
    if needs_code(link):
        end = " ".join([end, _("For this amount you also sign in, or get a code by mail.")])
    address = address_of(link)
    said = [each for each in facts if each]
    text = "\n\n".join([question, *said, f"{look}: {address}", end])
    lines = format_html("".join("<p>{}</p>" for _each in said), *said)
    html = format_html(
        '<p><strong>{}</strong></p>\n{}\n<p><a href="{}">{}</a></p>\n<p>{}</p>',
        question,
        lines,
        address,
        look,
        end,
    )
    return Worded(text=text, html=html)


def _code(link: Link) -> Worded:
    words = _("Your code: %(code)s. It is good for 15 minutes. Nobody of us will ask you for it.")
    text = words % {"code": code_of(link)}
    return Worded(text=text, html=format_html("<p>{}</p>", text))


def _language(link: Link) -> str:
    return language_of(link.asked, link.asked.approval.ticket)
