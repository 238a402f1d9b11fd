"""Due dates as iCalendar (RFC 5545), one entry for each thing that must happen by a day; ids only, no names."""

from __future__ import annotations

import datetime
import hashlib

from icalendar import Calendar, Event

from sespms_rules.records.cycle.judging import Cycle


def calendar_of(cycle: Cycle) -> bytes:
    """The open duties that have a day, as an .ics file; the same records always give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//sespms-rules//cycle//EN")
    calendar.add("version", "2.0")
    stamp = datetime.datetime(cycle.day.year, cycle.day.month, cycle.day.day, tzinfo=datetime.UTC)
    for executive in cycle.executives:
        for each in executive.open:
            if each.until is None:
                continue
            entry = Event()
            name = hashlib.sha256(f"{executive.id}\n{each.what}\n{each.until}".encode()).hexdigest()[:32]
            entry.add("uid", f"{name}@sespms-rules")
            entry.add("dtstamp", stamp)
            entry.add("dtstart", each.until)
            entry.add("dtend", each.until + datetime.timedelta(days=1))
            entry.add("summary", f"{executive.id}: {each.what}")
            entry.add("transp", "TRANSPARENT")  # a due date takes nobody's day
            grounds = "\n".join(
                f"{ground.sentence}" + (f" ({ground.citation})" if ground.citation else "")
                for ground in each.obligation.grounds
            )
            who = f"by {each.by}, as of {cycle.day}" if each.by else f"as of {cycle.day}"
            entry.add("description", f"{who}\n{grounds}")
            calendar.add_component(entry)
    return bytes(calendar.to_ical())
