//! Headers that name a week by one of its days: `Week of 10/26`, `Woche vom 26.10.`

use chrono::NaiveDate;

use crate::table::values::dates;

/// The day in `Week of 10/26`, `Woche vom 26.10.`
pub(super) fn day_of_week(name: &str) -> Option<&str> {
    const BEFORE: [&str; 14] = [
        "week of ",
        "week beginning ",
        "week commencing ",
        "wk of ",
        "w/c ",
        "wc ",
        "woche vom ",
        "woche ab ",
        "semaine du ",
        "semana del ",
        "semana de ",
        "semana do ",
        "settimana del ",
        "week van ",
    ];
    let lower = name.to_ascii_lowercase();
    let before = BEFORE.iter().find(|before| lower.starts_with(**before))?;
    name.get(before.len()..).map(str::trim)
}

/// Which comes first in `Week of 10/26`, 0 for the day and 1 for the month: the order in which each week follows the one
/// before. `None` if there are no such weeks.
pub(super) fn order_of_weeks(names: &[String], near: NaiveDate, fiscal: u32) -> Option<usize> {
    let weeks: Vec<_> = names.iter().filter_map(|name| dates::read_span(day_of_week(name)?)?.by_order()).collect();
    let follow = |order: &usize| {
        let days: Option<Vec<NaiveDate>> =
            weeks.iter().map(|both| both[*order]?.days(near, fiscal).map(|span| span.first)).collect();
        days.is_some_and(|days| days.windows(2).all(|pair| (pair[1] - pair[0]).num_days() == 7))
    };
    (weeks.len() > 1).then(|| [0, 1].into_iter().find(follow))?
}
