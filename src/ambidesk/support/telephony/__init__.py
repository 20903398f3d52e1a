"""
Telephony: calls that ring, are answered, missed and recorded, as exchanges tell of them.

An exchange is a channel like any other: its connector reads what it tells, in any order and twice;
a call is one row, and a missed or answered one is on a ticket. What is dialled is a row first.
"""
