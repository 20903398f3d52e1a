"""Settings of what is asked: custom fields, and the forms of request types."""
