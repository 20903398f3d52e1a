"""The connectors of this desk: those of the product, and those that others installed."""

from ambidesk.relation.feedback import pressing
from ambidesk.support.channels.contract import registry
from ambidesk.support.channels.intake import remarks
from ambidesk.support.channels.linking import coming, joining, mailing
from ambidesk.support.channels.linking.offering import rewritten
from ambidesk.support.channels.max.connector import Max
from ambidesk.support.channels.own.connector import Own
from ambidesk.support.channels.telegram.connector import Telegram
from ambidesk.support.conversations import wording
from ambidesk.support.telephony.ami.connector import Asterisk
from ambidesk.support.telephony.mango.connector import Mango
from ambidesk.support.telephony.novofon.connector import Novofon
from ambidesk.support.telephony.taking import put_down
from ambidesk.support.telephony.uis.connector import Uis

CONNECTORS = (Telegram(), Max(), Own(), Asterisk(), Mango(), Novofon(), Uis())


def join() -> None:
    """Declare every connector; joining twice is joining once."""
    remarks.declare_arrival(coming.come)
    remarks.declare_choice(coming.PREFIX, joining.choose)
    remarks.declare_choice(pressing.PREFIX, pressing.take_mark)
    remarks.declare_choice(mailing.PREFIX, mailing.choose)
    remarks.declare_command(mailing.COMMAND, mailing.command)
    remarks.declare_reply(pressing.take_words)
    remarks.declare_exchange(put_down)
    wording.declare(rewritten)
    for connector in CONNECTORS:
        registry.declare(connector)
    for installed in registry.installed():
        registry.declare(installed)
