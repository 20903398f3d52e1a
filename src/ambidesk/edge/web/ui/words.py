"""Words that islands say: they ask for a translation by its English sentence."""

from functools import lru_cache

from django.utils import translation
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS = {
    "Undo": _("Undo"),
    "Copy": pgettext_lazy("button", "Copy"),
    "Copied.": _("Copied."),
    "Start the timer": _("Start the timer"),
    "Stop the timer: {minutes} min": _("Stop the timer: {minutes} min"),
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
    "Articles": _("Articles"),
    "“{name}” did not arrive. Add it again.": _("“{name}” did not arrive. Add it again."),
    "Find a template": _("Find a template"),
    "Find an article": _("Find an article"),
    "No article fits.": _("No article fits."),
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
    "Stands there to begin with": _("Stands there to begin with"),
    "Up in the tree": _("Up in the tree"),
    "Down in the tree": _("Down in the tree"),
    "In English": _("In English"),
    "In Russian": _("In Russian"),
    "Title in English": _("Title in English"),
    "Title in Russian": _("Title in Russian"),
    "Staff only": _("Staff only"),
    "When it is needed": _("When it is needed"),
    "Ask always": _("Ask always"),
    "Ask only if…": _("Ask only if…"),
    "Field": _("Field"),
    "Comparison": _("Comparison"),
    "Remove this condition": _("Remove this condition"),
    "Remove this group": _("Remove this group"),
    "How the conditions go together": _("How the conditions go together"),
    "All of these hold": _("All of these hold"),
    "Any of these holds": _("Any of these holds"),
    "None of these holds": _("None of these holds"),
    "Not all of these hold": _("Not all of these hold"),
    "Fields": _("Fields"),
    "How many there are": _("How many there are"),
    "Since when": _("Since when"),
    "at any time": _("at any time"),
    "in the last": _("in the last"),
    "only those for which": _("only those for which"),
    "Only some of them": _("Only some of them"),
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
    "Add a line": _("Add a line"),
    "Add a step from here": _("Add a step from here"),
    "Also when the stage is not finished": _("Also when the stage is not finished"),
    "Asks for a reason": _("Asks for a reason"),
    "Begin here": _("Begin here"),
    "Begin with a ready-made one:": _("Begin with a ready-made one:"),
    "Branch": _("Branch"),
    "By the calendar": _("By the calendar"),
    "Checklist": _("Checklist"),
    "Counts as a return for rework": _("Counts as a return for rework"),
    "Deadline": _("Deadline"),
    "Hours": _("Hours"),
    "Leads to": _("Leads to"),
    "Line of the checklist": _("Line of the checklist"),
    "Must be filled in to go on": _("Must be filled in to go on"),
    "Name of the stage": _("Name of the stage"),
    "Needed to go on": _("Needed to go on"),
    "On entering": _("On entering"),
    "On leaving": _("On leaving"),
    "One branch less": _("One branch less"),
    "Only if a condition holds": _("Only if a condition holds"),
    "Picture of the stages. Arrow keys move one, Enter opens it.": _(
        "Picture of the stages. Arrow keys move one, Enter opens it."
    ),
    "Remove this action": _("Remove this action"),
    "Remove this line": _("Remove this line"),
    "Remove this stage": _("Remove this stage"),
    "Stands still while the ticket waits for others": _(
        "Stands still while the ticket waits for others"
    ),
    "State of the ticket": _("State of the ticket"),
    "Steps from here": _("Steps from here"),
    "Team in charge": _("Team in charge"),
    "They come together at": _("They come together at"),
    "Warn so many hours before": _("Warn so many hours before"),
    "What it is": _("What it is"),
    "What the button says": _("What the button says"),
    "Without a condition": _("Without a condition"),
    "The client has to approve": _("The client has to approve"),
    "Nothing": _("Nothing"),
    "and at the same time to": _("and at the same time to"),
    "stays with whoever has it": _("stays with whoever has it"),
    "Contractor": _("Contractor"),
    "nobody: we do it ourselves": _("nobody: we do it ourselves"),
}


@lru_cache(maxsize=16)
def spoken(language: str) -> SafeString:
    """The words in a language, as a page carries them; the same on each page."""
    with translation.override(language):
        said = {english: str(word) for english, word in WORDS.items()}
    return json_script(said, "words")
