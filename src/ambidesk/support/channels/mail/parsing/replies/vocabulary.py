"""Vocabulary of quoting: what mail programs write above what they quote, in their languages.

Words are lower case and without marks of direction; each tuple is one meaning.
"""

from typing import Final

FROM: Final = (
    "from|von|de|da|od|van|från|fra|frå|lähettäjä|от|від|от кого|від кого|отправитель|відправник"
    "|gönderen|kimden|kimden|差出人|送信者|发件人|寄件者|寄件人|發件人|보낸 사람|보낸사람|발신"
    "|מאת|từ|desde|feladó"
    "|expediteur|expéditeur|mittente|remitente|remetente|absender|afzender|nadawca|odesílatel"
    "|avsender"
    "|avsändare|afsender|de la|από|จาก|من|dari|daripada"
)
SENT: Final = (
    "sent|date|sent at|gesendet|gesendet am|datum|envoyé|envoyé le|date d'envoi|enviado|enviado el"
    "|enviado em|fecha|data|inviato|inviata|verzonden|verstuurd|wysłano|wysłane|data wysłania"
    "|skickat"
    "|skickad|sendt|dato|lähetetty|päivämäärä|päiväys|отправлено|дата|дата отправки|надіслано"
    "|відправлено"
    "|odesláno|datum odeslání|gönderildi|gönderme tarihi|tarih|送信日時|日付|日時|发送时间"
    "|发送日期|日期|傳送時間"
    "|寄件日期|時間|时间|보낸 날짜|보낸날짜|날짜|보낸 시간|נשלח|תאריך|đã gửi|ngày|elküldve|dátum"
    "|trimis|ημερομηνία"
    "|στάλθηκε|วันที่|التاريخ|dikirim|tanggal|when"
)
TO: Final = (
    "to|an|à|a|para|pour|aan|do|till|til|vastaanottaja|кому|получатель|komu|kime|alıcı|宛先"
    "|收件人|收件者"
    "|받는 사람|받는사람|수신|אל|đến|tới|címzett|către|προς|ถึง|إلى|kepada|destinataire"
    "|destinatario"
    "|destinatário|empfänger|för|adresát|mottagare|mottaker|modtager"
)
COPY: Final = (
    "cc|bcc|kopie|kopia|kopi|copie|copia|cópia|c.c.|копия|копія|dw|kopio|bilgi|抄送|副本|참조|עותק"
    "|kópia|másolat|ccn|cci|kk|udw|ｃｃ"
)
SUBJECT: Final = (
    "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|temat|ämne|emne|aihe|тема|předmět|věc"
    "|konu|件名|主题|主題|主旨|标题|제목|נושא|chủ đề|tárgy|subiect|θέμα|เรื่อง|الموضوع|perihal"
    "|subjek|re"
)
REPLY_TO: Final = (
    "reply-to|reply to|antwort an|antworten an|répondre à|responder a|responder para|rispondi a"
    "|risposta"
    "|beantwoorden|svara till|svar til|обратный адрес|ответить|odpowiedz do|organization|importance"
    "|priority|wichtigkeit|attachments|anlagen|вложения|важность|resent-from|newsgroups|mailed-by"
    "|prioridad"
    "|importance|priorité|vigtighed|prioritet|prioriteit|bijlagen|anhänge|pièces jointes|allegati"
    "|adjuntos"
)

WROTE: Final = (
    "wrote|writes|write|said|schrieb|schreibt|hat geschrieben|geschrieben|a écrit|écrit|escribió"
    "|escribio"
    "|escribe|ha escrit|ha scritto|scrive|scritto|schreef|geschreven|heeft geschreven|escreveu"
    "|escreve"
    "|napisał|napisała|napisał\\(a\\)|napisal|napisana przez|napisał/a|pisze|napsal|napsala"
    "|napsal\\(a\\)|skrev|skrifaði"
    "|kirjoitti|написал|написала|написал\\(а\\)|написав|написала|написав\\(ла\\)|пише|пишет|писал"
    "|писала|писал\\(а\\)"
    "|вы писали|ви писали|сообщил|сообщила|написали|yazdı|yazmış|şunu yazdı|şunları yazdı|写道"
    "|寫道|說道|说|のメール|書きました|wrote"
    "|のメッセージ|さんは書きました|작성|작성함|썼습니다|님이 작성|כתב|כתבה|כתב/ה|đã viết|írta"
    "|ezt írta|a scris"
    "|έγραψε|เขียนว่า|كتب|menulis|napísal|napísala|pisze|je napisao|piše|napisao|ผู้เขียน"
    "|ra(?:k)?ė|rakstīja"
)

STARTS: Final = (
    "wiadomość napisana|вы писали|ви писали|you wrote|on|at|in|am|le|el|il|em|op|den|dnia|dne"
    "|w dniu|dňa|pe|în|no dia|il giorno|a|il|vào|tarihinde|the"
    "|в|во|у|на|на дату|on date|quoting|em|às|le|med|na|в сообщении|в письме|von|από|στις|në|pada"
    "|dana"
    "|в понедельник|в пт|в чт|в ср|в вт|в сб|в вс"
)
WEEKDAYS: Final = (
    "mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim"
    "|lun|mié|jue"
    "|vie|sáb|dom|seg|ter|qua|qui|sex|gio|ven|sab|ma|wo|vr|za|zo|ti|ke|to|pe|la|su|pon|wt|śr|czw"
    "|pt|sob|niedz|nd"
    "|po|út|st|čt|pá|so|ne|mån|tis|ons|tors|fre|lör|sön|man|tir|tor|lør|søn|пн|вт|ср|чт|пт|сб|вс"
    "|нд|pzt|sal"
    "|çar|per|cum|cmt|paz|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок"
    "|вівторок"
    "|середа|четвер|пʼятниця|п'ятниця|субота|неділя|monday|tuesday|wednesday|thursday|friday"
    "|saturday|sunday"
)
MONTHS: Final = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july"
    "|august"
    "|september|october|november|december|янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек"
)

ORIGINAL: Final = (
    "original message|original email|original mail|original appointment|reply message"
    "|forwarded message"
    "|forwarded mail|forwarded by|message d'origine|message original|message transféré"
    "|message transmis"
    "|ursprüngliche nachricht|original-nachricht|originalnachricht|weitergeleitete nachricht"
    "|ursprungsnachricht|ursprüngliche e-mail|mensaje original|mensaje reenviado|mensagem original"
    "|mensagem encaminhada|messaggio originale|messaggio inoltrato|messaggio di inoltro"
    "|oorspronkelijk bericht"
    "|origineel bericht|doorgestuurd bericht|wiadomość oryginalna|oryginalna wiadomość"
    "|treść oryginalnej wiadomości"
    "|wiadomość przekazana|przekazana wiadomość|ursprungligt meddelande|originalmeddelande"
    "|ursprungligt mejl"
    "|vidarebefordrat meddelande|vidarebefordrat mail|oprindelig meddelelse|original meddelelse"
    "|videresendt meddelelse"
    "|videresendt besked|videresendt e-mail|opprinnelig melding|videresendt melding"
    "|alkuperäinen viesti"
    "|välitetty viesti|edelleenlähetetty viesti|původní zpráva|přeposlaná zpráva|исходное сообщение"
    "|оригинальное сообщение|пересылаемое сообщение|пересланное сообщение"
    "|перенаправленное сообщение"
    "|конец пересылаемого сообщения|пересылаемое письмо|исходное письмо|початкове повідомлення"
    "|оригінальне повідомлення|переслане повідомлення|переслане повідомлення"
    "|орігінальне повідомлення"
    "|orijinal mesaj|özgün ileti|özgün mesaj|yönlendirilmiş mesaj|iletilen mesaj|iletilmiş mesaj"
    "|元のメッセージ"
    "|転送されたメッセージ|原始邮件|原始郵件|邮件原件|原邮件|转发的邮件|转发邮件|轉寄郵件"
    "|转发邮件信息|已轉寄郵件|원본 메시지|원본 메일"
    "|전달된 메시지|전달된 메일|הודעה מקורית|הודעה שהועברה|thư gốc|eredeti üzenet"
    "|továbbított üzenet|mesaj original"
    "|pôvodná správa|αρχικό μήνυμα|الرسالة الأصلية|pesan asli|missatge original|intern meddelelse"
)
BEGIN_FORWARDED: Final = (
    "begin forwarded message|anfang der weitergeleiteten nachricht"
    "|anfang der weitergeleiteten e-mail"
    "|début du message réexpédié|début du message transféré|inicio del mensaje reenviado"
    "|início da mensagem encaminhada|início da mensagem reencaminhada|inizio messaggio inoltrato"
    "|begin doorgestuurd bericht|początek przekazywanej wiadomości|vidarebefordrat brev"
    "|start på videresendt besked|start på videresendt meddelelse|videresendt melding"
    "|välitetty viesti alkaa|začátek přeposílané zprávy|začátek přeposlané zprávy"
    "|начало переадресованного сообщения|начало пересланного сообщения"
    "|початок листа, що пересилається"
    "|початок переадресованого повідомлення|iletilmiş mesajın başlangıcı|başlangıç: iletilen ileti"
    "|転送されたメッセージ|开始转发的邮件|下面是被转发的邮件|轉寄郵件開始|전달된 메시지 시작"
    "|forwarded message"
    "|further to your|תחילת ההודעה שהועברה"
)
REPLY_ABOVE: Final = (
    "reply above this line|type your reply above|please type your reply above this line"
    "|write above this line"
    "|répondre au-dessus de cette ligne|bitte antworten sie oberhalb dieser linie"
    "|antworten sie oberhalb dieser zeile"
    "|responda por encima de esta línea|пишите ответ выше этой черты|пишите ответ над этой чертой"
    "|ответьте выше этой линии|reply above the line|do not delete this line"
)
PROCESSED: Final = (
    "original message processed by|originalnachricht verarbeitet von"
    "|ursprüngliche nachricht verarbeitet von"
)
MESSAGE: Final = (
    "message|e-?mail|nachricht|mensaje|mensagem|messaggio|bericht|wiadomość|wiadomości|meddelande"
    "|meddelelse"
    "|melding|besked|beskjed|viesti|zpráva|zprávy|správa|сообщение|сообщения|письмо|повідомлення"
    "|лист|mesaj|ileti"
    "|メッセージ|邮件|郵件|메시지|메일|הודעה|üzenet|thư|poruka|μήνυμα|missatge|courriel|correo"
    "|mejl|mail"
)
