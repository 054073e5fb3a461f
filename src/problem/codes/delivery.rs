//! Codes of using a brief: recording the 1:1, the calendar, and lists of problems themselves.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[
    error(
        "not-rendered",
        "There is no brief of the day to record.",
        "there is no snapshot of 2026-11-20",
        "Run `headsup render` first; --out names its folder if it wrote elsewhere.",
    ),
    error(
        "recorded-before",
        "The 1:1 of that day was recorded before.",
        "the 1:1 of 2026-11-20 was recorded before",
        "To replace it, add --replace.",
    ),
    error(
        "nothing-to-undo",
        "No record of the folder can be taken back.",
        "no record of this folder can be taken back",
        "Take the snapshot out of history/ and the rows out of their logs by hand.",
    ),
    error(
        "changed-log",
        "A row that the last record wrote was changed since.",
        "a row that the record wrote was changed since; nothing is taken back",
        "Take the row out by hand, and the snapshot out of history/.",
    ),
    error(
        "contradiction",
        "Two answers to one ask, or two agreements about one thing.",
        "A-05 is both granted and declined",
        "Give one of them.",
    ),
    error("no-such-ask", "There is no ask of that id.", "there is no ask \"A-55\"", "Use an id that the brief prints."),
    error(
        "closed-ask",
        "The ask was answered before.",
        "A-02 was granted on 2026-11-06",
        "What is asked again is a new ask: `headsup add ask`.",
    ),
    error(
        "bad-agreement",
        "What was agreed to cannot be told, or is agreed already.",
        "\"Pilot\" has no due date to agree to",
        "Name it: date:Pilot=2026-12-13.",
    ),
    error(
        "no-such-name",
        "There is no objective or milestone of that name.",
        "there is no milestone \"Pilto\"",
        "Use its id or its name.",
    ),
    error(
        "no-goal",
        "The manager has no goal that feedback could belong to.",
        "there is no goal of the manager's own that the feedback belongs to",
        "Add a row with who = me to private/goals.csv.",
    ),
    error(
        "no-calendar",
        "The file holds no calendar.",
        "this file holds no calendar",
        "Export the meeting from your calendar as an .ics file.",
    ),
    error(
        "bad-calendar",
        "The calendar file is damaged.",
        "this component is never closed",
        "Export the event from the calendar again; an .ics file is not to be edited by hand.",
    ),
    error(
        "no-event",
        "The calendar holds no event, or not the one that is named.",
        "this calendar holds no event",
        "Export the 1:1 itself.",
    ),
    error(
        "which-event",
        "The calendar holds several events.",
        "the calendar holds 3 events",
        "Say which one is the 1:1 with --uid.",
    ),
    error(
        "no-such-meeting",
        "The 1:1 does not take place on that day, or was cancelled.",
        "the 1:1 does not take place on Friday 20 November 2026",
        "Say another day with --on DATE.",
    ),
    error(
        "no-start",
        "The event has no start that can be read.",
        "this event has no start that can be read",
        "Export the event from the calendar again.",
    ),
    error(
        "bad-rule",
        "The rule of a series cannot be read.",
        "the rule of the series cannot be read",
        "Export one occurrence instead of the series.",
    ),
];
