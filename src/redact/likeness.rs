//! Decides by common words whether a text speaks of the same thing as another. It errs towards yes, because what it
//! finds is left out of a copy.

use std::collections::HashMap;

use crate::fold::words;

/// Number of letters of a word that are compared, so that "developer" matches "developers".
const STEM_LETTERS: usize = 6;
/// A word in more texts than this identifies none of them.
const MAX_TEXTS_OF_STEM: usize = 200;

/// Stop words in the languages of the brief, folded.
const STOP_WORDS: &str = " a an and are as at be been but by can for from has have if in into is it its more new no not of on one or our \
out over so than that the their then they this to until up was we were what when which who will with without would yet you your \
about after all also any because before both each he her his how need needs per she some still such two \
aber alle als am an auch auf aus bei bis da das dem den der des die ein eine einem einen einer fur hat ist im in mit nach nicht noch \
nur oder ohne sich sie sind uber um und uns von vor was weil wenn wie wir wird zu zum zur \
au aux avec ce ces cette dans de des du elle en est et il la le les leur mais ne nos notre nous ou par pas plus pour qu que qui sa \
se ses si son sont sur un une vous \
al como con del el ella en es esta este hay las lo los mas mi no nos o para pero por que se sin su sus un una y ya \
ao aos com da das do dos e em mais na nas no nos nossa nosso o os ou para pela pelo por sem seu sua um uma ";

/// Texts to recognise in others.
pub(super) struct Likeness {
    /// Number of distinct stems of each text.
    sizes: Vec<usize>,
    /// Indices of the texts that contain each stem.
    texts: HashMap<String, Vec<usize>>,
}

impl Likeness {
    pub(super) fn of<'a>(given: impl Iterator<Item = &'a str>) -> Self {
        let mut likeness = Self { sizes: Vec::new(), texts: HashMap::new() };
        for (at, text) in given.enumerate() {
            let stems = stems(text);
            likeness.sizes.push(stems.len());
            for stem in stems {
                likeness.texts.entry(stem).or_default().push(at);
            }
        }
        likeness
    }

    /// Whether `text` has at least half of the stems of one of the texts, and at least two of them if it has two.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut met: HashMap<usize, usize> = HashMap::new();
        for stem in stems(text) {
            for &at in self.texts.get(&stem).into_iter().filter(|texts| texts.len() <= MAX_TEXTS_OF_STEM).flatten() {
                *met.entry(at).or_default() += 1;
            }
        }
        met.into_iter().any(|(at, met)| {
            let size = self.sizes.get(at).copied().unwrap_or(0);
            met * 2 >= size && met >= size.min(2)
        })
    }
}

/// Returns the distinct stems of a text's words, without stop words.
fn stems(text: &str) -> Vec<String> {
    let significant = words(text).filter(|word| !STOP_WORDS.contains(&format!(" {word} ")) && word.chars().count() > 1);
    let mut stems: Vec<String> = significant.map(|word| word.chars().take(STEM_LETTERS).collect()).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_about_the_same_thing_matches() {
        let asks = Likeness::of(["Hire a second curator", "Budget for lay-offs", "Visa"].into_iter());
        for text in ["no second curator yet", "waits for the LAY-OFFS", "the curators: we hire", "a visa is missing"] {
            assert!(asks.matches(text), "{text}");
        }
        for text in ["a second look", "needs budget", "Legal has not signed", ""] {
            assert!(!asks.matches(text), "{text}");
        }
    }
}
