"""
Requisites: tax and register numbers in their one form, checked by their own check digits.

Sources: INN and KPP: order of the FNS ММВ-7-6/435; OGRN: order of the Ministry of Finance 165n;
VAT: Council Directive 2006/112/EC, article 215.
"""

import re

from django.utils.translation import gettext_lazy as _
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.ru import inn as ru_inn
from stdnum.ru import ogrn as ru_ogrn

from ambidesk.ground.kernel.refusal import InvalidInput

KPP_FORM = re.compile(r"\d{4}[\dA-Z]{2}\d{3}")
OF_ENTREPRENEUR, OGRN_OF_ENTREPRENEUR = 12, 15


class BadInn(InvalidInput):
    """The number is no INN."""

    sentence = _("“%(value)s” is not an INN: 10 or 12 digits, of which the last ones check.")


class BadKpp(InvalidInput):
    """The number is no KPP."""

    sentence = _("“%(value)s” is not a KPP: nine signs like 770701001.")


class BadOgrn(InvalidInput):
    """The number is no OGRN."""

    sentence = _("“%(value)s” is not an OGRN: 13 or 15 digits, of which the last one checks.")


class BadVat(InvalidInput):
    """The number is no VAT number."""

    sentence = _("“%(value)s” is not a VAT number of a country of the EU.")


class KppOfEntrepreneur(InvalidInput):
    """An entrepreneur has no KPP."""

    sentence = _("An entrepreneur, whose INN has 12 digits, has no KPP.")


class OgrnOfAnotherKind(InvalidInput):
    """Organisations and entrepreneurs have register numbers of different lengths."""

    sentence = _("INN and OGRN are not of one kind: 10 digits go with 13, 12 digits with 15.")


def read_inn(value: str) -> str:
    """
    Read an INN.

    Raises:
        BadInn: it is none.
    """
    try:
        return str(ru_inn.validate(value)) if value.strip() else ""
    except ValidationError as wrong:
        raise BadInn(field="inn", value=value[:40]) from wrong


def read_kpp(value: str) -> str:
    """
    Read a KPP.

    Raises:
        BadKpp: it is none.
    """
    found = re.sub(r"\s", "", value).upper()
    if found and not KPP_FORM.fullmatch(found):
        raise BadKpp(field="kpp", value=value[:40])
    return found


def read_ogrn(value: str) -> str:
    """
    Read an OGRN, or an OGRNIP.

    Raises:
        BadOgrn: it is neither.
    """
    try:
        return str(ru_ogrn.validate(value)) if value.strip() else ""
    except ValidationError as wrong:
        raise BadOgrn(field="ogrn", value=value[:40]) from wrong


def read_vat(value: str) -> str:
    """
    Read a VAT number of the EU.

    Raises:
        BadVat: it is none.
    """
    try:
        return str(eu_vat.validate(value)) if value.strip() else ""
    except ValidationError as wrong:
        raise BadVat(field="vat", value=value[:40]) from wrong


def check_together(*, inn: str, kpp: str, ogrn: str) -> None:
    """
    Check that the numbers, each read, are of one kind of legal entity.

    Raises:
        KppOfEntrepreneur, OgrnOfAnotherKind: they are not.
    """
    if kpp and len(inn) == OF_ENTREPRENEUR:
        raise KppOfEntrepreneur(field="kpp")
    if inn and ogrn and (len(inn) == OF_ENTREPRENEUR) != (len(ogrn) == OGRN_OF_ENTREPRENEUR):
        raise OgrnOfAnotherKind(field="ogrn")
