"""The mail parser under atheris: whatever is read must be sound, and read quickly."""

import sys
import time

import atheris

with atheris.instrument_imports(include=["ambidesk.support.channels.mail.parsing"]):
    from ambidesk.support.channels.mail.parsing.reading import parse
    from ambidesk.support.channels.mail.parsing.transport import pack, unpack

from tests.support.channels.mail.parsing.test_properties import sound

# Instrumented code is several times slower than it is in service.
SECONDS = 8.0


def read_one(raw: bytes) -> None:
    began = time.process_time()
    mail = parse(raw)
    taken = time.process_time() - began
    sound(mail)
    assert unpack(pack(mail)) == mail
    assert taken < SECONDS, f"{taken:.1f} s"


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
