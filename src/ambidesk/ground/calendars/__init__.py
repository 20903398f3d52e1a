"""
Service calendars: working time of a zone, by week, holidays, short and moved days, exceptions.

An instant is working time when the clock on the wall of the zone shows it to be; a shift over
midnight belongs to the day on which it begins. Pure: no database, no clock.
"""
