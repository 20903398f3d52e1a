"""Addresses of figures and of the live board."""

from ambidesk.across.insight.rights import InsightRight
from ambidesk.edge.web.insight import board, contractors, export, figures, tickets, visits
from ambidesk.ground.kernel.routes import resource

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
    resource("board", right=SEE, name="board", GET=board.show),
    resource("board/now", right=SEE, name="board-now", GET=board.refresh),
]
