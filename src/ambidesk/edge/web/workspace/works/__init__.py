"""What was spent on a ticket: time, visits, expenses and parts, put down and taken back."""
