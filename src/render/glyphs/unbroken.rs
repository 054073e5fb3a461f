//! Puts no-break spaces into the dates and changes of a brief's texts, in the PDF and the web page.

use std::borrow::Cow;

use super::{Part, visit_parts};
use crate::brief::Brief;
use crate::words::{Words, unbroken};

pub(crate) fn join(brief: &mut Brief) {
    let languages = [Words::of_or_english(&brief.language), Words::of_or_english("en")];
    visit_parts(brief, &mut |_, mut part| {
        // The labels of a chart each stay on one line.
        if let Part::Label(_) = part {
            return;
        }
        let text = part.text();
        if let Cow::Owned(joined) = unbroken(text, &languages) {
            *text = joined;
        }
    });
}
