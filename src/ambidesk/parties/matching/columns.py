"""Columns: how tables of persons call what a record has; whatever is called otherwise is left."""

import re

from ambidesk.parties.matching.sounds import plain

NAMES = {
    "key": "rec_id record_id id key",
    "given": "given_name first_name firstname forename given имя",
    "surname": "surname last_name lastname family_name familyname фамилия",
    "middle": "middle_name patronymic second_name отчество",
    "full": "name full_name fullname fio фио display_name",
    "emails": "email e_mail mail email_address emails почта",
    "phones": "phone phone_number telephone mobile mobile_phone cell tel phones телефон",
    "handles": "messenger messenger_id handle social_id",
    "company": "company company_name organisation organization employer компания организация",
    "house": "street_number house house_number building дом",
    "street": "address_1 address address1 address_line_1 street street_name адрес улица",
    "further": "address_2 address2 address_line_2",
    "locality": "suburb city town locality город",
    "postcode": "postcode post_code postal_code zip zip_code zipcode индекс",
    "region": "state region province county область регион",
    "birth": "date_of_birth dob birth_date birthdate birthday born дата_рождения",
    "number": "soc_sec_id ssn social_security_number national_id personal_id snils inn снилс инн",
}
MEANING = {alias: name for name, aliases in NAMES.items() for alias in aliases.split()}
MESSENGERS = re.compile(
    r"(telegram|tg|vk|vkontakte|max|whatsapp|viber|skype|facebook|instagram|messenger|signal|ok)"
    r"(_?(id|user|username|handle|login|account|\d))*"
)
NUMBERED = re.compile(r"(email|e_mail|phone|mobile|telephone|messenger)_?\d+")


def meaning(title: str) -> str | None:
    """Give what a column holds: a field of a record, or None; messengers as `handles:NAME`."""
    name = plain(title.strip("\ufeff")).replace(" ", "_")
    if name in MEANING:
        return MEANING[name]
    if several := NUMBERED.fullmatch(name):
        return MEANING[several.group(1)]
    if messenger := MESSENGERS.fullmatch(name):
        return f"handles:{messenger.group(1)}"
    return None
