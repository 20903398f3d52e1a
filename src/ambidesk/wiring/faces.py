"""The addresses that a brand's own host answers: pages for customers, and no others."""

from django.urls import path

from ambidesk.edge.web.approvals.routes import routes as approvals
from ambidesk.edge.web.feedback.routes import routes as feedback
from ambidesk.edge.web.forms.routes import routes as forms
from ambidesk.edge.web.helpcentre.pages import enter
from ambidesk.edge.web.helpcentre.routes import routes as helpcentre
from ambidesk.edge.web.widget.routes import routes as widget

urlpatterns = [path("", enter), *approvals, *feedback, *forms, *helpcentre, *widget]

handler400 = "ambidesk.edge.web.ui.faces.refused"
handler403 = "ambidesk.edge.web.ui.faces.refused"
handler404 = "ambidesk.edge.web.helpcentre.losing.on_face"
handler500 = "ambidesk.edge.web.ui.faces.broken"
