"""Devices: the line that a telephone or a mail program puts under a text.

A sentence that merely begins like one is speech.
"""

import re
from typing import Final

from ambidesk.support.channels.mail.parsing.replies.lines import plain

_SENT_FROM: Final = re.compile(
    r"^[<(\[*_\s-]*(?:sent|written|composed|typed)? ?(?:from|via|with|using|by)(?: my| a| an"
    r"| the)? "
    r"?(?P<what>[^.!?]{2,60}?)[>)\]*_\s.]*(?:[.,]? ?(?:please )?(?:excuse|forgive|pardon"
    r"|apologi[sz]e|sorry).*)?$"
)
_BRIEFLY: Final = re.compile(
    r"from my (?:\w+ ){0,2}(?:i-?phone|i-?pad|android|samsung|galaxy|nokia|blackberry|mobile"
    r"|phone|cell|tablet|htc)"
    r"|(?:via|from|by) (?:mobile|iphone|ipad|android|blackberry|galaxy)\b"
)
_NETWORK: Final = re.compile(r", an? .{0,20}(?:smartphone|device|network|phone)")
_OTHER_LANGUAGES: Final = re.compile(
    r"^[<(\[*_\s-]*(?:von meinem .{2,40} gesendet|gesendet (?:von|mit|über) .{2,60}"
    r"|diese nachricht wurde von .{2,60} gesendet"
    r"|envoyé (?:de|depuis|à partir de|avec|via) .{2,60}|envoyée? depuis .{2,60}|enviado (?:desde"
    r"|do|de|a partir|con|pelo|via) .{2,60}"
    r"|obter o outlook .*|obtener outlook .*|inviato (?:da|dal|con) .{2,60}|verzonden (?:vanaf"
    r"|vanuit|met|via) .{2,60}"
    r"|verstuurd (?:vanaf|vanuit|met|via) .{2,60}|wysłan[eoy] (?:z|za pomocą|przez) .{2,60}"
    r"|skickat (?:från|med|via) .{2,60}"
    r"|sendt (?:fra|med|via) .{2,60}|lähetetty .{2,60}|odesláno (?:z|ze|pomocí) .{2,60}"
    r"|отправлено (?:с|из|со|через|от|при) .{2,60}"
    r"|отправлен[оа]? из .{2,60}|надіслано (?:з|із|за|через) .{2,60}|відправлено (?:з|із|за"
    r"|через) .{2,60}|послано с .{2,60}"
    r"|.{2,40}(?:'dan|'den|mdan|ımdan|umdan) gönderildi|.{2,40} gönderildi"
    r"|iphone['’]?umdan gönderildi|.{0,30}から送信(?:されました)?"
    r"|.{0,20}发自我的.{2,30}|发自.{2,30}|从我的.{2,30}发送|從我的.{2,30}傳送|傳送自.{2,30}"
    r"|.{0,30}에서 (?:보냄|보내기|전송|발송).{0,6}|나의 .{2,20}에서 보냄"
    r"|נשלח מ.{2,40}|được gửi từ .{2,40}|elküldve .{2,40}|trimis (?:de|din) .{2,40}"
    r"|enviat des .{2,40})[>)\]*_\s.]*$"
)
_GET: Final = re.compile(
    r"^[<(\[*_\s-]*(?:get|download|holen sie sich|téléchargez|obtenez|obtenir|obtén|obtener"
    r"|obtenha|scarica|ottieni|download"
    r"|скачать|загрузить|загрузите|получите|завантажити|pobierz|hent|skaffa|hämta|hanki"
    r"|edinin|获取|取得|télécharger)\s.{0,20}"
    r"(?:outlook|yahoo ?mail|yahoo|bluemail|aqua ?mail|my ?mail|proton ?mail|mail)\b.{0,12}"
    r"\b(?:ios|android|i-?phone|i-?pad|mac|windows|mobile|app)\b[)>\]\s.]*$"
)
_LINK: Final = re.compile(r"[<(\[]?https?://\S*")
_LONGEST: Final = 160


def is_device_line(line: str) -> bool:
    """Tell whether a line was put there by a device or program."""
    text = _LINK.sub("", plain(line)).strip()
    if not text or len(text) > _LONGEST:
        return False
    if _OTHER_LANGUAGES.match(text) or _GET.match(text):
        return True
    found = _SENT_FROM.match(text)
    if found is None:
        return text.endswith(("from mobile", "via mobile"))
    what = found["what"]
    if "," in what and not _NETWORK.search(what):
        return False
    start = text.lstrip("<([*_ -")
    return start.startswith("sent ") or _BRIEFLY.match(start) is not None
