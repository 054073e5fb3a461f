//! What single cells mean: yes or no, dates, numbers, periods, and the kind of a column that they add up to.

pub mod answer;
pub mod dates;
pub mod kinds;
pub mod leading;
pub mod memo;
pub mod numbers;
pub mod periods;
