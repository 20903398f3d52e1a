"""The desk's own SMTP and LMTP server: who may speak, to whom, how much, and how a mail ends."""
