//! Each situation of the headline, with its expected title and summary.

/// Each situation with its expected title and summary.
pub(super) const READINGS: &[(&str, &[&str])] = &[
    (
        "all well",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "one late",
        &[
            "Release is forecast for 13 December, 9 days late",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "one late with a reason",
        &[
            "Release is forecast for 13 December, 9 days late: the vendor’s sandbox is down",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "one later than at the last 1:1",
        &[
            "Release is forecast for 13 December, 9 days late, 6 days later than a week ago",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "late by the pace",
        &[
            "Release will be done on 13 December at the pace so far, 9 days late",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "promised late",
        &[
            "Release is now due on 20 December, 16 days late",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "its date has passed",
        &[
            "Release was agreed for 14 November and is not reported done",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "at risk",
        &[
            "Release has a 31% chance of being done by its agreed date, 4 December",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "all late",
        &[
            "All 3 open milestones are late; worst: Batch to stream, expected on 17 December, 20 days late",
            "Release is forecast for 13 December, 9 days late.",
            "Alerts on call is forecast for 14 December, 3 days late.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "late, with an ask that says what if not",
        &[
            "Release is forecast for 13 December, 9 days late; needed by 27 November: “A front-end developer for two weeks”",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "late, with an ask that does not",
        &[
            "Release is forecast for 13 December, 9 days late; needed by 27 November: “A front-end developer for two weeks”",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "quarter just begun",
        &["Q4 2026 begins with 3 objectives and 3 milestones, first “Batch to stream” on 27 November"],
    ),
    (
        "quarter begun, the last one closed",
        &[
            "The last quarter closed with 2 of 3 objectives met",
            "Q4 2026 begins with 3 objectives and 3 milestones, first “Batch to stream” on 27 November.",
        ],
    ),
    ("no data", &["There is no data yet on how the quarter stands"]),
    (
        "an ask overdue",
        &[
            "An answer has been due since 18 November, 2 days ago: Sign the data-protection annex",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "an ask due soon",
        &[
            "A decision is needed by Tuesday: Sign the data-protection annex",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a small ask for later",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "An approval is needed by 4 December: Course for A. Osei.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a signal for the better",
        &[
            "Records in error left its usual range, for the better: 0.58%, usually 0.80 to 1.04%",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a signal for the worse",
        &[
            "Records in error has been below its usual average for 8 weeks, for the worse: 0.58%, average 0.92%",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a signal of unknown worth",
        &[
            "Records in error was near its lower limit in three of four weeks: 0.58%, limit 0.80%",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "scope grew unagreed",
        &[
            "6 of the 11 tasks added to “Risk dataset” since 2 October were never agreed",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "scope grew, agreed",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "Risk dataset grew by 11 tasks, agreed on 18 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "wording changed",
        &[
            "The wording of “Risk dataset” is no longer the one we agreed; it now reads “Pilot accounts can look up and score any supplier’s risk themselves”",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a milestone moved without agreement",
        &[
            "Batch to stream moved from 20 November to 27 November without agreement",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a milestone moved with agreement",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a milestone moved, agreed long ago",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "ahead",
        &[
            "Release is expected on 24 November, 10 days ahead of the agreed date",
            "All 3 objectives are on pace or ahead, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a milestone done",
        &[
            "Release was done on 18 November, 16 days early",
            "All 3 objectives are on pace or ahead, 2 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "everything done",
        &[
            "All 4 milestones of the quarter are done",
            "Alerts on call was done on 18 November, 23 days early.",
            "Release was done on 18 November, 16 days early.",
            "Batch to stream was done on 18 November, 9 days early.",
        ],
    ),
    (
        "stale source",
        &["The next milestone is “Batch to stream”, agreed for 27 November", "How 3 objectives stand is not reported."],
    ),
    (
        "one unknown",
        &[
            "The next milestone is “Batch to stream”, agreed for 27 November",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
            "How “Data quality” stands is not reported.",
        ],
    ),
    (
        "first brief",
        &[
            "First brief: please agree these objectives, milestones and dates",
            "The next milestone is “Batch to stream”, due on 27 November.",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished in the last 7 days.",
        ],
    ),
    (
        "first brief, one late",
        &[
            "Release is forecast for 13 December, 9 days late",
            "First brief: please agree these objectives, milestones and dates.",
            "The next milestone is “Batch to stream”, due on 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
        ],
    ),
    (
        "no 1:1 recorded, nothing finished",
        &[
            "No task was finished in the last 7 days",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
        ],
    ),
    (
        "nothing finished but outside the objectives",
        &[
            "No task of the objectives was finished in the last 7 days",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
        ],
    ),
    (
        "finished on no known day",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
        ],
    ),
    (
        "nothing happened",
        &[
            "No task was finished since the last 1:1",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
        ],
    ),
    ("only metrics", &["Update lag misses its target: 61 hours, target 24 hours"]),
    ("only metrics, all quiet", &["Feeds is within its usual range: 15"]),
    ("only milestones", &["Launch is on pace", "The next milestone is “Beta”, agreed for 1 December."]),
    (
        "outcome not moving",
        &[
            "Update speed is on pace, but its outcome does not move: Update lag 61 hours, target 24 hours",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "outcome getting worse",
        &[
            "Update speed is on pace, but its outcome gets worse: Update lag 61 hours, target 24 hours",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "wins",
        &[
            "New revenue: Ownership links shipped (38 k$ a year), validated by Acme",
            "New revenue: Sanctions feed for APAC, not validated.",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is “Batch to stream”, agreed for 27 November.",
        ],
    ),
    (
        "the whole story",
        &[
            "Self-serve release is forecast for 13 December, 9 days late; needed by 27 November: “One front-end developer from the Platform…”",
            "6 of the 11 tasks added to “Supplier-risk dataset” since 2 October were never agreed; a decision is needed by Tuesday (ask A-02).",
            "Update speed: 24 h is on pace, but its outcome does not move: Update lag 61 hours, target 24 hours.",
            "Records in error left its usual range, for the better: 0.58%, usually 0.80 to 1.04%.",
        ],
    ),
];
