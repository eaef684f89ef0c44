//! The durable index: what the engine needs at start, without asking the database for all of it.
//!
//! tantivy keeps a fast field per column and postings of skills and occupations. The payload of
//! each commit ([`Place`]) says how far in the change log the index has come, which edition of the
//! code lists it belongs to, how many records it holds and the sum of their digests: an index that
//! was damaged, cut short, swapped for another, or built from another database is found out and
//! built anew. Ranking happens in memory ([`crate::engine`]); nothing is served from these files.

mod fields;
mod folder;
mod load;
mod number;
mod place;
mod record;
mod write;

pub use load::{Damage, Loaded, load};
pub use place::Place;
pub use write::{WriteError, Writer};
