//! The whole pipeline: from a team folder and a date to a brief in some formats and its snapshot.
//!
//! Everything that makes a brief calls [`run`]: `render`, `week`, `invite`, `mail`, `batch`, `watch`. It only reads and
//! returns bytes; the caller decides where they are written.

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

/// What a run is asked to make.
#[derive(Debug, Clone)]
pub struct Request {
    pub as_of: NaiveDate,
    /// The day of the meeting; default: as-of.
    pub on: Option<NaiveDate>,
    pub since: Option<NaiveDate>,
    pub audience: Audience,
    /// `None`: the formats of the config.
    pub formats: Option<Vec<Format>>,
}

/// A team folder that was read but not yet filtered for a copy.
pub struct LoadedTeam {
    pub config: Config,
    pub team: Guarded,
    pub history: Recorded,
    /// Warnings; with `on_error = "banner"` also errors.
    pub problems: Problems,
}

/// A finished brief.
pub struct RenderedBrief {
    pub config: Config,
    pub brief: Brief,
    pub analysis: Analysis,
    /// What a forwarded copy shows. It is written beside the brief, and to `history/` once the 1:1 was held.
    pub snapshot: Snapshot,
    /// What the boss also saw, if anything. It stays in `private/`.
    pub shown: Option<Snapshot>,
    pub files: Vec<(Format, Vec<u8>)>,
    /// The boss's copy as separate files, if this is the manager's copy.
    pub boss_files: Vec<(Format, Vec<u8>)>,
    /// Number of pages of the PDF, if one was made.
    pub pages: Option<u32>,
    /// How often the PDF was compiled until it fitted its pages.
    pub compiles: usize,
    /// Open asks that this copy leaves out: for the manager who sends it, not for a reader.
    pub left_out_asks: Vec<AskId>,
    /// The JSON data that the PDF's templates received.
    pub page_data: Option<Vec<u8>>,
    pub problems: Problems,
}

impl RenderedBrief {
    /// Returns the content in a format, if that was asked for.
    pub fn bytes(&self, format: Format) -> Option<&[u8]> {
        self.files.iter().find(|(f, _)| *f == format).map(|(_, bytes)| bytes.as_slice())
    }

    /// Returns a file name such as `2026-11-20-brief-boss.pdf`.
    pub fn file_name(&self, format: Format) -> String {
        self.name_of(self.brief.audience, format)
    }

    fn name_of(&self, audience: Audience, format: Format) -> String {
        format!("{}-brief-{}.{}", self.analysis.as_of, audience.name(), format.extension())
    }

    /// Returns all files with their names: the requested copy, and beside a manager's copy the boss's.
    pub fn named_files(&self) -> impl Iterator<Item = (String, &[u8])> {
        let own = self.files.iter().map(|(format, bytes)| (self.file_name(*format), bytes.as_slice()));
        let boss = self.boss_files.iter();
        own.chain(boss.map(|(format, bytes)| (self.name_of(Audience::Boss, *format), bytes.as_slice())))
    }
}

/// Reads a team folder as of a date. Problems of all its files are reported at once.
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
    // `on_error = "banner"` allows a brief from partly read exports, but not from a partly read config.
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

/// Merges the problems of parts that failed, unless one failed for another reason.
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

/// Makes a brief whose dates depend on the team's config, as in a batch. `service` is a folder with more history.
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

/// Leaves out the sources in `private/` if the process may not read them, and warns: a service that makes `shared`
/// copies may have no access.
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

/// Returns the words of the language of a team's brief.
pub fn words(config: &Config) -> Result<&'static Words, Problem> {
    Words::of(&config.brief.language).ok_or_else(|| {
        Problem::error("no-language", format!("there are no words for the language \"{}\"", config.brief.language))
            .at(Place::file(config.dir.join("headsup.toml").display().to_string()))
            .help(format!("write one of {}", Words::languages().join(", ")))
    })
}

/// Returns the ids of a brief's sections.
fn sections(brief: &Brief) -> Vec<&'static str> {
    brief.sections.iter().map(|section| section.id).collect()
}

/// Makes a brief from a loaded team.
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
    // Makes the snapshot and the brief of another copy. The manager's copy appends the boss's brief to its agenda.
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
            // A headline for all copies is already the title of the brief that follows.
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
    // The boss's next brief compares with what the boss saw, and a forwarded one with what everybody may see.
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
        // Substitutions in the PDF become notes in the other formats too.
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
    // The boss's JSON is not written here; `--for boss` makes it.
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
