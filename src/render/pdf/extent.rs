//! How much of its pages a document takes: how far the last is filled, and whether everything stands on its page. Text
//! or a picture that runs over the edge is lost to the reader, and typst does not say so.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst_layout::PagedDocument;

use crate::render::fit::Length;

/// In points; narrower than any margin of ours: what comes nearer to the right edge of the paper has run out of its
/// column.
const MARGIN: f64 = 24.0;
/// In points; the foot of a page may take two lines, and they end above this.
const BOTTOM: f64 = 10.0;
/// In points; what stands lower than this is the foot of the page.
const FOOT: f64 = 45.3;

/// How long a document came out.
pub fn length(document: &PagedDocument) -> Length {
    let mut spills = false;
    let mut filled = 0.0;
    for page in document.pages() {
        let edge = page.frame.size().to_point() - Point::new(Abs::pt(MARGIN), Abs::pt(BOTTOM));
        let foot = page.frame.height() - Abs::pt(FOOT);
        let mut lowest = Abs::zero();
        each_end(&page.frame, Transform::identity(), &mut |end| {
            spills |= end.x > edge.x || end.y > edge.y;
            if end.y <= foot {
                lowest.set_max(end.y);
            }
        });
        filled = lowest / foot;
    }
    Length { pages: document.pages().len().saturating_sub(1) as f64 + filled, spills }
}

/// Calls `see` with the lower right end of each text and picture. `to_page` is how the frame stands on the page.
fn each_end(frame: &Frame, to_page: Transform, see: &mut impl FnMut(Point)) {
    for (at, item) in frame.items() {
        let mut end = |size: Point| see((*at + size).transform(to_page));
        match item {
            FrameItem::Group(group) => {
                let within = to_page.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                each_end(&group.frame, within, see);
            }
            FrameItem::Text(text) => end(Point::with_x(text.width())),
            FrameItem::Image(_, size, _) => end(size.to_point()),
            FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
