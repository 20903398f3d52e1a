"""The addresses that a brand's own host answers: pages for customers, and no others."""

from ambidesk.edge.web.feedback.routes import routes as feedback
from ambidesk.edge.web.widget.routes import routes as widget

urlpatterns = [*feedback, *widget]

handler400 = "ambidesk.edge.web.ui.faces.not_found"
handler403 = "ambidesk.edge.web.ui.faces.not_found"
handler404 = "ambidesk.edge.web.ui.faces.not_found"
handler500 = "ambidesk.edge.web.ui.faces.broken"
