"""Notices: mails that say in words that another mail was not delivered.

A person who complains of mail or of a parcel that did not arrive is not a notice: a machine must
have sent it, or it says so at once and bears what only machines write.
"""

import re
from dataclasses import dataclass
from typing import Final

from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.headers.fields import Fields, readable
from ambidesk.support.channels.mail.parsing.parsed import Address

_DAEMON: Final = re.compile(
    r"mailer-?_?daemon|^mdaemon|post[-_]?master|mail[._-]?delivery|delivery[._-]?(?:system|subsystem"
    r"|status)"
    r"|^imss$|^ndr$|smtp_mail_service|antivirus_for_smtp|system.administrator|mail-?admin"
    r"|^bounces?$|^mailerdaemon"
    r"|^mail-daemon|microsoftexchange[0-9a-f]+|^e500_|double-bounce|no-?reply-?mailer",
    re.IGNORECASE,
)
_DAEMON_NAME: Final = re.compile(
    r"mail delivery (?:sub)?system|mailer.?daemon|system administrator|internet mail delivery"
    r"|mail administrator|postmaster|microsoft outlook$",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(
    r"undeliver|deliver\w* (?:fail|status|problem|error|delay|warning|report)"
    r"|delivery.{0,20}(?:fail|delay)"
    r"|returned (?:mail|to sender)|returning (?:message|to) (?:to )?sender|failure (?:notice"
    r"|delivery)"
    r"|mail(?: delivery)? (?:failed|failure|error|system error)|message (?:delivery failure"
    r"|delayed|not delivered)"
    r"|non-?delivery|not (?:be )?delivered|could not be delivered|not yet been delivered"
    r"|rejected mail|failed mail"
    r"|warning: (?:message|could not send)|processing error|user unknown|mail not delivered"
    r"|mail error"
    r"|unzustell|nicht zugestellt|nicht zustellbar|zustellung.{0,30}fehl|mailzustellung|non remis"
    r"|non distribu"
    r"|échec de (?:la )?(?:remise|distribution)|message non délivré|no se (?:pudo|puede) entregar"
    r"|no entregado"
    r"|mancata consegna|non recapitabile|impossibile recapitare|não (?:foi )?entregue"
    r"|não entregável"
    r"|onbestelbaar|niet bezorgd|niet afgeleverd|niedostarcz|nie dostarczon|zwrot"
    r"|kunde inte levereras|olevererat"
    r"|ikke leveret|kunne ikke leveres|toimittaminen epäonnistui|nedoručiteln|nedoručen"
    r"|не доставлен|не может быть доставлен"
    r"|недоставк|ошибка доставки|невозможно доставить|не удалось доставить|возвращен"
    r"|не вдалося доставити|недоставлен"
    r"|teslim edilemedi|iletilemedi|メールエラー|エラー通知|配信不能|配信できません|送信できません"
    r"|退信|无法投递|系统退信"
    r"|投递失败|退信通知|전송 실패|반송|배달 실패"
    r"|delivery status notification|returned:|bounce",
    re.IGNORECASE,
)
_PHRASE: Final = re.compile(
    r"(?:could not|couldn't|cannot|can not|can't|unable to|wasn't able to|not able to"
    r"|was not able to|were unable to)"
    r" (?:be )?(?:deliver|send|reach|relay)|(?:has|have|was|were) not (?:yet )?been delivered"
    r"|not delivered"
    r"|(?:did not|didn't|not) reach (?:the following|some|one|its|all)|undeliverable"
    r"|delivery (?:has )?(?:to .{0,60})?(?:failed|failure|has been delayed|problems)"
    r"|delivery failed|delivery attempt|failed (?:recipient|address|permanently)"
    r"|following address(?:es|\(es\))? (?:failed|had)"
    r"|permanent (?:fatal )?(?:error|fatal|failure)|was not delivered|has been returned"
    r"|returned to (?:you|sender|its sender)"
    r"|user unknown|unknown user|no such user|user not (?:known|found)|mailbox (?:is full"
    r"|unavailable|full|not found)"
    r"|not (?:listed in|an? (?:valid|known)|did not exactly match)|did not exactly match"
    r"|does(?:n't| not) (?:exist|have)|over (?:disk )?quota|exceeding their quota"
    r"|has been postponed|have been postponed|was automatically rejected|was rejected"
    r"|address rejected|non-delivery report|final delivery userid"
    r"|error was detected while processing|did not receive (?:a copy|this message|your message)"
    r"|recipients? could not be reached"
    r"|message could not|konnte (?:nicht|leider nicht)|nicht zugestellt|nicht zustellbar"
    r"|n'a pas pu [eê]tre|n'a pas été (?:remis|distribu|délivr)|no (?:pudo|ha podido|se pudo"
    r"|se ha podido) "
    r"|non (?:è stato possibile|recapitato|consegnato)|não (?:pôde|foi possível|pode|foi) "
    r"|kon niet worden|niet (?:worden )?(?:bezorgd|afgeleverd)"
    r"|nie (?:mo[zż]e|mogła|została|udało)|kunde inte|kunne ikke|ei voitu|nelze doručit"
    r"|nebylo možné doručit|не (?:может быть|было|была|удалось|удаётся|удается) достав"
    r"|невозможно доставить|не доставлен|не вдалося доставити|teslim edilemedi|iletilemedi"
    r"|配信でき|送信でき(?:ません|なかった)|届けられ|配送できません|无法(?:投递|发送|送达|递送)"
    r"|退信|전송하지 못|전달되지"
    r"|unknown (?:address|host|recipient)|host unknown|no valid recipients"
    r"|returned because it encountered|permanently rejected|too many hops",
    re.IGNORECASE,
)
_DELAYED: Final = re.compile(
    r"delayed|not yet been delivered|not yet delivered|will be retried|will continue to (?:try"
    r"|attempt|be made)|attempts will continue"
    r"|postponed|warning message only|still trying|will keep trying|noch nicht zugestellt"
    r"|verzögert|retardé|отложен|задерж|ещё не доставлен|еще не доставлен",
    re.IGNORECASE,
)
_LOST: Final = re.compile(
    r"permanent|given up|giving up|gave up|has been removed from", re.IGNORECASE
)
_COPIED_HEAD: Final = re.compile(
    r"^[\s|>]{0,8}(?:received: (?:from|by) |return-path: |message-id: ?<)",
    re.IGNORECASE | re.MULTILINE,
)
# A person speaks of "my message"; a machine of yours, or under a heading.
_YOURS: Final = re.compile(
    r"\b(?:your (?:e-?mail|mail|message)|votre (?:message|courriel)|ihre (?:nachricht|e-?mail)"
    r"|su (?:mensaje|correo)|sua mensagem|il (?:tuo|suo) messaggio|uw (?:bericht|e-?mail)"
    r"|ваше (?:письмо|сообщение|электронное письмо))\b.{0,80}?"
    r"(?:not be delivered|not delivered|undeliverable|pas pu [eê]tre|nicht zugestellt"
    r"|no (?:pudo|se pudo|ha podido)|não (?:pôde|foi|pode)|non è stato|niet (?:worden )?bezorgd"
    r"|не (?:было |может быть |удалось )?достав)",
    re.IGNORECASE | re.DOTALL,
)
_FORMAL: Final = re.compile(
    r"^[ \t]*[-=*#]{3,}[ \t]*(?:non-?delivery|undeliver|delivery (?:status|failure|report))",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST_CHARACTERS: Final = 300
_HEAD_CHARACTERS: Final = 4_000
_REPLY: Final = re.compile(
    r"^\s*(?:re|aw|sv|fw|fwd|отв|ответ|antw|wg|tr|rv)\s*[:\[]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice: whether a machine certainly sent it, and whether the mail is only late."""

    is_by_machine: bool
    is_delay: bool


def read_notice(
    fields: Fields, senders: tuple[Address, ...], *, text: str, returns_mail: bool
) -> Notice | None:
    """
    Return a notice if the mail is one by its sender, subject and words.

    `returns_mail` says whether a mail, or the head of one, is enclosed.
    """
    subject = readable(fields.raw("subject"), Findings())
    titled = _SUBJECT.search(subject) is not None
    machine = is_machine(fields, senders)
    if not (machine or titled):
        return None
    head = text[:_HEAD_CHARACTERS]
    if not (machine and titled) and not _PHRASE.search(head):
        return None
    if not machine and not _is_spoken_by_machine(fields, subject, head=head):
        return None
    if not machine and not (returns_mail or _has_marks(fields, text)):
        return None
    is_delay = _DELAYED.search(f"{subject}\n{head}") is not None and not _LOST.search(head)
    return Notice(is_by_machine=machine, is_delay=is_delay)


def _is_spoken_by_machine(fields: Fields, subject: str, *, head: str) -> bool:
    """Tell whether a mail answers nothing and speaks of a lost mail at once."""
    if "in-reply-to" in fields or "references" in fields:
        return False
    first = head[:_FIRST_CHARACTERS]
    if _YOURS.search(first):
        return True
    return _PHRASE.search(first) is not None and not _REPLY.match(subject)


def _has_marks(fields: Fields, text: str) -> bool:
    """Tell whether a mail bears what machines write: their marks, or the head of a mail."""
    submitted = fields.raw("auto-submitted").strip().lower()
    if (submitted and submitted != "no") or "x-failed-recipients" in fields:
        return True
    first = text[:_FIRST_CHARACTERS]
    is_formal = _FORMAL.search(first) is not None or _YOURS.search(first) is not None
    return is_formal or _COPIED_HEAD.search(text) is not None


def is_machine(fields: Fields, senders: tuple[Address, ...]) -> bool:
    """Tell whether a mail system sent this: by its address, its name or the null return path."""
    for one in senders:
        if _DAEMON.search(one.address.partition("@")[0]) or _DAEMON_NAME.search(one.name):
            return True
    if fields.raw("content-type").lower().count("delivery-status"):
        return True
    returns = [path.strip() for path in fields.raw_all("return-path")]
    return any(
        path == "<>" or _DAEMON.search(path.strip("<>").partition("@")[0]) for path in returns
    )
