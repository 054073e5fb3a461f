//! The meanings of single cells: yes or no, dates, numbers, periods; and the kind of a column that follows from them.

pub(crate) mod answer;
pub(crate) mod dates;
pub(crate) mod kinds;
pub(crate) mod leading;
pub(crate) mod memo;
pub(crate) mod numbers;
pub(crate) mod periods;
