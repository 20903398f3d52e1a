"""Account: how staff sign in, prove who they are, and protect their account."""
