//! The environment of the run: today's date, and whether a CI job runs headsup. The current date is read only here.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike as _, Local, NaiveDate, NaiveDateTime, TimeZone as _, Utc};

use super::dates::{self, YEARS};
use crate::problem::Failure;
use crate::redact::Audience;
use crate::source::origin::is_private_file;

/// Parses a date of the command line; `friday` and `+7d` count from today.
pub(crate) fn date(text: &str) -> Result<NaiveDate, String> {
    dates::read(text, today()?)
}

/// Returns today's date: that of `SOURCE_DATE_EPOCH`, otherwise the local date of this machine.
pub(crate) fn today() -> Result<NaiveDate, String> {
    let set = source_date_epoch().map_err(|failure| failure.to_string())?;
    Ok(set.map_or_else(|| Local::now().date_naive(), |moment| moment.date_naive()))
}

/// Reads `SOURCE_DATE_EPOCH` (reproducible-builds.org). Returns `None` if it is not set.
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

/// Returns the moment of this run: `SOURCE_DATE_EPOCH`, otherwise the current time.
pub(crate) fn moment() -> Result<DateTime<Utc>, Failure> {
    Ok(source_date_epoch()?.unwrap_or_else(Utc::now))
}

/// Returns whether the output must be reproducible byte for byte, which `SOURCE_DATE_EPOCH` asks for.
pub(crate) fn is_reproducible() -> bool {
    std::env::var_os("SOURCE_DATE_EPOCH").is_some()
}

/// Returns the date of a moment in the team's time zone.
pub(crate) fn day_of(moment: DateTime<Utc>, timezone: chrono_tz::Tz) -> NaiveDate {
    timezone.from_utc_datetime(&moment.naive_utc()).date_naive()
}

/// Returns the date of the data: `--as-of`, otherwise the date of this run in the team's time zone.
pub(crate) fn as_of(given: Option<NaiveDate>, timezone: chrono_tz::Tz) -> Result<NaiveDate, Failure> {
    match given {
        Some(given) => Ok(given),
        None => Ok(day_of(moment()?, timezone)),
    }
}

/// Returns the moment for DTSTAMP and `Date`, in UTC: `SOURCE_DATE_EPOCH`, otherwise midnight of as-of, so that the
/// same inputs give the same bytes.
pub(crate) fn stamp(as_of: NaiveDate) -> Result<NaiveDateTime, Failure> {
    Ok(source_date_epoch()?.map_or(as_of.and_time(chrono::NaiveTime::MIN), |epoch| epoch.naive_utc()))
}

/// Returns whether a CI job runs headsup: then the copy is `shared` by default.
pub(crate) fn under_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false" && value != "0")
}

/// Returns who reads the messages: the log of a CI job has more readers than the manager.
pub(crate) fn reader() -> Audience {
    if under_ci() { Audience::Shared } else { Audience::Me }
}

/// Returns whether only the manager may see a file, whichever team it belongs to.
pub(crate) fn is_managers(file: &Path) -> bool {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let team = absolute.ancestors().skip(1).find(|folder| folder.join("headsup.toml").is_file());
    is_private_file(team.unwrap_or_else(|| absolute.parent().unwrap_or(&absolute)), "", file)
}

/// Returns the name of a log for messages. In the log of a CI job, the name of a private file is hidden.
pub(crate) fn shown_log(dir: &Path, log: &Path) -> String {
    if under_ci() && is_private_file(dir, "", log) { "a private file".to_owned() } else { log.display().to_string() }
}

/// Returns the file for the summary of a GitHub job, which everybody with access to the repository can read.
pub(crate) fn job_summary() -> Option<PathBuf> {
    std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()).map(PathBuf::from)
}
