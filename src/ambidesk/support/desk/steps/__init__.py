"""Steps: actions of the one list, put in order by a person; read from JSON, told in words."""
