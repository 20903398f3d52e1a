"""Addresses of the page on which surveys are answered; whoever has the link may."""

from ambidesk.edge.web.feedback import refusal, survey
from ambidesk.ground.kernel.routes import Door, resource

# What stands there is 43 letters of base 64.
LINK = "rate/<str:invited>"

routes = [
    resource(LINK, right=Door.PUBLIC, name="survey", GET=survey.show, POST=survey.answer),
    resource(f"{LINK}/<int:score>", right=Door.PUBLIC, name="survey-score", GET=survey.show),
    resource(
        f"{LINK}/refusal",
        right=Door.PUBLIC,
        name="survey-refusal",
        GET=refusal.show,
        POST=refusal.decide,
    ),
    # Mail programs post here by themselves, without any cookie: the link is the proof.
    resource(
        f"{LINK}/unsubscription",
        right=Door.MACHINE,
        name="survey-unsubscription",
        GET=refusal.show,
        POST=refusal.unsubscribe,
    ),
    resource(f"{LINK}/comment", right=Door.PUBLIC, name="survey-comment", POST=survey.add_words),
]
