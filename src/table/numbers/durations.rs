//! Durations in words, as trackers write time spent: `2d 4h`, `1w 3d`, `1h30m`, `2 days 4 hours`, `PT1H30M`.

/// Hours of a tracker's working day, and days of its working week, as Jira, YouTrack and GitLab count unless configured.
const HOURS_A_DAY: f64 = 8.0;
const DAYS_A_WEEK: f64 = 5.0;

/// Reads a trimmed cell as hours of work; None if it is no duration.
pub fn read(text: &str) -> Option<f64> {
    let lower = text.to_lowercase();
    let mut rest = lower.strip_prefix("pt").or_else(|| lower.strip_prefix('p')).unwrap_or(&lower).trim_start();
    if !rest.starts_with(|c: char| c.is_ascii_digit()) || rest.len() > 40 {
        return None;
    }
    let mut hours = 0.0;
    let mut largest = f64::INFINITY;
    while !rest.is_empty() {
        let n = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let value: f64 = rest[..n].parse().ok()?;
        rest = rest[n..].trim_start();
        let n = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let unit = hours_of(&rest[..n])?;
        // Units come largest first, each once.
        if unit >= largest {
            return None;
        }
        largest = unit;
        hours += value * unit;
        rest = rest[n..].trim_start_matches([' ', ',', '\u{a0}']);
        // `P1DT2H`
        rest = rest.strip_prefix('t').unwrap_or(rest);
    }
    Some(hours)
}

/// Reads `1:30:00`, as time sheets and dashboards write how long something took, as hours; None if it is none.
///
/// `1:30` alone is an hour and a half in one tool and a minute and a half in another, so it is none.
pub fn clock(text: &str) -> Option<f64> {
    let mut parts = text.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let below_sixty = |part: &str| -> Option<f64> {
        let whole = part.split('.').next().unwrap_or(part);
        let value: f64 =
            part.parse().ok().filter(|_| whole.len() == 2 && part.starts_with(|c: char| c.is_ascii_digit()))?;
        (value < 60.0).then_some(value)
    };
    let is_whole = !hours.is_empty() && hours.len() <= 5 && hours.bytes().all(|b| b.is_ascii_digit());
    if !is_whole || parts.next().is_some() {
        return None;
    }
    Some(hours.parse::<f64>().ok()? + below_sixty(minutes)? / 60.0 + below_sixty(seconds)? / 3600.0)
}

fn hours_of(word: &str) -> Option<f64> {
    Some(match word {
        "w" | "wk" | "week" | "weeks" | "woche" | "wochen" | "н" | "нед" => HOURS_A_DAY * DAYS_A_WEEK,
        "d" | "day" | "days" | "dt" | "t" | "tag" | "tage" | "j" | "jour" | "jours" | "д" | "дн" => HOURS_A_DAY,
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures" | "ч" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "м" | "мин" => 1.0 / 60.0,
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "сек" | "с" => 1.0 / 3600.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_work() {
        for (text, hours) in [
            ("2d 4h", 20.0),
            ("1w 2d", 56.0),
            ("1h30m", 1.5),
            ("45m", 0.75),
            ("2 days, 4 hours", 20.0),
            ("PT1H30M", 1.5),
            ("P1DT2H", 10.0),
            ("1.5h", 1.5),
            ("2д 4ч", 20.0),
        ] {
            assert_eq!(read(text), Some(hours), "{text}");
        }
        for text in ["", "4", "h", "4h 2d", "2x", "today", "3 bugs"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
