//! The search for the mildest shortening that fits the pages and fills them. A brief is set, its things are measured, and
//! the cut that comes to its pages by those measures is set next; mostly that is the last.

use crate::brief::budget::{Cut, Measured};
use crate::problem::Failure;

/// How long a brief came out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Length {
    /// How far each page is filled, in points.
    pub filled: Vec<f64>,
    /// Whether something runs over the edge of a page.
    pub spills: bool,
}

/// What came of a cut.
pub(crate) struct Trial<T> {
    pub length: Length,
    /// Where its things stand.
    pub measured: Measured,
    pub set: T,
}

/// A brief on paper that was chosen, after so many trials.
pub(crate) struct Fitted<T> {
    pub trial: Trial<T>,
    pub fits: bool,
    pub trials: usize,
}

/// What is known of a brief's height.
pub(crate) trait Model {
    /// How many cuts there are.
    fn most(&self) -> usize;
    /// How many of them take out what is worth little.
    fn cheap(&self) -> usize;
    /// Takes in what was measured of a brief after a cut.
    fn learn(&mut self, cut: &Cut, measured: &Measured);
    /// About how far each page will be filled after a cut, in points, where a page has `room` for so many.
    fn filled(&self, cut: &Cut, room: f64) -> Vec<f64>;
}

/// The pages there are, and how many points of text each has room for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paper {
    pub pages: usize,
    pub room: f64,
}

/// So much of a page may be left empty, but for the last.
const MOST_EMPTY: f64 = 0.2;
/// Leaves this much of the last page empty rather than to try once more: four lines.
const SLACK: f64 = 0.07;
/// A last page that is filled no further is spared the reader where a small cut does it.
const FEW_LINES: f64 = 0.15;
/// So many things of little worth may go for that.
const SMALL_CUT: usize = 8;
/// And so much of a page.
const SMALL_LOSS: f64 = 0.25;
/// Of a text, in points: briefs that differ by less fill their pages alike.
const LINE: f64 = 12.0;
/// So much longer than its pages a brief may be, by its letters alone, to be set as it is.
const GENEROUS: f64 = 1.2;
/// A measure may be wrong by so many points.
const DOUBT: f64 = 2.0;
/// After so many trials what fits is good enough.
const ENOUGH: usize = 3;
/// Trials that go by the measures; those after them halve the cuts, until one fits.
const BY_MEASURE: usize = 4;
/// The most things that are tried for room.
const PUT_BACK: usize = 60;
/// So many more cuts are looked through for one that leaves no page empty.
const LOOKED_THROUGH: usize = 24;

impl Length {
    fn fits(&self, paper: Paper) -> bool {
        self.filled.len() <= paper.pages && !self.spills
    }

    /// How much of the emptiest page but the last is empty.
    fn emptiest(&self, room: f64) -> f64 {
        emptiest(&self.filled, room)
    }

    fn last(&self) -> f64 {
        self.filled.last().copied().unwrap_or_default()
    }

    /// In all, in points.
    fn points(&self, room: f64) -> f64 {
        self.filled.len().saturating_sub(1) as f64 * room + self.last()
    }
}

fn emptiest(filled: &[f64], room: f64) -> f64 {
    let but_the_last = &filled[..filled.len().saturating_sub(1)];
    but_the_last.iter().map(|filled| 1.0 - filled / room).fold(0.0, f64::max)
}

/// The trial with few cuts that fits the paper; where none does, the one with all cuts, and that it does not fit. More
/// cuts never make a brief longer.
pub(crate) fn mildest<T>(
    model: &mut impl Model,
    paper: Paper,
    mut attempt: impl FnMut(&Cut) -> Result<Trial<T>, Failure>,
) -> Result<Fitted<T>, Failure> {
    let Paper { pages, room } = paper;
    let most = model.most();
    let in_all = |filled: &[f64]| filled.len().saturating_sub(1) as f64 * room + filled.last().copied().unwrap_or(0.0);
    let generous = pages as f64 * room * GENEROUS;
    let mut cut = Cut::of(first(0, most, |cuts| in_all(&model.filled(&Cut::of(cuts), room)) <= generous));
    let mut best: Option<(Cut, Trial<T>)> = None;
    let mut tried: Vec<Cut> = Vec::new();
    // By how much more than by the measures a brief may come out, and the fewest cuts that may be enough.
    let (mut doubt, mut enough_from) = (DOUBT, 0);
    // The pages that are aimed at.
    let mut aim = pages;
    loop {
        let trial = attempt(&cut)?;
        tried.push(cut.clone());
        model.learn(&cut, &trial.measured);
        let length = &trial.length;
        let fits = length.fits(paper);
        let is_whole = cut.taken().next().is_none();
        if !fits {
            // What the measures leave out, as where a line may not stand alone on a page.
            let expected = in_all(&model.filled(&cut, room));
            if expected <= pages as f64 * room - doubt {
                doubt += (length.points(room) - expected).clamp(2.0 * DOUBT, room * MOST_EMPTY);
            }
        }
        if fits {
            let sound = length.emptiest(room) <= MOST_EMPTY;
            let few_lines = length.filled.len() > 1 && length.last() < FEW_LINES * room;
            let is_full = is_whole || length.points(room) >= (aim as f64 - SLACK) * room;
            let spared = length.filled.len();
            best = Some(match best.take() {
                Some(better) if is_better(&better, (&cut, &trial.length), room) => better,
                _ => (cut.clone(), trial),
            });
            // What was guessed well may leave out what has room beside the rest.
            let is_mildest = || {
                let next = chosen(model, paper, pages, enough_from, doubt);
                tried.contains(&next) || next.taken().count() >= cut.taken().count()
            };
            if sound && is_full && !few_lines && (is_whole || is_mildest()) {
                break;
            }
            if few_lines {
                aim = aim.min(spared - 1).max(1);
            }
        } else if cut.is_plain() {
            if cut.cuts >= most {
                let fits = best.is_some();
                let trial = best.map_or(trial, |(_, best)| best);
                return Ok(Fitted { trial, fits, trials: tried.len() });
            }
            enough_from = enough_from.max(cut.cuts + 1).min(most);
        }
        if tried.len() >= ENOUGH && best.is_some() {
            break;
        }
        let mut next = chosen(model, paper, aim, enough_from, doubt);
        let lost = |next: &Cut| {
            let stands = best.as_ref().map_or(f64::INFINITY, |(_, best)| best.length.points(room));
            stands - in_all(&model.filled(next, room))
        };
        let is_spared = is_small(model, &next) && lost(&next) <= SMALL_LOSS * room && !tried.contains(&next);
        if aim < pages && !is_spared {
            // That page stays.
            aim = pages;
            next = chosen(model, paper, aim, enough_from, doubt);
        }
        if tried.contains(&next) || tried.len() >= BY_MEASURE {
            if best.is_some() {
                break;
            }
            next = Cut::of(enough_from + (most - enough_from).div_ceil(2));
        }
        if tried.contains(&next) {
            break;
        }
        cut = next;
    }
    let trials = tried.len();
    match best {
        Some((_, trial)) => Ok(Fitted { trial, fits: true, trials }),
        None => attempt(&Cut::of(most)).map(|trial| Fitted { trial, fits: false, trials: trials + 1 }),
    }
}

/// Whether a brief stands better on its pages than another: none left empty, no page of a few lines, and full. What fills
/// them about as well with less cut is better.
fn is_better<T>((cut, one): &(Cut, Trial<T>), (other_cut, other): (&Cut, &Length), room: f64) -> bool {
    let one = &one.length;
    let milder = if other_cut.taken().count() < cut.taken().count() { LINE } else { 0.0 };
    let marks = |length: &Length| {
        let few_lines = length.filled.len() > 1 && length.last() < FEW_LINES * room;
        (length.emptiest(room) <= MOST_EMPTY, !few_lines, length.points(room))
    };
    let (one, (sound, long, points)) = (marks(one), marks(other));
    one >= (sound, long, points + milder)
}

/// Whether a cut takes out little: few things, and none that is worth much.
fn is_small(model: &impl Model, cut: &Cut) -> bool {
    cut.cuts <= model.cheap() && cut.taken().count() <= SMALL_CUT
}

/// The mildest cut that fits so many pages by what was measured, `doubt` points left free, and leaves none of them empty;
/// of its things, the most worth first, those stay that have room all the same.
fn chosen(model: &impl Model, paper: Paper, pages: usize, from: usize, doubt: f64) -> Cut {
    let (most, room) = (model.most(), paper.room);
    let fits = |cut: &Cut| {
        let filled = model.filled(cut, room);
        (filled.len() <= pages && filled.last().is_none_or(|last| filled.len() < pages || *last <= room - doubt))
            .then_some(filled)
    };
    // What is put back empties no page.
    let refilled = |cuts: usize| {
        let plain = Cut::of(cuts);
        let most_empty = fits(&plain).map_or(1.0, |filled| emptiest(&filled, room).max(MOST_EMPTY));
        (0..cuts).rev().take(PUT_BACK).fold(plain, |cut, number| {
            let longer = cut.but(number);
            let has_room = fits(&longer).is_some_and(|filled| emptiest(&filled, room) <= most_empty);
            if has_room { longer } else { cut }
        })
    };
    let mildest = first(from, most, |cuts| fits(&Cut::of(cuts)).is_some());
    let mut best: Option<(f64, Cut)> = None;
    // A page is better left empty than half a page lost.
    let in_all = |filled: &[f64]| filled.len().saturating_sub(1) as f64 * room + filled.last().copied().unwrap_or(0.0);
    let mut longest: f64 = 0.0;
    for cuts in mildest..=most.min(mildest + LOOKED_THROUGH) {
        let cut = refilled(cuts);
        let Some(filled) = fits(&cut) else { continue };
        longest = longest.max(in_all(&filled));
        if longest - in_all(&filled) > room / 2.0 {
            break;
        }
        let empty = emptiest(&filled, room);
        if empty <= MOST_EMPTY {
            return cut;
        }
        if best.as_ref().is_none_or(|(least, _)| empty < *least) {
            best = Some((empty, cut));
        }
    }
    best.map_or_else(|| Cut::of(mildest), |(_, cut)| cut)
}

/// The first from `low` to `high` of which `is` is true, if it is true of all after it; else `high`.
fn first(low: usize, high: usize, is: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (low, high);
    while low < high {
        let probe = low + (high - low) / 2;
        if is(probe) { high = probe } else { low = probe + 1 }
    }
    low
}

#[cfg(test)]
mod tests;
