//! Whether everything stands on its page: text or a picture that runs over the edge is lost to the reader, and typst
//! does not say so.

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst_layout::PagedDocument;

/// In points; narrower than any margin of ours: what comes nearer to the edge of the paper has run out of its column.
const MARGIN: f64 = 24.0;

/// Whether anything runs over the edge of a page.
pub fn spills(document: &PagedDocument) -> bool {
    document.pages().iter().any(|page| {
        let edge = page.frame.size().to_point() - Point::splat(Abs::pt(MARGIN));
        any_beyond(&page.frame, Point::zero(), edge)
    })
}

/// `origin` is where the frame stands on the page. Turned and scaled groups, which only a user's own template can
/// have, are taken as if they were not.
fn any_beyond(frame: &Frame, origin: Point, edge: Point) -> bool {
    frame.items().any(|(at, item)| {
        let at = origin + *at;
        let end = match item {
            FrameItem::Group(group) => {
                let moved = Point::new(group.transform.tx, group.transform.ty);
                return any_beyond(&group.frame, at + moved, edge);
            }
            FrameItem::Text(text) => at + Point::new(text.width(), Abs::zero()),
            FrameItem::Image(_, size, _) => at + size.to_point(),
            FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => return false,
        };
        end.x > edge.x || end.y > edge.y
    })
}
