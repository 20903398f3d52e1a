"""Calendars, policies, and the promises that were made by them."""

from ambidesk.service.sla.models.calendar import CalendarVersion, ServiceCalendar
from ambidesk.service.sla.models.clock import Clock, Promise
from ambidesk.service.sla.models.policy import Policy, PolicyVersion

__all__ = ["CalendarVersion", "Clock", "Policy", "PolicyVersion", "Promise", "ServiceCalendar"]
