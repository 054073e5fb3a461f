//! The verdict on a row below the header, with the reason why a row is not read; `inspect` lists the reasons.

use std::borrow::Cow;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Data,
    /// A blank row, a ruling or a comment.
    Nothing,
    Skip(Reason),
}

/// Why a row is not read as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    RepeatedHeader,
    ContinuedHeader,
    /// A line that begins with `# ` and has as many cells as a row.
    Comment,
    Total,
    UnnamedTotal,
    GroupOrNote,
    /// Words on this line, where the table has numbers and dates.
    Words(u64),
    /// Another table starts on this line.
    OtherTable(u64),
    /// A table whose header is this line, between the rows of this one.
    InnerTable(u64),
    /// Only the columns of a table beside this one have cells.
    Beside,
}

impl Reason {
    /// Returns whether only the shape of the row led to the verdict, as opposed to a header or the name of a total.
    pub(crate) fn is_doubtful(self) -> bool {
        matches!(self, Reason::UnnamedTotal | Reason::GroupOrNote | Reason::Words(_) | Reason::OtherTable(_))
    }

    pub(crate) fn text(self) -> Cow<'static, str> {
        match self {
            Reason::RepeatedHeader => "the header again".into(),
            Reason::ContinuedHeader => "a further line of the header".into(),
            Reason::Comment => "it begins with #: a comment".into(),
            Reason::Total => "a total of other rows".into(),
            Reason::UnnamedTotal => "only numbers where other rows have names: a total".into(),
            Reason::GroupOrNote => "one cell alone: the name of a group, or a note".into(),
            Reason::Words(_) => {
                "words where other rows have numbers or dates: a header of other columns, or a note".into()
            }
            Reason::OtherTable(line) => format!("belongs to another table, which starts in line {line}").into(),
            Reason::Beside => "only cells of a table beside this one".into(),
            Reason::InnerTable(line) => {
                format!("belongs to a table inside this one, whose header is line {line}").into()
            }
        }
    }
}
