//! What typst made of a document: how far its pages are filled, how tall each thing came out that may give way, and
//! whether everything stands on its page. Text or a picture that runs over the edge is lost to the reader, and typst
//! does not say so.

use std::collections::BTreeMap;

use typst::foundations::{Content, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst_layout::PagedDocument;

use crate::brief::budget::{Extent, Measured};
use crate::render::fit::Length;

/// In points; narrower than any margin of ours: what comes nearer to the right edge of the paper has run out of its
/// column.
const MARGIN: f64 = 24.0;
/// In points; the foot of a page may take two lines, and they end above this.
const BOTTOM: f64 = 10.0;
/// In points; what stands lower than this is the foot of the page.
const FOOT: f64 = 45.3;
/// In points: the margin above the text, and both margins.
const TOP: f64 = 41.0;
const MARGINS: f64 = 86.3;
/// From the base line to the top of the capitals, in ems.
const CAPITALS: f64 = 0.714;

/// Height of the text on a page, in points.
pub(crate) fn room(page_height: f64) -> f64 {
    page_height - MARGINS
}

/// How long a brief came out, without an agenda before it and the page that its last section may have to itself; and
/// where its things stand.
pub(crate) fn of(document: &PagedDocument) -> (Length, Measured) {
    let mut extents = Extents::default();
    let (mut spills, mut filled) = (false, Vec::new());
    // The page on which the brief begins, and that from which on a section has its own.
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

/// From where to where things stand on a page.
#[derive(Default)]
struct Extents {
    page: usize,
    open: BTreeMap<usize, Option<(Abs, Abs)>>,
    measured: Measured,
}

impl Extents {
    /// The template marks where a thing begins and where it ends, with its place.
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

    /// What goes on over the page has a part on each.
    fn turn(&mut self) {
        let parts: Vec<_> = self.open.iter_mut().map(|(place, extent)| (*place, extent.take())).collect();
        parts.into_iter().for_each(|(place, extent)| self.close(place, extent));
        self.page += 1;
    }

    /// Tiles of a row share their place: the row is as tall as the tallest.
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
    /// Text or a picture: its top, and its lower right end.
    Ink {
        top: Abs,
        end: Point,
    },
    Tag(&'a Tag),
}

/// Calls `see` with each text, picture and mark. `to_page` is how the frame stands on the page.
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
