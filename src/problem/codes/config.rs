//! Codes of the team folder: headsup.toml, presets, templates, fonts, logos, history.

use super::{Code, error, note, warning};

pub(super) const CODES: &[Code] = &[
    error(
        "no-config",
        "The folder has no headsup.toml.",
        "there is no curation/headsup.toml",
        "Name a team folder, or make one: headsup init DIR.",
    ),
    error(
        "no-folder",
        "The team folder that a command names is not there, or is a file.",
        "there is no folder curatoin",
        "Name the folder that holds headsup.toml.",
    ),
    error(
        "bad-toml",
        "headsup.toml or a preset is not TOML.",
        "this is not TOML: invalid string",
        "Correct the line. A Windows path in \"…\" wants single quotes: 'data\\jira.csv'.",
    ),
    error(
        "unknown-key",
        "A key is not known.",
        "unknown key `formatt`",
        "Correct its spelling; `headsup schema` lists the keys.",
    ),
    error("missing-key", "A key that is needed is missing.", "`file` is missing", "Add it."),
    error(
        "wrong-type",
        "A value is of another type: a text for a number, a list for a text.",
        "`pages` is a text, not a number",
        "Write it as the message shows.",
    ),
    error(
        "bad-value",
        "A value is not one of those that are possible.",
        "`tusday` is not a day of the week",
        "Use one of those that the message lists.",
    ),
    error(
        "unknown-version",
        "The file was written by a newer headsup.",
        "this snapshot has version 3",
        "Use a headsup that is as new as the one that wrote it.",
    ),
    error(
        "no-language",
        "There are no words for the language of the brief.",
        "there are no words for the language \"it\"",
        "Set `language` to one of those that the message lists.",
    ),
    error(
        "unknown-preset",
        "There is no preset of that name, or it has no such table.",
        "there is no preset \"jria\"",
        "Leave `preset` out: it is found from the header.",
    ),
    error(
        "bad-preset",
        "A preset in presets/ cannot be read.",
        "presets/ours.toml is no preset",
        "Correct it by the built-in ones: `headsup templates` writes them.",
    ),
    error(
        "outside",
        "A template, a font or a logo leads out of the team folder.",
        "this leads out of the team folder",
        "Copy the file into the team folder.",
    ),
    error(
        "template",
        "A template cannot be compiled.",
        "unknown helper `spanns`",
        "Correct it; `headsup templates export` writes the built-in ones, which use every name there is.",
    ),
    error(
        "bad-logo",
        "The logo is no picture that can be printed, or is too large.",
        "the picture has 9000 × 9000 pixels, more than 16 million",
        "Use an SVG, PNG or JPEG of at most 600 pixels.",
    ),
    warning(
        "bad-font",
        "A file in fonts/ is no font.",
        "this is no font that can be read",
        "Use a .ttf, .otf or .ttc file.",
    ),
    warning(
        "unknown-font",
        "The font of the brief is not in fonts/; the built-in one is used.",
        "there is no font “Inter”",
        "Put it into fonts/ in the team folder.",
    ),
    note(
        "missing-glyph",
        "No font has a character; it is left out or replaced.",
        "no font has “𓂀”: it is left out",
        "Put a font that has it into fonts/, or set `system_fonts = true`.",
    ),
    note(
        "long-text",
        "A text is too long for the PDF and is cut there.",
        "a text in \"People\" has more than 4,000 characters: cut in the PDF",
        "Shorten it; the HTML has it whole.",
    ),
    warning(
        "pages",
        "The brief does not fit its pages even when all that may give way has.",
        "the brief has 3 pages",
        "Raise `pages` under [brief].",
    ),
    warning(
        "tracked-private",
        "A private file is tracked by git.",
        "this file is private, and git tracks it",
        "Run git rm --cached FILE, and write private/ into .gitignore.",
    ),
    error("no-snapshot", "A file in history/ is no snapshot.", "this is no snapshot", "Take it out of the folder."),
    error(
        "bad-snapshot",
        "A snapshot cannot be read.",
        "this snapshot cannot be read",
        "Restore the file as headsup wrote it.",
    ),
    error(
        "misnamed-snapshot",
        "A snapshot's name is not its date.",
        "this is the snapshot of 2026-11-13, which belongs in 2026-11-13.json",
        "Rename it.",
    ),
    warning(
        "private-not-read",
        "Files in private/ cannot be read by whoever runs this; they are left out, as of a copy that may be forwarded anyway.",
        "2 files in private/ cannot be read; they are left out",
        "Nothing, in a service that may not read them; else correct the files' mode.",
    ),
];
