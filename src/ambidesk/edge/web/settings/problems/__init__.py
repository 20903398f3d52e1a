"""Problems: nothing is dropped silently; what could not be handled, why, and the next step."""
