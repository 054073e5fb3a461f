//! Finds a place for every label: beneath the marks of a lane in up to three staggered rows, or along an edge.
//!
//! A beam search: marks are processed from left to right. Each label may be in any row, shifted a little to either side
//! of its mark, and in any of its variants (one line, wrapped, shortened). The cheapest partial layouts are kept. The
//! result never overlaps; if there is none, the caller numbers the marks instead.

use super::LabelBox;

/// Number of rows for the labels of one lane.
pub(super) const ROWS: usize = 3;
/// Number of partial layouts kept.
const BEAM: usize = 64;
/// Points between two labels in a row, and between a label and another label's leader.
const GAP: f64 = 6.0;
const LEADER_GAP: f64 = 2.0;
/// Points between a label and the line that labels should not cross, and the cost of crossing it.
const CLEAR: f64 = 3.0;
const CROSS_COST: f64 = 24.0;

/// A way to set a label: its width, and its cost compared with the best way.
#[derive(Debug, Clone, Copy)]
pub(super) struct LabelVariant {
    pub width: f64,
    pub cost: f64,
}

/// A mark that needs a label.
pub(super) struct Anchor {
    pub x: f64,
    pub variants: Vec<LabelVariant>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LabelPlace {
    pub row: usize,
    pub left: f64,
    /// Index into the anchor's variants.
    pub variant: usize,
}

/// The constraints of a layout.
pub(super) struct Room {
    pub bounds: (f64, f64),
    /// Position of a vertical line that labels should not cross.
    pub avoid: Option<f64>,
    /// Cost of opening another row, compared with shifting a label by one point.
    pub row_cost: f64,
}

/// A partial layout: the right end of each row, and the cost so far.
#[derive(Clone, Copy)]
struct Partial {
    ends: [f64; ROWS],
    rows: usize,
    cost: f64,
    /// Index of the step that led here; `None` for the empty layout.
    step: Option<usize>,
}

/// A placed label, and the step before it.
struct Step {
    place: LabelPlace,
    before: Option<usize>,
}

impl Partial {
    /// Whether everything that can follow `other` can also follow this layout.
    fn leaves_at_least_as_much_room_as(&self, other: &Self) -> bool {
        self.rows >= other.rows && self.ends.iter().zip(&other.ends).all(|(own, others)| own <= others)
    }
}

/// Places labels for all anchors (sorted by x) as closely beneath them as possible. Returns `None` if they do not fit.
pub(super) fn stagger(anchors: &[Anchor], room: &Room) -> Option<Vec<LabelPlace>> {
    let mut steps: Vec<Step> = Vec::new();
    let mut beam = vec![Partial { ends: [f64::NEG_INFINITY; ROWS], rows: 0, cost: 0.0, step: None }];
    for anchor in anchors {
        let mut next: Vec<(Partial, LabelPlace)> = Vec::new();
        beam.iter().for_each(|partial| next_places(partial, anchor, room, &mut next));
        // Costs are never negative, so the order of their bits is their order.
        next.sort_by_cached_key(|(partial, _)| partial.cost.to_bits());
        beam.clear();
        for (mut partial, place) in next {
            if beam.len() < BEAM && !beam.iter().any(|kept: &Partial| kept.leaves_at_least_as_much_room_as(&partial)) {
                steps.push(Step { place, before: partial.step });
                partial.step = Some(steps.len() - 1);
                beam.push(partial);
            }
        }
    }
    let mut step = beam.first()?.step;
    let mut places = Vec::with_capacity(anchors.len());
    while let Some(Step { place, before }) = step.and_then(|index| steps.get(index)) {
        places.push(*place);
        step = *before;
    }
    places.reverse();
    Some(places)
}

/// Adds each way to extend `partial` by a label for `anchor`.
fn next_places(partial: &Partial, anchor: &Anchor, room: &Room, found: &mut Vec<(Partial, LabelPlace)>) {
    let (x, bounds) = (anchor.x, room.bounds);
    for row in 0..ROWS {
        // The leader must pass the rows above.
        if partial.ends[..row].iter().any(|&end| end + LEADER_GAP > x) {
            break;
        }
        for (index, variant) in anchor.variants.iter().enumerate() {
            let (leftmost, rightmost) = (x - variant.width - LEADER_GAP, x + LEADER_GAP);
            let free = partial.ends[row] + GAP;
            let centred = x - variant.width / 2.0;
            let edge = (bounds.1 - variant.width).max(bounds.0);
            let crosses =
                |left: f64| room.avoid.filter(|avoid| left < avoid + CLEAR && left + variant.width > avoid - CLEAR);
            // If the centred label crosses the line to avoid, also try the two sides of that line.
            let (after, before) =
                crosses(centred).map_or((centred, centred), |avoid| (avoid + CLEAR, avoid - CLEAR - variant.width));
            let wanted = [centred, leftmost, x - variant.width + 4.0, x - 4.0, rightmost, free, after, before];
            let lefts = wanted.map(|left| left.clamp(bounds.0, edge).max(free));
            for (nth, &left) in lefts.iter().enumerate() {
                let right = left + variant.width;
                // The label of a mark on the line to avoid keeps the same distance from it as others.
                let slack = if left == after || left == before { CLEAR - LEADER_GAP } else { 0.0 } + 1e-9;
                let is_off = left < leftmost - slack || left > rightmost + slack || right > bounds.1 + 1e-9;
                if is_off || lefts[..nth].contains(&left) {
                    continue;
                }
                let opened = room.row_cost * (row + 1).saturating_sub(partial.rows) as f64;
                let shift = (left - centred).abs() * 0.2;
                let mut longer = *partial;
                longer.cost += variant.cost
                    + opened
                    + shift
                    + 4.0 * row as f64
                    + if crosses(left).is_some() { CROSS_COST } else { 0.0 };
                longer.rows = partial.rows.max(row + 1);
                longer.ends[row] = right;
                for end in &mut longer.ends[..row] {
                    *end = end.max(x + LEADER_GAP - GAP);
                }
                found.push((longer, LabelPlace { row, left, variant: index }));
            }
        }
    }
}

/// Returns the parts of a vertical line at `x` from `top` to `bottom` that touch no label.
pub(super) fn clear_parts(x: f64, (top, bottom): (f64, f64), labels: &[LabelBox]) -> Vec<(f64, f64)> {
    let mut touching: Vec<(f64, f64)> = labels
        .iter()
        .filter(|label| label.left - 1.5 < x && x < label.left + label.width + 1.5 && label.top < bottom)
        .map(|label| (label.top - 0.5, label.top + label.height + 0.5))
        .collect();
    touching.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut parts = Vec::new();
    let mut from = top;
    for (upper, lower) in touching {
        if upper > from {
            parts.push((from, upper.min(bottom)));
        }
        from = from.max(lower);
    }
    if from < bottom {
        parts.push((from, bottom));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(right: f64) -> Room {
        Room { bounds: (0.0, right), avoid: None, row_cost: 8.0 }
    }

    fn anchor(x: f64, width: f64) -> Anchor {
        Anchor { x, variants: vec![LabelVariant { width, cost: 0.0 }] }
    }

    #[test]
    fn labels_with_room_are_centred_in_one_row() {
        let places = stagger(&[anchor(50.0, 40.0), anchor(150.0, 40.0)], &room(200.0)).unwrap();
        assert_eq!(places[0], LabelPlace { row: 0, left: 30.0, variant: 0 });
        assert_eq!(places[1], LabelPlace { row: 0, left: 130.0, variant: 0 });
    }

    #[test]
    fn crowded_labels_take_more_rows_and_never_overlap() {
        let anchors: Vec<Anchor> = [50.0, 60.0, 70.0].into_iter().map(|x| anchor(x, 50.0)).collect();
        let places = stagger(&anchors, &room(120.0)).unwrap();
        for (i, a) in places.iter().enumerate() {
            assert!(a.left >= 0.0 && a.left + 50.0 <= 120.0);
            for b in &places[i + 1..] {
                assert!(a.row != b.row || a.left + 50.0 <= b.left || b.left + 50.0 <= a.left);
            }
        }
    }

    #[test]
    fn a_label_is_beside_the_line_to_avoid() {
        let beside = |avoid: f64| {
            let room = Room { avoid: Some(avoid), ..room(200.0) };
            stagger(&[anchor(100.0, 60.0)], &room).unwrap()[0].left
        };
        assert_eq!(beside(90.0), 93.0);
        assert_eq!(beside(110.0), 47.0);
        assert_eq!(beside(100.0), 103.0);
    }

    #[test]
    fn labels_that_cannot_fit_are_not_placed() {
        let anchors: Vec<Anchor> = (0..12).map(|_| anchor(50.0, 50.0)).collect();
        assert_eq!(stagger(&anchors, &room(100.0)), None);
    }

    #[test]
    fn a_line_is_interrupted_by_labels() {
        let label = LabelBox { left: 10.0, top: 20.0, width: 10.0, height: 5.0 };
        assert_eq!(clear_parts(15.0, (0.0, 50.0), std::slice::from_ref(&label)), vec![(0.0, 19.5), (25.5, 50.0)]);
        assert_eq!(clear_parts(30.0, (0.0, 50.0), &[label]), vec![(0.0, 50.0)]);
    }
}
