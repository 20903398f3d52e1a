"""Who it is and what the desk knows: found by a number or a name, and beside a ticket."""
