//! Turns the raw config into [`Config`]: fills in defaults and checks what a schema cannot express — time zones,
//! addresses, colours, fields of a table, duplicate names, and paths that must stay in the team folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use chrono::NaiveDate;

use super::raw::{self, RawConfig};
use super::{BriefSection, Calendar, Config, MetricSection, NextRule, Source, TeamSection};
use crate::document::{Document, child};
use crate::input::is_outside;
use crate::problem::{Problem, Problems, nearest};
use crate::table::{DateOrder, Hidden, ReadingOptions};
use crate::team::{Aggregate, MetricKind, TableKind, starter};

/// Returns the checked config and adds its errors to `problems`.
pub(crate) fn resolve(dir: &Path, raw: RawConfig, document: &Document<'_>, problems: &mut Problems) -> Config {
    let mut resolver = Resolver { dir, document, problems };
    let team = resolver.team(raw.team.unwrap_or_default());
    let calendar = resolver.calendar(&raw.calendar);
    let off = resolver.off(&raw.calendar.off);
    let quarter = raw.quarter.and_then(|quarter| quarter.start.zip(quarter.end)).inspect(|(start, end)| {
        if end <= start {
            resolver.bad("/quarter/end", "the quarter ends before it starts", "give its last day");
        }
    });
    if raw.source.is_empty() {
        resolver.bad(
            "",
            "there is no [[source]]",
            "add one for each export:\n[[source]]\ntable = \"tasks\"\nfile = \"data/tasks.csv\"",
        );
    }
    let sources = raw.source.into_iter().enumerate();
    let sources =
        sources.map(|(index, source)| resolver.source(&format!("/source/{index}"), source, &calendar)).collect();
    let mut names = BTreeSet::new();
    let metrics = raw.metric.into_iter().enumerate();
    let metrics =
        metrics.map(|(index, metric)| resolver.metric(&format!("/metric/{index}"), metric, &mut names)).collect();
    let brief = resolver.brief(raw.brief);
    Config { dir: dir.to_owned(), team, calendar, off, quarter, sources, metrics, brief }
}

struct Resolver<'a> {
    dir: &'a Path,
    document: &'a Document<'a>,
    problems: &'a mut Problems,
}

impl Resolver<'_> {
    fn bad(&mut self, pointer: &str, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem::error("bad-value", message).at(self.document.place(pointer)).help(help));
    }

    fn team(&mut self, team: raw::Team) -> TeamSection {
        for (key, address) in [("manager_email", &team.manager_email), ("boss_email", &team.boss_email)] {
            if address.as_ref().is_some_and(|address| !is_address(address)) {
                self.bad(&format!("/team/{key}"), format!("`{key}` is not an address"), "write it as dana@example.org");
            }
        }
        for (key, name, placeholder) in
            [("manager", &team.manager, starter::MANAGER), ("boss", &team.boss, starter::BOSS)]
        {
            if name == placeholder {
                let place = self.document.place(&format!("/team/{key}"));
                self.problems.push(starter::placeholder_left(name, place, &format!("write the name: {key} = \"…\"")));
            }
        }
        TeamSection {
            name: team.name.unwrap_or_default(),
            manager: team.manager,
            manager_email: team.manager_email,
            boss: team.boss,
            boss_email: team.boss_email,
            boss_since: team.boss_since,
            aliases: team.aliases,
            members: team.members,
        }
    }

    fn calendar(&mut self, calendar: &raw::Calendar) -> Calendar {
        let default = Calendar::default();
        Calendar {
            week_ends: calendar.week_ends.map_or(default.week_ends, weekday),
            fiscal_year_starts: calendar.fiscal_year_starts.map_or(default.fiscal_year_starts, |month| month as u32),
            timezone: self.timezone("/calendar/timezone", calendar.timezone.as_deref()).unwrap_or(default.timezone),
            one_on_one: calendar.one_on_one.map(weekday),
        }
    }

    /// Parses days off. Each text is one day, or the first and the last of several with a slash between them (ISO
    /// 8601).
    fn off(&mut self, off: &[String]) -> Vec<(NaiveDate, NaiveDate)> {
        let mut spans = Vec::with_capacity(off.len());
        for (index, text) in off.iter().enumerate() {
            let (first, last) = text.split_once('/').unwrap_or((text, text));
            match first.trim().parse().ok().zip(last.trim().parse().ok()) {
                Some((first, last)) if first <= last => spans.push((first, last)),
                _ => {
                    let message = format!("\"{text}\" is not a day or two days in order");
                    let help = "write it as \"2026-12-24/2027-01-01\", or as one day, \"2026-10-03\"";
                    self.bad(&format!("/calendar/off/{index}"), message, help);
                }
            }
        }
        spans
    }

    fn timezone(&mut self, pointer: &str, name: Option<&str>) -> Option<chrono_tz::Tz> {
        let name = name?;
        match name.parse() {
            Ok(timezone) => Some(timezone),
            Err(_) => {
                let help = match nearest(name, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "a name of the tz database, as \"Europe/Berlin\"".to_owned(),
                };
                self.bad(pointer, format!("there is no time zone \"{name}\""), help);
                None
            }
        }
    }

    fn source(&mut self, pointer: &str, source: raw::Source, calendar: &Calendar) -> Source {
        let at = |key: &str| child(pointer, key);
        let file = source.file.unwrap_or_default();
        if !file.is_empty() {
            self.path(&at("file"), &file);
        }
        // Without a known table there are no fields to check against.
        let known = source.table.is_some();
        let table = source.table.unwrap_or(TableKind::Tasks);
        let fields = table.fields();
        for (key, named) in
            [("columns", source.columns.keys().collect::<Vec<_>>()), ("values", source.values.keys().collect())]
        {
            for name in named.into_iter().filter(|name| known && !fields.iter().any(|field| field.is_named(name))) {
                let names = || fields.iter().map(|field| field.name);
                let help = match nearest(name, names()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("its fields are {}", names().collect::<Vec<_>>().join(", ")),
                };
                let message = format!("`{name}` is no field of {}", table.name());
                self.bad(&child(&at(key), name), message, help);
            }
        }
        for (field, words) in source.values.iter().filter(|_| known) {
            let known = table.field(field).map_or(&[][..], |field| field.words());
            if !known.is_empty() {
                for word in words.keys().filter(|word| !known.contains(&word.as_str())) {
                    let help = match nearest(word, known.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("its words are {}", known.join(", ")),
                    };
                    let message = format!("`{word}` is no word of `{field}` in {}", table.name());
                    self.bad(&child(&child(&at("values"), field), word), message, help);
                }
            }
        }
        for (column, format) in &source.formats {
            if !is_format(format) {
                let help = "write dmy, mdy or ymd, or a format as %d.%m.%Y";
                self.bad(&child(&at("formats"), column), format!("`{column}` has no format that can be read"), help);
            }
        }
        let columns: BTreeMap<String, Vec<String>> =
            source.columns.into_iter().map(|(field, names)| (field, headers(names))).collect();
        let reading = ReadingOptions {
            delimiter: source.delimiter.and_then(|text| text.chars().next()),
            encoding: source.encoding.map(|encoding| encoding.name().to_owned()),
            header_line: source.header_line,
            columns: columns.values().flatten().cloned().collect(),
            date_order: source.date_order,
            usual_date_order: None,
            decimal: source.decimal.map(|sign| match sign {
                raw::DecimalSign::Point => '.',
                raw::DecimalSign::Comma => ',',
            }),
            formats: source.formats,
            missing: source.missing,
            required: Vec::new(),
            hidden: Hidden::default(),
            all_rows: source.all_rows,
            comment: source.comment.and_then(|text| text.chars().next()),
            near: None,
            fiscal_year_starts: Some(calendar.fiscal_year_starts),
            timezone: self.timezone(&at("timezone"), source.timezone.as_deref()).or(Some(calendar.timezone)),
        };
        Source {
            table,
            file,
            place: self.document.place(&at("file")),
            preset: source.preset,
            reading,
            cadence: source.cadence,
            skip_bad_rows: source.bad_rows == Some(raw::BadRows::Skip),
            column_places: columns
                .keys()
                .map(|field| (field.clone(), self.document.place(&child(&at("columns"), field))))
                .collect(),
            columns,
            values: source
                .values
                .into_iter()
                .map(|(field, words)| (field, words.into_iter().map(|(ours, theirs)| (ours, theirs.into())).collect()))
                .collect(),
            counts: source.counts,
            filter: source.filter.into_iter().map(|(column, words)| (column, words.into())).collect(),
        }
    }

    fn metric(&mut self, pointer: &str, metric: raw::Metric, names: &mut BTreeSet<String>) -> MetricSection {
        let at = |key: &str| child(pointer, key);
        let name = metric.name.unwrap_or_default();
        if !name.is_empty() && !names.insert(name.to_lowercase()) {
            self.bad(&at("name"), format!("the metric \"{name}\" stands twice"), "give each its own name");
        }
        // A metric of kind ratio without a numerator is a column that already holds ratios.
        let of_parts = metric.kind == Some(MetricKind::Ratio) && metric.numerator.is_some();
        let aggregate = metric.aggregate.or(of_parts.then_some(Aggregate::Ratio));
        let ratio = aggregate == Some(Aggregate::Ratio);
        for (key, column) in [("numerator", &metric.numerator), ("denominator", &metric.denominator)] {
            match (ratio, column) {
                (true, None) => self.bad(
                    pointer,
                    format!("the ratio \"{name}\" has no {key}"),
                    format!("name its column: {key} = \"…\""),
                ),
                (false, Some(_)) => self.bad(
                    &at(key),
                    format!("`{key}` is for a ratio, and \"{name}\" is none"),
                    "add aggregate = \"ratio\"",
                ),
                _ => {}
            }
        }
        let (from, until) = match metric.baseline {
            None => (None, None),
            Some(raw::Baseline::From(from)) => (Some(from), None),
            Some(raw::Baseline::Window(window)) => (window.from, window.until),
        };
        if from.zip(until).is_some_and(|(from, until)| until <= from) {
            self.bad(&at("baseline"), "the baseline ends before it starts", "until is its last day");
        }
        let mut targets: Vec<_> = metric.targets.iter().filter_map(|target| target.from.zip(target.value)).collect();
        targets.sort_by_key(|(from, _)| *from);
        MetricSection {
            place: self.document.place(&at("name")),
            column: metric.column.unwrap_or_else(|| name.clone()),
            name,
            kind: metric.kind,
            aggregate,
            numerator: metric.numerator,
            denominator: metric.denominator,
            filter: metric.filter.into_iter().map(|(column, words)| (column, words.into())).collect(),
            better: metric.better,
            unit: metric.unit,
            target: metric.target,
            targets,
            bps: metric.bps,
            baseline_from: from,
            baseline_until: until,
        }
    }

    fn brief(&mut self, brief: raw::Brief) -> BriefSection {
        let default = BriefSection::default();
        if let Some(accent) = &brief.accent
            && !is_colour(accent)
        {
            self.bad("/brief/accent", format!("\"{accent}\" is no colour"), "write it as \"#1f5fbf\"");
        }
        if let Some(logo) = &brief.logo {
            self.path("/brief/logo", logo);
        }
        let mut every = default.every;
        every.extend(brief.every);
        let (headline, headline_on) = match brief.headline {
            None => (BTreeMap::new(), None),
            Some(raw::Headline::All(text)) => (BTreeMap::from([("all".to_owned(), text)]), None),
            Some(raw::Headline::Each(each)) => {
                let copies = [("all", each.all), ("me", each.me), ("boss", each.boss), ("shared", each.shared)];
                let texts = copies.into_iter().filter_map(|(copy, text)| Some((copy.to_owned(), text?)));
                (texts.collect(), each.on)
            }
        };
        BriefSection {
            pages: brief.pages.unwrap_or(default.pages),
            paper: brief.paper,
            formats: brief.formats.unwrap_or(default.formats),
            language: brief.language.unwrap_or(default.language),
            concerns: brief.concerns,
            confidential_labels: brief.confidential_labels,
            banner_on_error: brief.on_error == Some(raw::OnError::Banner),
            weigh_by: brief.weigh_by,
            next: self.next_rule(brief.next.as_deref(), brief.sprint, brief.label),
            every,
            headline,
            headline_on,
            accent: brief.accent,
            logo: brief.logo,
            font: brief.font,
            system_fonts: brief.system_fonts,
        }
    }

    fn next_rule(&mut self, next: Option<&str>, sprint: Option<String>, label: Option<String>) -> NextRule {
        if [next.is_some(), sprint.is_some(), label.is_some()].into_iter().filter(|&set| set).count() > 1 {
            self.bad("/brief", "next, sprint and label say the same thing in different ways", "keep one of them");
        }
        let days = |text: &str| text.strip_prefix("due within ")?.strip_suffix(" days")?.parse().ok();
        match (next, sprint, label) {
            (_, Some(sprint), _) => NextRule::Sprint(sprint),
            (_, _, Some(label)) => NextRule::Label(label),
            (Some(text), ..) => match days(text) {
                Some(days) => NextRule::DueWithin { days },
                None => {
                    let help = "write next = \"due within 14 days\", or sprint = \"…\", or label = \"…\"";
                    self.bad("/brief/next", format!("\"{text}\" is not a rule that is known"), help);
                    NextRule::default()
                }
            },
            _ => NextRule::default(),
        }
    }

    /// Checks that a path of the config stays in the team folder, both as written and through symbolic links.
    fn path(&mut self, pointer: &str, path: &str) {
        let below = Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        let windows = path.contains('\\') || path.as_bytes().get(1) == Some(&b':');
        if !below || windows || path.contains('\0') {
            let help = "name a file below the team folder, with / between folders";
            return self.bad(pointer, format!("{} is not below the team folder", named(path)), help);
        }
        if is_outside(self.dir, &self.dir.join(path)) {
            let message = format!("{} leads out of the team folder", named(path));
            self.bad(pointer, message, "copy the file into the team folder");
        }
    }
}

fn weekday(day: raw::DayName) -> chrono::Weekday {
    use chrono::Weekday;
    match day {
        raw::DayName::Monday => Weekday::Mon,
        raw::DayName::Tuesday => Weekday::Tue,
        raw::DayName::Wednesday => Weekday::Wed,
        raw::DayName::Thursday => Weekday::Thu,
        raw::DayName::Friday => Weekday::Fri,
        raw::DayName::Saturday => Weekday::Sat,
        raw::DayName::Sunday => Weekday::Sun,
    }
}

fn headers(names: raw::HeaderNames) -> Vec<String> {
    match names {
        raw::HeaderNames::One(name) => vec![name],
        raw::HeaderNames::At(position) => vec![position.to_string()],
        raw::HeaderNames::Some(names) => names
            .into_iter()
            .map(|name| match name {
                raw::HeaderName::Name(name) => name,
                raw::HeaderName::At(position) => position.to_string(),
            })
            .collect(),
    }
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c))
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_format(text: &str) -> bool {
    let order: Result<DateOrder, _> = serde_json::from_value(text.into());
    order.is_ok() || text.contains('%')
}

/// Returns how messages name a path; a private file is not named.
fn named(path: &str) -> String {
    if super::sections::is_private(path) { "a private file".to_owned() } else { format!("\"{path}\"") }
}
