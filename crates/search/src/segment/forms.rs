//! The words of a segment by how they are written: by their beginning, by how far they are from
//! another word, and the ways to say one that folds to the same.

use super::{Dictionary, Term};

/// What a folded word is compared by before letters are: cheap, and never too strict.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    letters: u64,
    length: usize,
}

impl Shape {
    pub(crate) fn of(word: &str) -> Self {
        Self {
            letters: word.bytes().fold(0, |all, letter| all | 1 << (letter & 63)),
            length: word.len(),
        }
    }

    /// Whether the words may be so few slips apart.
    pub(crate) const fn is_within(self, other: Self, reach: usize) -> bool {
        self.length.abs_diff(other.length) <= reach
            && (self.letters ^ other.letters).count_ones() as usize <= 2 * reach
    }
}

/// The forms of all words.
#[derive(Default)]
pub(crate) struct Forms {
    /// Folded words in the order of their letters.
    sorted: Vec<Term>,
    /// By folded word.
    shapes: Vec<Shape>,
    /// Pairs of a folded word and a way to say it, ascending.
    said: Vec<(Term, Term)>,
}

impl Forms {
    /// `folds` has the folded word of each word as it is said.
    pub(super) fn new(folded: &Dictionary, folds: &[Term]) -> Self {
        let mut sorted: Vec<Term> = folded.words().map(|(term, _)| term).collect();
        sorted.sort_unstable_by_key(|&term| folded.word(term));
        let mut said: Vec<(Term, Term)> = folds.iter().copied().zip(0..).collect();
        said.sort_unstable();
        Self {
            sorted,
            shapes: folded.words().map(|(_, word)| Shape::of(word)).collect(),
            said,
        }
    }

    /// The folded words that begin so.
    pub(crate) fn beginning<'s>(
        &'s self,
        prefix: &'s str,
        folded: &'s Dictionary,
    ) -> impl Iterator<Item = Term> + 's {
        let from = self
            .sorted
            .partition_point(|&term| folded.word(term) < prefix);
        let rest = self.sorted.get(from..).unwrap_or_default().iter().copied();
        rest.take_while(move |&term| folded.word(term).starts_with(prefix))
    }

    /// The folded words that may be so few slips from this one.
    pub(crate) fn within(&self, shape: Shape, reach: usize) -> impl Iterator<Item = Term> + '_ {
        let shapes = (0..).zip(&self.shapes);
        let near = shapes.filter(move |(_, other)| shape.is_within(**other, reach));
        near.map(|(term, _)| term)
    }

    /// The ways to say a folded word.
    pub(crate) fn said(&self, folded: Term) -> impl Iterator<Item = Term> + '_ {
        let from = self.said.partition_point(|&(known, _)| known < folded);
        let rest = self.said.get(from..).unwrap_or_default().iter();
        rest.take_while(move |(known, _)| *known == folded)
            .map(|&(_, said)| said)
    }
}
