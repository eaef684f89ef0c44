//! A query as it is read once for all steps of a search.

use std::cell::OnceCell;

use domain::code::IscoCode;

use crate::ask::{Chip, ChipKind};
use crate::elision;
use crate::index::TextIndex;
use crate::lexicon::Lexicon;
use crate::query::Asked;
use crate::understand::{Reader, Said, Span, Understood};
use crate::words::{Word, spelled};

/// The words of a query, and what they mean.
pub(super) struct Reading<'i> {
    index: &'i TextIndex,
    /// All words.
    pub(super) words: Vec<Word>,
    /// All words, as they are asked for in titles.
    pub(super) whole: Asked,
    pub(super) read: Understood,
    /// The words of a job that are left.
    pub(super) job: Asked,
    trade: OnceCell<Option<IscoCode>>,
}

impl<'i> Reading<'i> {
    pub(super) fn new(words: Vec<Word>, index: &'i TextIndex, lexicon: &Lexicon<'_>) -> Self {
        let reader = Reader {
            vocabulary: &index.vocabulary,
            units: &index.codes.units,
        };
        let asked = |words: &[Word]| {
            let mut asked = Asked::new(words, &index.stats, &index.vocabulary);
            elision::widen(&mut asked, lexicon);
            asked
        };
        let read = reader.read(&words);
        Self {
            whole: asked(&words),
            job: asked(&read.words),
            trade: OnceCell::new(),
            index,
            words,
            read,
        }
    }

    /// The occupation that the words name. To find it takes as long as many a search: it is asked
    /// for once, and only where it matters.
    pub(super) fn trade(&self) -> Option<IscoCode> {
        let find = || (self.index.trade)(&spelled(&self.read.words));
        *self.trade.get_or_init(find)
    }

    /// What was understood as a condition.
    pub(super) fn chips(&self) -> Vec<Chip> {
        let chip = |&(said, span): &(Said, Span)| Chip {
            kind: kind(said),
            text: spelled(
                self.words
                    .get(span.from..span.from + span.count)
                    .unwrap_or_default(),
            ),
            without: self.without(span),
        };
        self.read.spans.iter().map(chip).collect()
    }

    fn without(&self, span: Span) -> String {
        let before = self.words.get(..span.from).unwrap_or_default();
        let after = self.words.get(span.from + span.count..).unwrap_or_default();
        spelled(&[before, after].concat())
    }
}

const fn kind(said: Said) -> ChipKind {
    match said {
        Said::Wish(kind) => ChipKind::Phrase(kind),
        Said::Not => ChipKind::Not,
        Said::Place => ChipKind::Place,
        Said::Wage => ChipKind::Wage,
        Said::Months => ChipKind::Experience,
    }
}
