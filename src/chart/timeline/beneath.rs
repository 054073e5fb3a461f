//! The labels beneath a lane's line: name and note of each mark, or numbers if these do not fit.

use super::key::Keys;
use super::layout::{CONTEXT, Layout, MARK, STATUS};
use super::mark::LaidMark;
use crate::chart::lettering::{settable, wrap};
use crate::chart::palette::{self, GREY, INK};
use crate::chart::place::{Anchor, LabelPlace, LabelVariant, ROWS, Room, stagger};
use crate::chart::{Label, Mark, TextStyle, Tone};

/// Points from the line to the first row of labels, and between rows.
pub(super) const DROP: f64 = 6.0;
const BETWEEN: f64 = 2.5;
/// Widths of a label, each with the number of lines that its name and its note may have.
const WIDTHS: [(f64, usize); 4] = [(130.0, 1), (84.0, 2), (84.0, 3), (58.0, 2)];
/// A lane with fewer marks has names beneath it even in a dense picture.
const MIN_NUMBERED_MARKS: usize = 3;
/// Cost of each letter replaced by an ellipsis, compared with shifting a label by one point.
const LETTER_COST: f64 = 1.5;
/// Cost of the short note: less than two more lines.
const SHORT_COST: f64 = 12.0;
/// Number of lines without cost, and the cost of each further one, in rows.
const FREE_LINES: usize = 3;
const LINE_COST: f64 = 0.9;
/// Cost of a shortened note: an incomplete date is useless.
const CUT_COST: f64 = 45.0;

/// The lines of a label with their styles.
type Lines = Vec<(String, TextStyle)>;

/// A way to set a label, and whether it has the short note.
struct Way {
    lines: Lines,
    short: bool,
}

/// The labels beneath a line.
pub(super) struct LabelRows {
    pub labels: Vec<Label>,
    /// Index of a mark, and the lower end of its leader.
    pub leaders: Vec<(usize, f64)>,
}

impl LabelRows {
    /// Places the labels of `marks`, which are sorted by x.
    pub(crate) fn new(marks: &[LaidMark], top: f64, layout: &Layout, keys: &mut Keys) -> Self {
        let room = Room { bounds: layout.bounds(), avoid: layout.today, row_cost: layout.row_cost };
        let written: Vec<Vec<Way>> = marks.iter().map(|mark| variants(mark.mark)).collect();
        let anchors: Vec<Anchor> = marks.iter().zip(&written).map(|(mark, ways)| anchor(mark.x, ways, &room)).collect();
        if let Some(places) = stagger(&anchors, &room).filter(|_| !layout.dense || marks.len() < MIN_NUMBERED_MARKS) {
            let chosen = written.iter().zip(&places).map(|(ways, place)| &ways[place.variant].lines);
            let texts: Vec<Text> = (0..)
                .zip(marks)
                .zip(chosen.zip(&places))
                .map(|((index, mark), (lines, place))| Text {
                    mark: index,
                    raised: mark.level > 0,
                    x: mark.x,
                    lines,
                    place: *place,
                })
                .collect();
            return arrange(&texts, top);
        }
        let first = keys.add_numbered(marks.iter().map(|mark| mark.mark));
        let (groups, places) = numbered(marks, first, &room);
        let texts: Vec<Text> = groups
            .iter()
            .zip(places)
            .map(|(group, place)| Text { mark: group.first, raised: false, x: group.x, lines: &group.way.lines, place })
            .collect();
        arrange(&texts, top)
    }
}

/// Returns the ways to set a label: name, note and detail on a line each, then in narrower columns; the same with the
/// short note come last.
fn variants(mark: &Mark) -> Vec<Way> {
    let name = settable(&mark.name);
    let note_style = match mark.tone {
        Tone::Warning => TextStyle { colour: palette::WARNING, bold: true, ..MARK },
        _ => CONTEXT,
    };
    let name_style = TextStyle { bold: mark.strong, colour: if mark.dropped { GREY } else { INK }, ..MARK };
    let set_out = |note: &str, detail: &Option<String>| (settable(note), detail.as_deref().map(settable));
    let long = (false, set_out(&mark.note, &mark.detail));
    let short = mark.short_note.as_ref().map(|note| (true, set_out(note, &mark.short_detail)));
    let mut ways: Vec<Way> = Vec::new();
    for (short, (note, detail)) in std::iter::once(long).chain(short) {
        for (limit, most) in WIDTHS {
            let set = |text: &str, style: TextStyle| {
                wrap(text, style.size, style.bold, limit, most).into_iter().map(move |line| (line, style))
            };
            let detail = detail.iter().flat_map(|detail| set(detail, CONTEXT));
            let lines: Lines = set(&name, name_style).chain(set(&note, note_style)).chain(detail).collect();
            let words = |lines: &Lines| lines.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>();
            if ways.last().is_none_or(|wider| words(&wider.lines) != words(&lines)) {
                ways.push(Way { lines, short });
            }
        }
    }
    ways
}

fn anchor(x: f64, ways: &[Way], room: &Room) -> Anchor {
    let letters = |lines: &Lines| lines.iter().map(|(text, _)| text.chars().count()).sum::<usize>() as f64;
    let most = |short: bool| {
        let alike = ways.iter().filter(|way| way.short == short);
        alike.map(|way| letters(&way.lines)).fold(0.0, f64::max)
    };
    let most = [most(false), most(true)];
    let cut = |lines: &Lines| lines.iter().filter(|(text, style)| style.colour != INK && text.ends_with('…')).count();
    let variant = |Way { lines, short }: &Way| LabelVariant {
        width: widest(lines),
        cost: CUT_COST * cut(lines) as f64
            + LETTER_COST * (most[usize::from(*short)] - letters(lines))
            + if *short { SHORT_COST } else { 0.0 }
            + LINE_COST * room.row_cost * lines.len().saturating_sub(FREE_LINES) as f64,
    };
    Anchor { x, variants: ways.iter().map(variant).collect() }
}

fn widest(lines: &Lines) -> f64 {
    lines.iter().map(|(text, style)| style.width(text)).fold(0.0, f64::max)
}

/// Consecutive marks that share a number label.
struct Group {
    first: usize,
    last: usize,
    x: f64,
    way: Way,
}

/// Labels marks with numbers instead of names; neighbours share a label (`4–6`) until all fit.
fn numbered(marks: &[LaidMark], number: usize, room: &Room) -> (Vec<Group>, Vec<LabelPlace>) {
    let group = |first: usize, last: usize| {
        let text = if first == last {
            format!("{}", number + first)
        } else {
            format!("{}–{}", number + first, number + last)
        };
        Group {
            first,
            last,
            x: (marks[first].x + marks[last].x) / 2.0,
            way: Way { lines: vec![(text, STATUS)], short: false },
        }
    };
    let mut groups: Vec<Group> = (0..marks.len()).map(|index| group(index, index)).collect();
    loop {
        let anchors: Vec<Anchor> =
            groups.iter().map(|group| anchor(group.x, std::slice::from_ref(&group.way), room)).collect();
        if let Some(places) = stagger(&anchors, room) {
            return (groups, places);
        }
        let apart = |index: &usize| groups[index + 1].x - groups[*index].x;
        let nearest = (0..groups.len().saturating_sub(1)).min_by(|a, b| apart(a).total_cmp(&apart(b)));
        // A single label always fits: no picture is narrower.
        let Some(nearest) = nearest else { return (Vec::new(), Vec::new()) };
        let joined = group(groups[nearest].first, groups[nearest + 1].last);
        groups.splice(nearest..=nearest + 1, [joined]);
    }
}

/// A label and its place.
struct Text<'a> {
    mark: usize,
    raised: bool,
    x: f64,
    lines: &'a Lines,
    place: LabelPlace,
}

/// Returns labels and leaders for their rows.
fn arrange(texts: &[Text], top: f64) -> LabelRows {
    let mut heights = [0.0_f64; ROWS];
    for text in texts {
        let height: f64 = text.lines.iter().map(|(_, style)| style.leading()).sum();
        heights[text.place.row] = heights[text.place.row].max(height + BETWEEN);
    }
    let mut beneath = LabelRows { labels: Vec::new(), leaders: Vec::new() };
    for Text { mark, raised, x, lines, place } in texts {
        let width = widest(lines);
        let mut baseline = top + heights[..place.row].iter().sum::<f64>();
        if place.row > 0 || *raised {
            let beside = *x < place.left || *x > place.left + width;
            beneath.leaders.push((*mark, if beside { baseline + MARK.size } else { baseline + 0.5 }));
        }
        // The label is centred under the mark, or aligned with the side that is nearer to it.
        let share = match (x - place.left) / width.max(1.0) {
            share if share < 0.3 => 0.0,
            share if share > 0.7 => 1.0,
            _ => 0.5,
        };
        for (text, style) in lines.iter() {
            baseline += style.leading();
            let left = place.left + share * (width - style.width(text));
            beneath.labels.push(Label::new(text, left, baseline - 1.4, *style));
        }
    }
    beneath
}
