"""Words that islands say: they ask for a translation by its English sentence."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS = {
    "Undo": _("Undo"),
    "Copy": pgettext_lazy("button", "Copy"),
    "Copied.": _("Copied."),
    "Show": _("Show"),
    "Hide": _("Hide"),
    "Show the password": _("Show the password"),
    "Hide the password": _("Hide the password"),
    "Nothing was chosen. Try again when you are ready.": _(
        "Nothing was chosen. Try again when you are ready."
    ),
    "This device is known already.": _("This device is known already."),
    "Passkeys do not work here. They need a secure address with a name.": _(
        "Passkeys do not work here. They need a secure address with a name."
    ),
    "Next and previous": _("Next and previous"),
    "Open": pgettext_lazy("key", "Open"),
    "Everything by its name": _("Everything by its name"),
    "Close": _("Close"),
    "Enter searches for it everywhere.": _("Enter searches for it everywhere."),
    "It is not there any more.": _("It is not there any more."),
    "Something broke here. Try again.": _("Something broke here. Try again."),
    "No connection. Nothing is lost: try again.": _("No connection. Nothing is lost: try again."),
    "Fold views, card, list": _("Fold views, card, list"),
    "Draft saved": _("Draft saved"),
    "Kept in this browser": _("Kept in this browser"),
    "Address of the link": _("Address of the link"),
    "Choose messages": _("Choose messages"),
    "Remove {name}": _("Remove {name}"),
    "Chosen: {n}": _("Chosen: {n}"),
    "Templates": _("Templates"),
    "Colleagues": _("Colleagues"),
    "“{name}” did not arrive. Add it again.": _("“{name}” did not arrive. Add it again."),
    "Find a template": _("Find a template"),
    "A file is still on its way. Send in a moment.": _(
        "A file is still on its way. Send in a moment."
    ),
    "No template fits.": _("No template fits."),
    "The browser does not allow it. Its settings for this page say so.": _(
        "The browser does not allow it. Its settings for this page say so."
    ),
    "This browser tells you from now on.": _("This browser tells you from now on."),
    "This browser cannot be told. It may have no push service.": _(
        "This browser cannot be told. It may have no push service."
    ),
    "What is done": _("What is done"),
    "Nobody or nothing": _("Nobody or nothing"),
    "Earlier": pgettext_lazy("step", "Earlier"),
    "Later": pgettext_lazy("step", "Later"),
    "Remove this step": _("Remove this step"),
    "Field": _("Field"),
    "Comparison": _("Comparison"),
    "Remove this condition": _("Remove this condition"),
    "Remove this group": _("Remove this group"),
    "How the conditions go together": _("How the conditions go together"),
    "All of these hold": _("All of these hold"),
    "Any of these holds": _("Any of these holds"),
    "None of these holds": _("None of these holds"),
    "Not all of these hold": _("Not all of these hold"),
    "Add a condition": _("Add a condition"),
    "Add a group": _("Add a group"),
    "How many": _("How many"),
    "Unit": _("Unit"),
    "yes": _("yes"),
    "no": _("no"),
    "Choose": _("Choose"),
    "What the step does": _("What the step does"),
    "What the answer is": _("What the answer is"),
    "Needs an answer": _("Needs an answer"),
    "Add an answer": _("Add an answer"),
    "Remove this answer": _("Remove this answer"),
    "goes on as below": _("goes on as below"),
    "The matter is settled": _("The matter is settled"),
    "Add an action": _("Add an action"),
    "the next step": _("the next step"),
    "Otherwise on to": _("Otherwise on to"),
    "Then on to": _("Then on to"),
    "then on to": _("then on to"),
    "Add a branch": _("Add a branch"),
    "Remove this branch": _("Remove this branch"),
    "Where it goes on": _("Where it goes on"),
    "No connection. Nothing you type is lost.": _("No connection. Nothing you type is lost."),
}


def spoken() -> dict[str, str]:
    """The words in the language of the request."""
    return {english: str(word) for english, word in WORDS.items()}
