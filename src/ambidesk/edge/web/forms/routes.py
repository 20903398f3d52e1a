"""Addresses of web forms: open to everybody; what is sent proves itself, no cookie counts."""

from ambidesk.edge.web.forms import form, label, script
from ambidesk.ground.kernel.routes import Door, resource

routes = [
    resource("a/<str:label>", right=Door.PUBLIC, name="label", GET=label.show),
    resource("forms.js", right=Door.MACHINE, name="form-script", GET=script.show),
    resource(
        "forms/<str:form>",
        right=Door.OPEN,
        name="form",
        GET=form.show,
        POST=form.send,
        OPTIONS=form.preflight,
    ),
    resource(
        "forms/<str:form>/part",
        right=Door.OPEN,
        name="form-part",
        GET=form.part,
        OPTIONS=form.preflight,
    ),
    resource(
        "forms/<str:form>/answers",
        right=Door.OPEN,
        name="form-answers",
        POST=form.answer,
        OPTIONS=form.preflight,
    ),
]
