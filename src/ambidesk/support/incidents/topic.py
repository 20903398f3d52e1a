"""The topic that tells of incidents: that something changed, never what or where."""

TOPIC = "incidents"
