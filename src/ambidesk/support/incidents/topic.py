"""The topics that tell of incidents: that something changed, never what it says."""

TOPIC = "incidents"


def banner_topic(brand: int) -> str:
    """Give what the visitors of a brand listen to."""
    return f"banner:{brand}"
