"""Outlook's own forms of a mail: winmail.dat (TNEF) and .msg (OLE), both made of MAPI"
" properties.
"""
