"""Templates of the two brands: answers that are given often."""

from dataclasses import dataclass

from ambidesk.edge.commands.story.scenery import LIFTS, SHOP


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One template."""

    name: str
    language: str
    text: str


PHRASES = {
    SHOP: (
        Phrase(
            name="Возврат оформлен",
            language="ru",
            text="Здравствуйте, {{requester.name}}!\n\nВозврат по обращению № {{ticket.number}} "
            "оформлен. Деньги вернутся на ту же карту в течение трёх рабочих дней.\n\n"
            "{{operator.name}}\n{{brand.name}}",
        ),
        Phrase(
            name="Нужны фото и чек",
            language="ru",
            text="Здравствуйте, {{requester.name}}!\n\nЧтобы решить вопрос сразу, пришлите, "
            "пожалуйста, фото повреждения, шильдика с серийным номером и чека. Если чека нет, "
            "назовите телефон, на который оформлен заказ.\n\n{{operator.name}}",
        ),
        Phrase(
            name="Доставка перенесена",
            language="ru",
            text="Здравствуйте, {{requester.name}}!\n\nМы перенесли доставку. Курьер позвонит за "
            "час до приезда. Если время станет неудобным, ответьте на это письмо.\n\n"
            "{{operator.name}}",
        ),
        Phrase(
            name="Передали в сервис",
            language="ru",
            text="Здравствуйте, {{requester.name}}!\n\nПрибор принят в сервис. Диагностика "
            "занимает до пяти дней, о результате напишем в этом же письме.\n\n{{operator.name}}",
        ),
    ),
    LIFTS: (
        Phrase(
            name="Engineer on the way",
            language="en",
            text="Dear {{requester.name}},\n\nThank you for your report. An engineer is on the "
            "way. Please leave the unit switched off and the area closed until then.\n\n"
            "{{operator.name}}\n{{brand.name}}",
        ),
        Phrase(
            name="Report attached",
            language="en",
            text="Dear {{requester.name}},\n\nThe work on “{{ticket.subject}}” is done. The "
            "report is attached; please tell us within five days if anything is missing.\n\n"
            "{{operator.name}}",
        ),
        Phrase(
            name="Quote follows",
            language="en",
            text="Dear {{requester.name}},\n\nThank you for your enquiry #{{ticket.number}}. You "
            "will have our quote within two working days.\n\n{{operator.name}}",
        ),
        Phrase(
            name="Механик выехал",
            language="ru",
            text="{{requester.name}}, добрый день!\n\nЗаявка № {{ticket.number}} принята, механик "
            "выехал. До его приезда, пожалуйста, не включайте оборудование.\n\n"
            "{{operator.name}}\n{{brand.name}}",
        ),
    ),
}
