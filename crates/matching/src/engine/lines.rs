//! Bits by plane and place, so that 512 places of a plane are one cache line.

/// So many places stand in a block.
pub(super) const BLOCK: usize = 512;
/// So many words hold the bits of a block.
pub(super) const WORDS: usize = BLOCK / 64;

/// The bits of one block, one cache line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Line(pub(super) [u64; WORDS]);

/// The lines of many planes.
#[derive(Default)]
pub(super) struct Lines {
    blocks: usize,
    /// The words of the lines, by plane, then by block.
    words: Vec<u64>,
    /// Where the first line begins, so that each is one line of the cache.
    first: usize,
}

impl Lines {
    /// Empty lines for so many planes and places.
    pub(super) fn new(planes: usize, places: usize) -> Self {
        let blocks = places.div_ceil(BLOCK);
        // Numbers come from the allocator as zeros that take no memory until they are written:
        // many planes stay empty.
        let words = vec![0; (planes * blocks + 1) * WORDS];
        let first = words.as_ptr().align_offset(size_of::<Line>()).min(WORDS);
        Self {
            blocks,
            words,
            first,
        }
    }

    /// How many blocks a plane has.
    pub(super) const fn blocks(&self) -> usize {
        self.blocks
    }

    /// The bits of a plane in a block.
    #[inline]
    pub(super) fn line(&self, plane: u16, block: usize) -> Option<&[u64; WORDS]> {
        let start = self.first + (usize::from(plane) * self.blocks + block) * WORDS;
        self.words.get(start..)?.first_chunk()
    }

    /// Writes the bits of a plane in a block.
    pub(super) fn write(&mut self, plane: usize, block: usize, line: &Line) {
        let start = self.first + (plane * self.blocks + block) * WORDS;
        if let Some(words) = self.words.get_mut(start..start + WORDS) {
            words.copy_from_slice(&line.0);
        }
    }
}

/// How many bits of some lines are set.
pub(super) fn ones_in(lines: &[Line]) -> u32 {
    lines
        .iter()
        .flat_map(|line| line.0)
        .map(u64::count_ones)
        .sum()
}
