"""Records: what is known of one human being at one place, brought to forms that compare."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record; every part may be absent. Phones are E.164, e-mails and handles lower case."""

    key: str
    given: str = ""
    surname: str = ""
    middle: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    # Names that somebody chose for themselves in messengers, without the sign before them.
    nicks: tuple[str, ...] = ()
    company: str = ""
    house: str = ""
    street: str = ""
    locality: str = ""
    postcode: str = ""
    region: str = ""
    # Eight digits YYYYMMDD, also where they are no day of any calendar: a slip is compared too.
    birth: str = ""
    # A number that the state or an office gave to this one human being.
    number: str = ""
