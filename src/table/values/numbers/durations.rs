//! Durations in words, as trackers write working time: `2d 4h`, `1w 3d`, `1h30m`, `2 days 4 hours`, `PT1H30M`.

use crate::table::values::dates::Lower;
use crate::table::values::leading::leading;

/// Hours of a working day, and days of a working week, which are the defaults of Jira, YouTrack and GitLab.
const HOURS_A_DAY: f64 = 8.0;
const DAYS_A_WEEK: f64 = 5.0;
/// Most bytes of a duration.
const LONGEST: usize = 40;

/// Parses a trimmed cell as hours of work. Returns `None` if it is not a duration.
pub(crate) fn read(text: &str) -> Option<f64> {
    // `PT1H30M`
    let start = match text.as_bytes() {
        [b'p' | b'P', b't' | b'T', ..] => 2,
        [b'p' | b'P', ..] => 1,
        _ => 0,
    };
    let mut rest = text[start..].trim_start();
    if !rest.starts_with(|c: char| c.is_ascii_digit()) || rest.len() > LONGEST {
        return None;
    }
    let mut hours = 0.0;
    let mut largest = f64::INFINITY;
    while !rest.is_empty() {
        let (value, after) = rest.split_at(leading(rest, |c| c.is_ascii_digit() || c == '.'));
        let after = after.trim_start();
        let (unit, after) = after.split_at(leading(after, char::is_alphabetic));
        let unit = hours_of(&Lower::<LONGEST>::of(unit))?;
        // Units are in descending order, each at most once.
        if unit >= largest {
            return None;
        }
        largest = unit;
        hours += value.parse::<f64>().ok()? * unit;
        let after = &after[leading(after, |c| matches!(c, ' ' | ',' | '\u{a0}'))..];
        // `P1DT2H`
        rest = after.strip_prefix(['t', 'T']).unwrap_or(after);
    }
    Some(hours)
}

/// Parses `1:30:00`, as time sheets and dashboards write durations, as hours. Returns `None` for other texts.
///
/// `1:30` alone is an hour and a half in one tool and a minute and a half in another: [`hours_and_minutes`] reads it if
/// the header means working time.
pub(crate) fn clock(text: &str) -> Option<f64> {
    let (hours, rest) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
    let (minutes, seconds) = rest.strip_prefix(':').filter(|_| (1..=5).contains(&hours.len()))?.split_once(':')?;
    let below_sixty = |part: &str| -> Option<f64> {
        let whole = part.split('.').next().unwrap_or(part);
        let value: f64 =
            part.parse().ok().filter(|_| whole.len() == 2 && part.starts_with(|c: char| c.is_ascii_digit()))?;
        (value < 60.0).then_some(value)
    };
    Some(hours.parse::<f64>().ok()? + below_sixty(minutes)? / 60.0 + below_sixty(seconds)? / 3600.0)
}

/// Parses `1:30` or `112:05` as hours and minutes.
pub(crate) fn hours_and_minutes(text: &str) -> Option<f64> {
    let (hours, minutes) = text.split_once(':')?;
    let is_of_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let is_such = (1..=5).contains(&hours.len()) && minutes.len() == 2 && is_of_digits(hours) && is_of_digits(minutes);
    let minutes: f64 = minutes.parse().ok().filter(|minutes| *minutes < 60.0 && is_such)?;
    Some(hours.parse::<f64>().ok()? + minutes / 60.0)
}

fn hours_of(word: &str) -> Option<f64> {
    Some(match word {
        "w" | "wk" | "wks" | "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" | "sem" | "semana"
        | "semanas" | "settimana" | "settimane" | "weken" | "tydz" | "н" | "нед" | "недель" | "недели" | "週"
        | "週間" | "周" | "주" => HOURS_A_DAY * DAYS_A_WEEK,
        "d" | "day" | "days" | "dt" | "t" | "tag" | "tage" | "tagen" | "pt" | "j" | "jour" | "jours" | "día"
        | "días" | "dia" | "dias" | "giorno" | "giorni" | "gg" | "dag" | "dagen" | "dagar" | "dager" | "dage"
        | "dni" | "dzień" | "д" | "дн" | "день" | "дня" | "дней" | "日" | "天" | "일" => HOURS_A_DAY,
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures" | "hora"
        | "horas" | "ora" | "ore" | "uur" | "uren" | "tim" | "timer" | "timmar" | "godz" | "ч" | "час" | "часа"
        | "часов" | "時間" | "小时" | "시간" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos" | "minuti" | "minuter" | "м"
        | "мин" | "分" | "分钟" | "분" => 1.0 / 60.0,
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunden" | "seg" | "segundos" | "сек" | "с" | "秒"
        | "초" => 1.0 / 3600.0,
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
            ("1w 2d 3h", 59.0),
            ("P3DT4H", 28.0),
            ("2 días 4 horas", 20.0),
            ("3 Tage", 24.0),
            ("2日", 16.0),
        ] {
            assert_eq!(read(text), Some(hours), "{text}");
        }
        for text in ["", "4", "h", "4h 2d", "2x", "today", "3 bugs"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn hours_and_minutes_of_a_time_sheet() {
        assert_eq!((hours_and_minutes("1:30"), hours_and_minutes("112:15")), (Some(1.5), Some(112.25)));
        for text in ["1:60", "1:3", ":30", "1:30:00", "9:30 AM", "a:30"] {
            assert_eq!(hours_and_minutes(text), None, "{text}");
        }
    }
}
