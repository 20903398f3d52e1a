"""Mailboxes of other servers, read by IMAP with IDLE: nothing is deleted, flags follow commits."""
