//! Whether one text speaks of what another one asks for, told by the words that they share. It is meant to say yes too
//! often rather than too seldom: what it finds is left out of a copy.

use std::collections::HashMap;

use crate::fold::words;

/// Letters of a word that are compared, so that "developer" meets "developers".
const STEM: usize = 6;
/// A word that stands in more texts than this tells nothing of any one of them.
const TOO_COMMON: usize = 200;

/// Short words that tell nothing, folded, in the languages of the brief.
const EMPTY: &str = " a an and are as at be been but by can for from has have if in into is it its more new no not of on one or our \
out over so than that the their then they this to until up was we were what when which who will with without would yet you your \
about after all also any because before both each he her his how need needs per she some still such two \
aber alle als am an auch auf aus bei bis da das dem den der des die ein eine einem einen einer fur hat ist im in mit nach nicht noch \
nur oder ohne sich sie sind uber um und uns von vor was weil wenn wie wir wird zu zum zur \
au aux avec ce ces cette dans de des du elle en est et il la le les leur mais ne nos notre nous ou par pas plus pour qu que qui sa \
se ses si son sont sur un une vous \
al como con del el ella en es esta este hay las lo los mas mi no nos o para pero por que se sin su sus un una y ya \
ao aos com da das do dos e em mais na nas no nos nossa nosso o os ou para pela pelo por sem seu sua um uma ";

/// Texts to be recognised in others.
pub(super) struct Likeness {
    /// How many telling words each text has.
    sizes: Vec<usize>,
    /// Stem → the texts that have it.
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

    /// Whether `text` has at least half of the telling words of one of the texts, and two of them where it has two.
    pub(super) fn is_met_by(&self, text: &str) -> bool {
        let mut met: HashMap<usize, usize> = HashMap::new();
        for stem in stems(text) {
            for &at in self.texts.get(&stem).into_iter().filter(|texts| texts.len() <= TOO_COMMON).flatten() {
                *met.entry(at).or_default() += 1;
            }
        }
        met.into_iter().any(|(at, met)| {
            let size = self.sizes.get(at).copied().unwrap_or(0);
            met * 2 >= size && met >= size.min(2)
        })
    }
}

/// The telling words of a text, each once, cut to their stems.
fn stems(text: &str) -> Vec<String> {
    let telling = words(text).filter(|word| !EMPTY.contains(&format!(" {word} ")) && word.chars().count() > 1);
    let mut stems: Vec<String> = telling.map(|word| word.chars().take(STEM).collect()).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_speaks_of_the_same_is_met() {
        let asks = Likeness::of(["Hire a second curator", "Budget for lay-offs", "Visa"].into_iter());
        for text in ["no second curator yet", "waits for the LAY-OFFS", "the curators: we hire", "a visa is missing"] {
            assert!(asks.is_met_by(text), "{text}");
        }
        for text in ["a second look", "needs budget", "Legal has not signed", ""] {
            assert!(!asks.is_met_by(text), "{text}");
        }
    }
}
