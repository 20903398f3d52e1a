"""Prints what the parser says of files and the digests of it, to be read beside the mail."""

# ruff: noqa: T201 - a tool that prints

import json
import sys
from pathlib import Path

from ambidesk.support.channels.mail.parsing.reading import parse
from tests.corpora.answers import of_mail, of_reply

for file in sys.argv[1:]:
    mail = parse(Path(file).read_bytes())
    print(file)
    print(f"  subject {mail.subject!r}")
    print(f"  senders {[one.address for one in mail.senders]}")
    print(f"  names   {[one.name for one in mail.attachments]}")
    print(f"  text    {mail.text!r}")
    print(f"  reply   {mail.reply!r}")
    print(f"  {json.dumps({**of_mail(mail), 'reply': of_reply(mail.reply)})}")
