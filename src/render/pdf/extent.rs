//! Measures a document that typst laid out: the used height of its pages, the height of each part that may be cut, and
//! whether everything is inside its page. Text or a picture beyond the edge is lost, and typst does not report it.

use std::collections::BTreeMap;

use typst::foundations::{Content, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst_layout::PagedDocument;

use crate::brief::budget::{Extent, Measured};
use crate::render::fit::Length;

/// Distance from the right edge of the paper, in points, within which something has overflowed its column; smaller than
/// all margins.
const MARGIN: f64 = 24.0;
/// Distance from the lower edge, in points, above which even a footer of two lines ends.
const BOTTOM: f64 = 10.0;
/// Distance from the lower edge, in points, below which everything belongs to the footer.
const FOOT: f64 = 45.3;
/// The top margin, and the sum of the top and bottom margins, in points.
const TOP: f64 = 41.0;
const MARGINS: f64 = 86.3;
/// Height of capitals above the baseline, in ems.
const CAPITALS: f64 = 0.714;

/// Returns the height of the text on a page, in points.
pub(crate) fn room(page_height: f64) -> f64 {
    page_height - MARGINS
}

/// Measures a brief without the agenda before it and the page of its last section, if that has one of its own; with the
/// positions of its parts.
pub(crate) fn of(document: &PagedDocument) -> (Length, Measured) {
    let mut extents = Extents::default();
    let (mut spills, mut filled) = (false, Vec::new());
    // The first page of the brief, and the first page of a section with its own page.
    let (mut begin, mut own) = (0, None);
    for page in document.pages() {
        let edge = page.frame.size().to_point() - Point::new(Abs::pt(MARGIN), Abs::pt(BOTTOM));
        let foot = page.frame.height() - Abs::pt(FOOT);
        let mut lowest = Abs::pt(TOP);
        each(&page.frame, Transform::identity(), &mut |seen| match seen {
            Seen::Ink { top, end } => {
                spills |= end.x > edge.x || end.y > edge.y;
                if end.y <= foot && end.y > Abs::pt(TOP) {
                    lowest.set_max(end.y);
                    extents.widen(top, end.y);
                }
            }
            Seen::Tag(Tag::Start(mark, _)) if is_labelled(mark, "own-page") => own = own.or(Some(filled.len())),
            Seen::Tag(Tag::Start(mark, _)) if is_labelled(mark, "brief-begins") => begin = filled.len(),
            Seen::Tag(Tag::Start(mark, _)) => extents.mark(mark),
            Seen::Tag(Tag::End(..)) => {}
        });
        extents.turn();
        filled.push((lowest - Abs::pt(TOP)).to_pt());
    }
    filled.truncate(own.unwrap_or(filled.len()));
    filled.drain(..begin.min(filled.len()));
    let mut measured = extents.measured;
    for part in measured.values_mut().flatten() {
        part.page = part.page.saturating_sub(begin);
    }
    (Length { filled, spills }, measured)
}

fn is_labelled(mark: &Content, name: &str) -> bool {
    mark.label().is_some_and(|label| label.resolve().as_str() == name)
}

/// The positions of parts on the pages.
#[derive(Default)]
struct Extents {
    page: usize,
    open: BTreeMap<usize, Option<(Abs, Abs)>>,
    measured: Measured,
}

impl Extents {
    /// Handles a mark that the template sets at the beginning and the end of a part, with the part's place.
    fn mark(&mut self, mark: &Content) {
        let (Some(label), Some(metadata)) = (mark.label(), mark.to_packed::<MetadataElem>()) else { return };
        let Value::Int(place) = metadata.value else { return };
        let Ok(place) = usize::try_from(place) else { return };
        match label.resolve().as_str() {
            "thing" => {
                self.open.insert(place, None);
            }
            "thing-end" => {
                let extent = self.open.remove(&place).flatten();
                self.close(place, extent);
            }
            _ => {}
        }
    }

    fn widen(&mut self, top: Abs, bottom: Abs) {
        for extent in self.open.values_mut() {
            let (from, to) = extent.unwrap_or((top, bottom));
            *extent = Some((from.min(top), to.max(bottom)));
        }
    }

    /// Turns to the next page; a part that continues has an extent on each page.
    fn turn(&mut self) {
        let parts: Vec<_> = self.open.iter_mut().map(|(place, extent)| (*place, extent.take())).collect();
        parts.into_iter().for_each(|(place, extent)| self.close(place, extent));
        self.page += 1;
    }

    /// Tiles of a row share their place; the row is as tall as the tallest tile.
    fn close(&mut self, place: usize, extent: Option<(Abs, Abs)>) {
        let Some((top, bottom)) = extent.map(|(top, bottom)| (top.to_pt() - TOP, bottom.to_pt() - TOP)) else { return };
        let parts = self.measured.entry(place).or_default();
        match parts.iter_mut().find(|part| part.page == self.page) {
            Some(part) => *part = Extent { top: part.top.min(top), bottom: part.bottom.max(bottom), ..*part },
            None => parts.push(Extent { page: self.page, top, bottom }),
        }
    }
}

enum Seen<'a> {
    /// Text or a picture: its top, and its lower right corner.
    Ink {
        top: Abs,
        end: Point,
    },
    Tag(&'a Tag),
}

/// Calls `see` with each text, picture and mark. `to_page` transforms the frame to the page.
fn each<'a>(frame: &'a Frame, to_page: Transform, see: &mut impl FnMut(Seen<'a>)) {
    for (at, item) in frame.items() {
        let place = |offset: Point| (*at + offset).transform(to_page);
        match item {
            FrameItem::Group(group) => {
                let within = to_page.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                each(&group.frame, within, see);
            }
            FrameItem::Text(text) => {
                let top = place(Point::with_y(-text.size * CAPITALS)).y;
                see(Seen::Ink { top, end: place(Point::with_x(text.width())) });
            }
            FrameItem::Image(_, size, _) => {
                see(Seen::Ink { top: place(Point::zero()).y, end: place(size.to_point()) });
            }
            FrameItem::Tag(tag) => see(Seen::Tag(tag)),
            FrameItem::Shape(..) | FrameItem::Link(..) => {}
        }
    }
}
