//! Everything that typst can access while it lays out a brief: templates, the brief as data, the logo and the fonts. It
//! can read no file of the team folder, no package, no network and no clock.

use std::sync::LazyLock;

use chrono::Datelike as _;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World};
use typst_kit::files::{FileLoader, FileStore};

use super::super::accent::Accent;
use super::super::fonts::Fonts;
use super::super::{Theme, templates};
use super::numbered::number;
use crate::brief::{Brief, rows};
use crate::config::Paper;
use crate::problem::Failure;

/// typst's standard library, with the feature that marks row headings, which is still experimental.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

/// The built-in templates, parsed once.
static TEMPLATES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let parsed = |(name, text): (String, &'static str)| {
        let path = VirtualPath::new(&name).ok().filter(|_| name.ends_with(".typ"))?;
        Some(Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), text.to_owned()))
    };
    templates::built_in().into_iter().filter_map(parsed).collect()
});

/// The data of the template.
#[derive(serde::Serialize)]
struct Page<'a> {
    brief: &'a Brief,
    /// Width of each section, in twelfths of the page.
    twelfths: Vec<u8>,
    /// Language (two or three letters) and region (two letters), in typst's form.
    language: &'a str,
    region: Option<&'a str>,
    paper: &'static str,
    accent: Option<String>,
    /// Path of the logo, if there is one.
    logo: Option<String>,
    /// Font families in the order in which they are tried.
    fonts: Vec<&'a str>,
}

pub(crate) struct PageWorld<'a> {
    main: FileId,
    fonts: &'a Fonts,
    files: FileStore<Files<'a>>,
    today: Option<Datetime>,
}

impl<'a> PageWorld<'a> {
    /// `places` are those of the parts that may be cut, in the order of the brief.
    pub(crate) fn new(brief: &Brief, places: &[usize], theme: &'a Theme, fonts: &'a Fonts) -> Result<Self, Failure> {
        // The logo gets a fixed name, because the user's file may be anywhere in the team folder.
        let logo = theme.logo.as_ref().map(|(name, bytes)| {
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
            (format!("/logo.{ending}"), bytes.as_slice())
        });
        let (language, region) = locale(&brief.language);
        let page = Page {
            brief,
            twelfths: rows::twelfths(&brief.sections),
            language,
            region,
            paper: match theme.paper {
                Paper::A4 => "a4",
                Paper::UsLetter => "us-letter",
            },
            accent: theme.accent.as_deref().and_then(Accent::of).map(|accent| accent.light),
            logo: logo.as_ref().map(|(path, _)| path.clone()),
            fonts: theme.font.as_deref().into_iter().chain([super::super::fonts::FAMILY]).collect(),
        };
        let fault = |error: serde_json::Error| Failure::Fault(error.to_string());
        let mut data = serde_json::to_value(&page).map_err(fault)?;
        number(&mut data["brief"], places);
        let data = serde_json::to_vec(&data).map_err(fault)?;
        let main = VirtualPath::new("pdf/brief.typ").map_err(|e| Failure::Fault(format!("{e:?}")))?;
        Ok(Self {
            main: RootedPath::new(VirtualRoot::Project, main).intern(),
            fonts,
            files: FileStore::new(Files { theme, data, logo }),
            today: Datetime::from_ymd(brief.as_of.year(), brief.as_of.month() as u8, brief.as_of.day() as u8),
        })
    }

    /// Returns the data of the template.
    pub(crate) fn into_data(self) -> Vec<u8> {
        self.files.loader().data.clone()
    }

    pub(crate) fn theme(&self) -> &Theme {
        self.files.loader().theme
    }

    /// Returns the file name of the logo.
    pub(crate) fn logo(&self) -> Option<&str> {
        self.files.loader().theme.logo.as_ref().map(|(name, _)| name.as_str())
    }

    /// Whether a template is the user's own.
    pub(crate) fn is_users(&self, name: &str) -> bool {
        self.files.loader().theme.templates.contains_key(name)
    }
}

/// Returns language and region of a BCP 47 tag; English if it is invalid.
fn locale(tag: &str) -> (&str, Option<&str>) {
    let is_code = |part: &&str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let mut parts = tag.split('-');
    let language = parts.next().filter(|part| is_code(part, 2..=3)).unwrap_or("en");
    (language, parts.find(|part| is_code(part, 2..=2)))
}

/// The files that typst can read, by name.
struct Files<'a> {
    theme: &'a Theme,
    data: Vec<u8>,
    logo: Option<(String, &'a [u8])>,
}

impl FileLoader for Files<'_> {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        if let VirtualRoot::Package(package) = path.root() {
            return Err(typst::diag::PackageError::NotFound(package.clone()).into());
        }
        let name = path.vpath().get_without_slash();
        if name == "pdf/brief.json" {
            return Ok(Bytes::new(self.data.clone()));
        }
        // The accent is a separate file, so that blocks.typ is the same for all briefs and can be cached.
        if name == "pdf/accent.json" {
            let accent =
                serde_json::Value::from(self.theme.accent.as_deref().and_then(Accent::of).map(|accent| accent.light));
            return Ok(Bytes::from_string(accent.to_string()));
        }
        if let Some((_, bytes)) = self.logo.as_ref().filter(|(logo, _)| logo == path.vpath().get_with_slash()) {
            return Ok(Bytes::new(bytes.to_vec()));
        }
        match templates::find(&self.theme.templates, name) {
            Some(text) => Ok(Bytes::from_string(text.to_owned())),
            None => Err(FileError::NotFound(path.vpath().get_with_slash().into())),
        }
    }
}

impl World for PageWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let built_in = TEMPLATES.iter().find(|source| source.id() == id);
        match built_in.filter(|_| !self.is_users(id.get().vpath().get_without_slash())) {
            Some(source) => Ok(source.clone()),
            None => self.files.source(id),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
