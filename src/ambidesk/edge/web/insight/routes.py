"""Addresses of figures and of the live board."""

from ambidesk.across.insight.rights import InsightRight
from ambidesk.edge.web.insight import (
    board,
    client,
    contractors,
    export,
    figures,
    mailing,
    report,
    saved,
    sheet,
    tickets,
    visits,
)
from ambidesk.ground.kernel.routes import Door, resource

SEE = InsightRight.SEE

routes = [
    resource("", right=SEE, name="figures", GET=figures.show),
    resource("figures.csv", right=SEE, name="figures-csv", GET=export.download),
    resource("tickets", right=SEE, name="figures-tickets", GET=tickets.show),
    resource("visits", right=SEE, name="figures-visits", GET=visits.show),
    resource("contractors", right=SEE, name="figures-contractors", GET=contractors.show),
    resource(
        "contractors/<int:contractor>", right=SEE, name="figures-contractor", GET=contractors.one
    ),
    resource("report", right=SEE, name="report", GET=report.show),
    resource("report.csv", right=SEE, name="report-csv", GET=sheet.as_csv),
    resource("report.xlsx", right=SEE, name="report-xlsx", GET=sheet.as_xlsx),
    resource("reports", right=SEE, name="report-saving", POST=saved.save),
    resource("reports/<int:report>/removal", right=SEE, name="report-removal", POST=saved.drop),
    resource(
        "reports/<int:report>/mails",
        right=SEE,
        name="report-mails",
        GET=mailing.show,
        POST=mailing.mail,
    ),
    resource(
        "reports/<int:report>/mails/<int:mailing>/removal",
        right=SEE,
        name="report-mail-removal",
        POST=mailing.end,
    ),
    # Mail programs post here by themselves, without any cookie: the link is the proof.
    resource(
        "mails/<str:token>",
        right=Door.MACHINE,
        name="report-unsubscription",
        GET=mailing.ask_to_end,
        POST=mailing.unsubscribe,
    ),
    resource("companies/<int:company>", right=SEE, name="report-company", GET=client.show),
    resource("board", right=SEE, name="board", GET=board.show),
    resource("board/now", right=SEE, name="board-now", GET=board.refresh),
]
