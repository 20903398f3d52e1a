"""What addresses can name, made through the verbs; a room for each noun."""
    "absence_id": "settings-absences-one",
    "member_id": "settings-newcomers-one",
