//! What the surroundings say: what day it is, and whether a CI job runs us. A date enters here and nowhere else.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike as _, Local, NaiveDate, NaiveDateTime, TimeZone as _, Utc};

use super::dates::{self, YEARS};
use crate::problem::Failure;
use crate::redact::Audience;
use crate::source::origin::is_private_file;

/// Reads a date of the command line; `friday` and `+7d` count from today.
pub(crate) fn date(text: &str) -> Result<NaiveDate, String> {
    dates::read(text, today()?)
}

/// The day on the wall of whoever types: that of `SOURCE_DATE_EPOCH`, else that of this machine.
pub(crate) fn today() -> Result<NaiveDate, String> {
    let set = source_date_epoch().map_err(|failure| failure.to_string())?;
    Ok(set.map_or_else(|| Local::now().date_naive(), |moment| moment.date_naive()))
}

/// `SOURCE_DATE_EPOCH` (reproducible-builds.org), if it is set.
fn source_date_epoch() -> Result<Option<DateTime<Utc>>, Failure> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        return Ok(None);
    };
    value
        .to_str()
        .and_then(|text| text.trim().parse().ok())
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .filter(|moment| YEARS.contains(&moment.year()))
        .map(Some)
        .ok_or_else(|| Failure::Usage("SOURCE_DATE_EPOCH is not a number of seconds since 1970".into()))
}

/// The moment of this run: `SOURCE_DATE_EPOCH`, else now.
pub(crate) fn moment() -> Result<DateTime<Utc>, Failure> {
    Ok(source_date_epoch()?.unwrap_or_else(Utc::now))
}

/// Whether the same bytes are asked for whenever it runs: `SOURCE_DATE_EPOCH` is set.
pub(crate) fn is_reproducible() -> bool {
    std::env::var_os("SOURCE_DATE_EPOCH").is_some()
}

/// What day a moment is where a team is.
pub(crate) fn day_of(moment: DateTime<Utc>, timezone: chrono_tz::Tz) -> NaiveDate {
    timezone.from_utc_datetime(&moment.naive_utc()).date_naive()
}

/// The date of the data: `--as-of`, else the day of this run where the team is.
pub(crate) fn as_of(given: Option<NaiveDate>, timezone: chrono_tz::Tz) -> Result<NaiveDate, Failure> {
    match given {
        Some(given) => Ok(given),
        None => Ok(day_of(moment()?, timezone)),
    }
}

/// The moment that goes into DTSTAMP and `Date`, in UTC: `SOURCE_DATE_EPOCH`, else midnight of as-of, so that the same
/// inputs give the same bytes.
pub(crate) fn stamp(as_of: NaiveDate) -> Result<NaiveDateTime, Failure> {
    Ok(source_date_epoch()?.map_or(as_of.and_time(chrono::NaiveTime::MIN), |epoch| epoch.naive_utc()))
}

/// Whether a CI job runs us: then the copy is `shared` unless another is asked for.
pub(crate) fn under_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false" && value != "0")
}

/// Who reads what is said here: the log of a CI job is read by more people than the manager.
pub(crate) fn reader() -> Audience {
    if under_ci() { Audience::Shared } else { Audience::Me }
}

/// Whether a file is one that the manager alone may see, of whatever team it is.
pub(crate) fn is_managers(file: &Path) -> bool {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let team = absolute.ancestors().skip(1).find(|folder| folder.join("headsup.toml").is_file());
    is_private_file(team.unwrap_or_else(|| absolute.parent().unwrap_or(&absolute)), "", file)
}

/// A log that was written to, as it is named here: in a job's log a private file has no name.
pub(crate) fn shown_log(dir: &Path, log: &Path) -> String {
    if under_ci() && is_private_file(dir, "", log) { "a private file".to_owned() } else { log.display().to_string() }
}

/// Where a GitHub job wants its summary, which everybody with access to the repository reads.
pub(crate) fn job_summary() -> Option<PathBuf> {
    std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()).map(PathBuf::from)
}
