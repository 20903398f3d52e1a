"""Icons that stand for a value; every name in quotes here is put into the sprite by the build."""

STATES = {
    "new": "sparkles",
    "open": "circle-dot",
    "waiting_requester": "hourglass",
    "waiting_other": "hourglass",
    "on_hold": "circle-pause",
    "solved": "circle-check",
    "closed": "archive",
}
STATUSES = {
    "online": "circle-check",
    "busy": "circle-minus",
    "away": "clock",
    "invisible": "eye-off",
}
# How a question of a rule was answered.
VERDICTS = {
    "held": "check",
    "not": "x",
    "unknown": "circle-help",
}
BANNERS = {
    "info": "info",
    "waiting": "clock",
    "breached": "triangle-alert",
    "done": "check",
}
CONTACTS = {
    "email": "mail",
    "phone": "phone",
    "messenger": "message-circle",
    "visitor": "globe",
    "other": "at-sign",
}
# The channels by which people talk.
WAYS = {
    "email": "mail",
    "widget": "globe",
    "form": "text-cursor-input",
    "other": "message-circle",
}
FOUND = {
    "ticket": "inbox",
    "message": "mail",
    "note": "lock",
    "file": "paperclip",
    "person": "user-round",
    "nothing": "search-x",
}
# Marks from 1 to 5; fonts of many machines lack some of the faces that mails show.
FACES = {1: "angry", 2: "frown", 3: "meh", 4: "smile", 5: "laugh"}
# What happens to equipment.
EQUIPMENT = {
    "failure": "wrench",
    "planned": "calendar-check",
    "move": "truck",
    "reading": "gauge",
    "part": "cog",
}
