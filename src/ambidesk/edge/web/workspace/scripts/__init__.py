"""Scripts on a ticket: offered, gone through by keys, their answers on the card."""
