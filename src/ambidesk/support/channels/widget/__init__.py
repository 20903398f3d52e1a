"""
The widget: visitors of any site talk with the desk.

A visitor is a browser with a token of 256 bits, of which the digest is kept, or a user whom the
site's own server signs for. An e-mail that somebody typed is a claim and opens no history.
"""
