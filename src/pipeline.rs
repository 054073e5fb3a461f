//! The whole street in one place: a team folder and a date → a brief in some formats, and the snapshot that goes with it.
//!
//! Everything that makes a brief calls [`run`]: `render`, `week`, `invite`, `mail`, `batch`, `watch`. It reads, and
//! hands back bytes; who calls it decides where they go.

mod theme;

use std::path::Path;

use chrono::NaiveDate;

use crate::analysis::{Analysis, KnownTeam, Timeframe, Trials, analyse_after};
use crate::brief::{self, Brief};
use crate::config::{Config, Format};
use crate::history::{Recorded, Snapshot};
use crate::problem::{Failure, Place, Problem, Problems};
use crate::redact::{Audience, Guarded, redact, redact_problems};
use crate::render::{self, Pdf};
use crate::source;
use crate::team::AskId;
use crate::words::Words;

/// What is wanted of a run.
#[derive(Debug, Clone)]
pub struct Request {
    pub as_of: NaiveDate,
    /// The day of the meeting; default as-of.
    pub on: Option<NaiveDate>,
    pub since: Option<NaiveDate>,
    pub audience: Audience,
    /// None: those of the config.
    pub formats: Option<Vec<Format>>,
}

/// A team folder, read: before anything is filtered.
pub struct LoadedTeam {
    pub config: Config,
    pub team: Guarded,
    pub history: Recorded,
    /// Warnings, and under `on_error = "banner"` errors too.
    pub problems: Problems,
}

/// A finished brief.
pub struct RenderedBrief {
    pub config: Config,
    pub brief: Brief,
    pub analysis: Analysis,
    /// What goes beside the brief, and to `history/` once the 1:1 was held: what a forwarded copy shows.
    pub snapshot: Snapshot,
    /// What the boss saw besides; None: nothing. It stays in `private/`.
    pub shown: Option<Snapshot>,
    pub files: Vec<(Format, Vec<u8>)>,
    /// Of the manager's copy: the boss's copy as files of its own.
    pub boss_files: Vec<(Format, Vec<u8>)>,
    /// Pages of the PDF, where one was made.
    pub pages: Option<u32>,
    /// How often it was set until it fitted them.
    pub compiles: usize,
    /// Open asks that this copy leaves out: for the manager who sends it, and no reader.
    pub left_out_asks: Vec<AskId>,
    /// What its templates were given, as JSON.
    pub page_data: Option<Vec<u8>>,
    pub problems: Problems,
}

impl RenderedBrief {
    /// The bytes of one of the formats asked for.
    pub fn bytes(&self, format: Format) -> Option<&[u8]> {
        self.files.iter().find(|(f, _)| *f == format).map(|(_, bytes)| bytes.as_slice())
    }

    /// `2026-11-20-brief-boss.pdf`.
    pub fn file_name(&self, format: Format) -> String {
        self.name_of(self.brief.audience, format)
    }

    fn name_of(&self, audience: Audience, format: Format) -> String {
        format!("{}-brief-{}.{}", self.analysis.as_of, audience.name(), format.extension())
    }

    /// All files with their names: the copy asked for, and with the manager's the boss's beside it.
    pub fn named_files(&self) -> impl Iterator<Item = (String, &[u8])> {
        let own = self.files.iter().map(|(format, bytes)| (self.file_name(*format), bytes.as_slice()));
        let boss = self.boss_files.iter();
        own.chain(boss.map(|(format, bytes)| (self.name_of(Audience::Boss, *format), bytes.as_slice())))
    }
}

/// Reads a team folder as it was known on a date. Problems of all its files are reported at once.
pub fn read(dir: &Path, as_of: NaiveDate) -> Result<LoadedTeam, Failure> {
    let (config, problems) = Config::read(dir)?;
    let Some(config) = config else { return Err(problems.into()) };
    read_of(config, problems, None, as_of)
}

/// Reads the files that a config names, and the history in the team folder and in `service`.
fn read_of(
    config: Config,
    mut problems: Problems,
    service: Option<&Path>,
    as_of: NaiveDate,
) -> Result<LoadedTeam, Failure> {
    // A brief may be made of what could be read of the exports, not of what could be read of the config.
    let may_go_on = config.brief.banner_on_error && !problems.has_errors();
    let loaded = source::load(&config, as_of);
    let history = Recorded::load_with(&config.dir, service, as_of);
    match (loaded, history) {
        (Ok((team, found)), Ok((history, also))) => {
            problems.extend(found);
            problems.extend(also);
            if problems.has_errors() && !may_go_on {
                return Err(Failure::Input(problems));
            }
            Ok(LoadedTeam { config, team: team.agreed_since(&history), history, problems })
        }
        (loaded, history) => Err(together(problems, [loaded.map(|l| l.1), history.map(|h| h.1)])),
    }
}

/// Several parts failed: the problems of all, unless one failed otherwise.
fn together(mut problems: Problems, parts: [Result<Problems, Failure>; 2]) -> Failure {
    for part in parts {
        match part {
            Ok(found) | Err(Failure::Input(found)) => problems.extend(found),
            Err(other) => return other,
        }
    }
    Failure::Input(problems)
}

/// Makes a brief.
pub fn run(dir: &Path, request: &Request) -> Result<RenderedBrief, Failure> {
    run_with(dir, None, |_| request.clone())
}

/// Makes a brief of which the team's config decides the dates, as a batch does. `service` is a folder with more history.
pub fn run_with(
    dir: &Path,
    service: Option<&Path>,
    request: impl FnOnce(&Config) -> Request,
) -> Result<RenderedBrief, Failure> {
    let (config, mut problems) = Config::read(dir)?;
    let Some(mut config) = config else { return Err(problems.into()) };
    let request = request(&config);
    if request.audience == Audience::Shared {
        leave_out_unreadable_private_files(&mut config, &mut problems);
    }
    make(read_of(config, problems, service, request.as_of)?, &request)
}

/// A service that makes the `shared` copy may be kept out of `private/`: the sources there are left out, and a warning
/// says so.
fn leave_out_unreadable_private_files(config: &mut Config, problems: &mut Problems) {
    let is_denied = |path: &Path| {
        std::fs::File::open(path).is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied)
    };
    let private = config.dir.join("private");
    let is_closed = std::fs::read_dir(&private).is_err_and(|e| e.kind() == std::io::ErrorKind::PermissionDenied);
    let before = config.sources.len();
    let dir = &config.dir;
    config.sources.retain(|source| !source.is_private() || !(is_closed || is_denied(&dir.join(&source.file))));
    let left_out = before - config.sources.len();
    if left_out > 0 {
        let message = match left_out {
            1 => "a file in private/ cannot be read here; it is left out".to_owned(),
            n => format!("{n} files in private/ cannot be read here; they are left out"),
        };
        let problem = Problem::warning("private-not-read", message);
        problems.push(Problem { withheld: true, ..problem });
    }
}

/// The words of the language that a team's brief is in.
pub fn words(config: &Config) -> Result<&'static Words, Problem> {
    Words::of(&config.brief.language).ok_or_else(|| {
        Problem::error("no-language", format!("there are no words for the language \"{}\"", config.brief.language))
            .at(Place::file(config.dir.join("headsup.toml").display().to_string()))
            .help(format!("write one of {}", Words::languages().join(", ")))
    })
}

/// The sections that a brief holds.
fn sections(brief: &Brief) -> Vec<&'static str> {
    brief.sections.iter().map(|section| section.id).collect()
}

/// Makes a brief of what was read.
pub fn make(read: LoadedTeam, request: &Request) -> Result<RenderedBrief, Failure> {
    let LoadedTeam { config, team, history, mut problems } = read;
    let theme = theme::load(&config)?;
    let words = words(&config)?;

    let own = redact(&team, request.audience, config.brief.concerns);
    let own_history = own.history(&history);
    let left_out_asks = own.left_out_asks(&team);
    let known = KnownTeam::at(own, request.as_of);
    let frame = Timeframe::of(&config, request.as_of, request.on.unwrap_or(request.as_of), request.since);
    let mut trials = Trials::default();
    let analysis = analyse_after(&known, &own_history, &frame, &mut trials);
    let shown_problems = redact_problems(problems.clone(), &config.sources, request.audience);
    let options = brief::Options {
        audience: request.audience,
        headline: config.brief.headline_for(request.audience.name(), frame.on),
        sources: &known.team().sources,
        problems: &shown_problems,
    };
    // Of the boss's copy: the snapshot, and the brief itself, which the manager's copy has behind the agenda.
    let mut of_other = |audience: Audience| {
        let other = redact(&team, audience, config.brief.concerns);
        let history = other.history(&history);
        let known = KnownTeam::at(other, request.as_of);
        let analysis = analyse_after(&known, &history, &frame, &mut trials);
        let headline = config.brief.headline_for(audience.name(), frame.on);
        let problems = redact_problems(problems.clone(), &config.sources, audience);
        let options = brief::Options { audience, headline, sources: &known.team().sources, problems: &problems };
        let brief = brief::compose(&analysis, words, &options);
        (Snapshot::of(&analysis, &known, &sections(&brief)), brief)
    };
    let (mut brief, snapshot, shown, boss_brief) = match request.audience {
        Audience::Me => {
            let (shown, boss) = of_other(Audience::Boss);
            let mut agenda = brief::agenda::agenda(&analysis, words, &boss.title);
            // One for all copies opens the brief that follows.
            if let Some(own) = options.headline.filter(|_| config.brief.headline.contains_key(Audience::Me.name())) {
                agenda.title = own.to_owned();
            }
            let mine = Brief { audience: Audience::Me, agenda: Some(agenda), ..boss.clone() };
            (mine, of_other(Audience::Shared).0, shown, Some(boss))
        }
        Audience::Boss => {
            let brief = brief::compose(&analysis, words, &options);
            let shown = Snapshot::of(&analysis, &known, &sections(&brief));
            (brief, of_other(Audience::Shared).0, shown, None)
        }
        Audience::Shared => {
            let brief = brief::compose(&analysis, words, &options);
            let snapshot = Snapshot::of(&analysis, &known, &sections(&brief));
            (brief, snapshot, of_other(Audience::Boss).0, None)
        }
    };
    // Whichever copy is made, the next brief compares with what the boss saw, and a forwarded one with what all may see.
    let shown = Some(shown).filter(|shown| *shown != snapshot);

    let mut formats = request.formats.clone().unwrap_or_else(|| config.brief.formats.clone());
    formats.sort_unstable();
    formats.dedup();
    let unpaged = |brief: &Brief, format: Format| -> Result<Option<(Format, Vec<u8>)>, Failure> {
        let data = render::Data { analysis: &analysis, sources: &known.team().sources, problems: &shown_problems };
        Ok(render::unpaged(format, brief, &theme, &data)?.map(|text| (format, text.into_bytes())))
    };
    let written = |brief: &Brief| -> Result<Vec<(Format, Vec<u8>)>, Failure> {
        formats.iter().filter_map(|format| unpaged(brief, *format).transpose()).collect()
    };
    let all_files = |brief: &mut Brief| -> Result<(Vec<(Format, Vec<u8>)>, Option<Pdf>), Failure> {
        if !formats.contains(&Format::Pdf) {
            return Ok((written(brief)?, None));
        }
        let (pdf, others) = rayon::join(|| render::pdf(brief, &theme), || written(brief));
        let (mut pdf, mut files) = (pdf?, others?);
        // What the PDF had to substitute is a note in the other formats too.
        if !pdf.problems.is_empty() {
            brief.notes.extend(pdf.problems.0.iter().map(|problem| problem.message.clone()));
            files = written(brief)?;
        }
        files.push((Format::Pdf, std::mem::take(&mut pdf.bytes)));
        files.sort_by_key(|(format, _)| *format);
        Ok((files, Some(pdf)))
    };
    let boss_files = match boss_brief {
        Some(mut boss) => all_files(&mut boss)?.0,
        None => Vec::new(),
    };
    // The data of the boss's copy are its own; a script asks for them by `--for boss`.
    let boss_files = boss_files.into_iter().filter(|(format, _)| *format != Format::Json).collect();
    let (files, pdf) = all_files(&mut brief)?;
    let (mut pages, mut page_data, mut compiles) = (None, None, 0);
    if let Some(pdf) = pdf {
        (pages, page_data, compiles) = (Some(pdf.pages), Some(pdf.data), pdf.compiles);
        problems.extend(pdf.problems);
    }
    Ok(RenderedBrief {
        config,
        brief,
        analysis,
        snapshot,
        shown,
        files,
        boss_files,
        pages,
        compiles,
        left_out_asks,
        page_data,
        problems,
    })
}
