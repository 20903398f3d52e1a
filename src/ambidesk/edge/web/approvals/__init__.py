"""Approvals by a link: the page that a mail leads to, in the face of the brand."""
