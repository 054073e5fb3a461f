//! The ways in which a row becomes confidential, for the tests with canaries.

use headsup::tables::TableKind;

/// The reason why the rows with canaries are confidential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Their file is in `private/` and is configured with this path.
    PrivateFile,
    /// A pattern that also matches files in `private/`.
    Glob,
    /// A link in `data/` to a file in `private/`.
    #[cfg(unix)]
    Link,
    /// A hard link to a file in `private/`.
    #[cfg(unix)]
    HardLink,
    /// A link in `data/` to the folder `private/`.
    #[cfg(unix)]
    FolderLink,
    /// A folder `Private/` with a capital letter.
    OtherCase,
    /// `confidential` says yes.
    Mark,
    /// `confidential` contains a word that is neither yes nor no.
    OddMark,
    /// An earlier row of the same item is marked, but not the row itself.
    EarlierMark,
    /// A later row of the same item is marked.
    LaterMark,
    /// Tasks with a confidential label, in many spellings.
    Label,
    /// Tasks below a task with a confidential label.
    Parent,
    /// Tasks of a confidential milestone.
    Milestone,
}

pub(super) const WAYS: &[Way] = &[
    Way::PrivateFile,
    Way::Glob,
    #[cfg(unix)]
    Way::Link,
    #[cfg(unix)]
    Way::HardLink,
    #[cfg(unix)]
    Way::FolderLink,
    Way::OtherCase,
    Way::Mark,
    Way::OddMark,
    Way::EarlierMark,
    Way::LaterMark,
    Way::Label,
    Way::Parent,
    Way::Milestone,
];

impl Way {
    /// Returns whether rows of a table can become confidential in this way.
    pub(super) fn reaches(self, table: TableKind) -> bool {
        let can_be_marked = table.field("confidential").is_some();
        // Rows of these tables have no earlier rows.
        let has_rows = !matches!(table, TableKind::Events | TableKind::Tasks);
        match self {
            Way::PrivateFile | Way::Glob | Way::OtherCase => true,
            #[cfg(unix)]
            Way::Link | Way::HardLink | Way::FolderLink => true,
            Way::Mark | Way::OddMark => can_be_marked,
            Way::EarlierMark | Way::LaterMark => can_be_marked && has_rows,
            Way::Label | Way::Parent => table == TableKind::Tasks,
            Way::Milestone => matches!(table, TableKind::Tasks | TableKind::Asks | TableKind::Agreements),
        }
    }
}
