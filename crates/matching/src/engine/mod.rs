//! The exact lists of [`crate::scan`], through tiles in memory.
//!
//! * [`people`] ranks seekers for a vacancy: segments of tiles, with a delta for changes.
//! * [`vacancies`] ranks vacancies for a seeker.
//! * [`count`] counts who reaches a fit, now and after changes of the offer.
//!
//! Inside: [`row`] packs a seeker into one cache line; [`segment`] holds rows, [`layout`] where
//! each stands and [`planes`] who has what, a bit for each (in [`lines`], by the numbers of
//! [`skill_planes`]); [`summary`] tells the same of 64 places at once. [`query`] holds the tables of one
//! vacancy, [`plan`] what the planes tell for it; [`vector`] works that out for 512 people at
//! once, and [`search`] reads the rows of who remains.

mod best;
pub mod count;
mod layout;
mod lines;
pub mod people;
mod plan;
mod planes;
mod query;
mod row;
mod search;
mod segment;
mod shard;
mod skill_planes;
mod summary;
pub mod vacancies;
mod vector;
mod wide;
