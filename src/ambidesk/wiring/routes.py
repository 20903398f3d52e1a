"""All addresses of the product, and what answers when none does."""

from django.urls import include, path

from ambidesk.edge.api.scim.routes import routes as scim
from ambidesk.edge.api.v1.routes import routes as api
from ambidesk.edge.web.approvals.routes import routes as approvals
from ambidesk.edge.web.feedback.routes import routes as feedback
from ambidesk.edge.web.forms.routes import routes as forms
from ambidesk.edge.web.helpcentre.routes import routes as helpcentre
from ambidesk.edge.web.insight.routes import routes as insight
from ambidesk.edge.web.operations.routes import routes as operations
from ambidesk.edge.web.portal.routes import routes as portal
from ambidesk.edge.web.settings.routes import routes as settings
from ambidesk.edge.web.ui.routes import routes as ui
from ambidesk.edge.web.widget.routes import routes as widget
from ambidesk.edge.web.workspace.routes import routes as workspace

urlpatterns = [
    *workspace,
    path("settings/", include(settings)),
    *feedback,
    *approvals,
    *helpcentre,
    *forms,
    path("insight/", include(insight)),
    path("portal/", include(portal)),
    *ui,
    *widget,
    *operations,
    *api,
    *scim,
]

handler400 = "ambidesk.edge.web.ui.errors.bad_request"
handler403 = "ambidesk.edge.web.ui.errors.forbidden"
handler404 = "ambidesk.edge.web.helpcentre.losing.at_desk"
handler429 = "ambidesk.edge.web.ui.errors.too_many"
handler500 = "ambidesk.edge.web.ui.errors.broken"
