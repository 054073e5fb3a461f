//! A cache of recent cells with the results of reading them: equal cells have the same meaning, and exports repeat
//! values.
//!
//! [`crate::table::counted`] uses it to count repeated cells, and [`crate::source`] to read repeated dates and names.

/// Most bytes of a cell that is remembered: longer cells are prose, which is rarely repeated.
const LONGEST: usize = 40;

/// Remembers a limited number of short cells. A new cell may replace another one, whose result is then computed again:
/// a memo influences only the speed, never the result. Each cell has two possible slots, so that two cells of the same
/// hash that alternate do not replace each other.
#[derive(Debug, Clone)]
pub struct Memo<T> {
    slots: Vec<Option<Entry<T>>>,
    /// Shift that turns a hash into a slot; the number of slots is a power of two.
    shift: u32,
}

#[derive(Debug, Clone)]
struct Entry<T> {
    fingerprint: Fingerprint,
    cell: String,
    made: T,
}

/// The length of a cell with its first and its last bytes, which may overlap. Up to sixteen bytes, this is the whole
/// cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fingerprint {
    length: usize,
    first: u64,
    last: u64,
}

impl Fingerprint {
    #[inline]
    fn of(cell: &[u8]) -> Self {
        let (first, last) = match (cell.first_chunk::<8>(), cell.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => (cell.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0),
        };
        Self { length: cell.len(), first, last }
    }

    /// Multiplication by the golden ratio spreads differences in any bit to the highest bits (Knuth, The Art 3, 6.4).
    #[inline]
    fn hash(self) -> u64 {
        (self.first.rotate_left(29) ^ self.last ^ self.length as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

impl<T> Memo<T> {
    /// Creates a memo with `slots` slots, rounded up to a power of two. With no slots, it remembers nothing.
    pub fn new(slots: usize) -> Self {
        let slots = if slots == 0 { 0 } else { slots.next_power_of_two().max(2) };
        Self { slots: std::iter::repeat_with(|| None).take(slots).collect(), shift: u64::BITS - slots.max(2).ilog2() }
    }

    /// Returns the result for the cell, or `None` if it is not remembered.
    #[inline]
    pub fn get(&mut self, cell: &str) -> Option<&mut T> {
        let fingerprint = Fingerprint::of(cell.as_bytes());
        let is_it =
            |entry: &Entry<T>| entry.fingerprint == fingerprint && (fingerprint.length <= 16 || entry.cell == cell);
        let slot = slot(fingerprint, self.shift);
        let at =
            [slot, slot ^ 1].into_iter().find(|at| self.slots.get(*at).and_then(Option::as_ref).is_some_and(is_it))?;
        self.slots.get_mut(at)?.as_mut().map(|entry| &mut entry.made)
    }

    /// Remembers the result for a cell. `forgotten` is called with the cell that it replaces.
    pub fn put(&mut self, cell: &str, made: T, forgotten: impl FnOnce(&str, T)) {
        let fingerprint = Fingerprint::of(cell.as_bytes());
        let first = slot(fingerprint, self.shift);
        let is_free = |at: usize| self.slots.get(at).is_some_and(Option::is_none);
        let at = if !is_free(first) && is_free(first ^ 1) { first ^ 1 } else { first };
        let Some(slot) = self.slots.get_mut(at).filter(|_| cell.len() <= LONGEST) else { return };
        match slot {
            Some(entry) => {
                forgotten(&entry.cell, std::mem::replace(&mut entry.made, made));
                entry.fingerprint = fingerprint;
                entry.cell.clear();
                entry.cell.push_str(cell);
            }
            None => *slot = Some(Entry { fingerprint, cell: cell.to_owned(), made }),
        }
    }

    /// Returns the result for the cell, either remembered or computed now. For `None` it is always computed.
    #[inline]
    pub fn get_or_make(&mut self, cell: Option<&str>, make: impl FnOnce() -> T) -> T
    where
        T: Copy,
    {
        let Some(cell) = cell else { return make() };
        if let Some(made) = self.get(cell) {
            return *made;
        }
        let made = make();
        self.put(cell, made, |_, _| {});
        made
    }

    /// Returns all remembered cells with their results.
    pub fn into_all(self) -> impl Iterator<Item = (String, T)> {
        self.slots.into_iter().flatten().map(|entry| (entry.cell, entry.made))
    }
}

#[inline]
fn slot(fingerprint: Fingerprint, shift: u32) -> usize {
    usize::try_from(fingerprint.hash() >> shift).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_cell_takes_the_place_of_another() {
        let mut memo = Memo::new(2);
        let cells: Vec<String> = (0..20).map(|n| format!("cell {n}")).collect();
        let mut forgotten = Vec::new();
        for (n, cell) in cells.iter().enumerate() {
            memo.put(cell, n, |cell, n| forgotten.push((cell.to_owned(), n)));
            assert_eq!(memo.get(cell), Some(&mut n.clone()));
        }
        forgotten.extend(memo.into_all());
        forgotten.sort_by_key(|(_, n)| *n);
        assert_eq!(forgotten, cells.into_iter().zip(0..).collect::<Vec<_>>());
    }

    #[test]
    fn a_long_cell_is_not_remembered() {
        let long = "x".repeat(LONGEST + 1);
        let mut memo = Memo::new(8);
        memo.put(&long, 1, |_, _| {});
        assert_eq!(memo.get(&long), None);
        assert_eq!(memo.get_or_make(Some(&long), || 2), 2);
        let mut none = Memo::new(0);
        assert_eq!((none.get_or_make(Some("a"), || 1), none.get_or_make(Some("a"), || 2)), (1, 2));
    }
}
