//! Vacancies by words, as people type them.
//!
//! [`TextIndex`] holds all vacancies in memory: who has a word as sets of rows, and the words of
//! each title. A query is read once: places, wages, shifts and the like become conditions, what is
//! left are the words of a job. Found is first who has all words in the title, then who has them
//! anywhere and fails no condition; where that is little, titles that were nearly typed and what
//! is nearest.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod ask;
pub mod bm25;
mod bound;
mod document;
mod drops;
mod elision;
pub mod evaluate;
pub mod facet;
mod fits;
mod index;
mod keyboard;
mod level;
mod lexicon;
mod part;
pub mod phrases;
pub mod place;
mod query;
mod search;
mod segment;
mod similar;
mod spell;
mod stats;
pub mod suggest;
pub mod synonyms;
mod understand;
pub mod vocabulary;
mod wishes;
mod words;

pub use index::{Means, TextIndex, Trade};
