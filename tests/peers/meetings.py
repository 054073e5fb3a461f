"""Prints as JSON what python icalendar and recurring-ical-events read from a calendar file.

    python meetings.py FILE.ics FROM TO

Prints every meeting between the two dates: its start, and the bytes of its attachments as SHA-256.
"""

import datetime
import hashlib
import json
import sys

import icalendar
import recurring_ical_events


def attachments(event):
    found = event.get("ATTACH", [])
    for one in found if isinstance(found, list) else [found]:
        if one.params.get("ENCODING") == "BASE64":
            yield hashlib.sha256(one.bytes).hexdigest()
        else:
            yield str(one)


file = sys.argv[1]
first, last = (datetime.date.fromisoformat(day) for day in sys.argv[2:4])
with open(file, "rb") as source:
    calendar = icalendar.Calendar.from_ical(source.read())
meetings = []
for event in recurring_ical_events.of(calendar).between(first, last):
    meetings.append({"start": event["DTSTART"].dt.isoformat(), "attachments": list(attachments(event))})
print(json.dumps(sorted(meetings, key=lambda meeting: meeting["start"])))
