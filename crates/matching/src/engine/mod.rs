//! The exact lists of [`crate::scan`], through tiles in memory.
//!
//! * [`people`] ranks seekers for a vacancy: segments of tiles, with a delta for changes.
//! * [`vacancies`] ranks vacancies for a seeker.
//! * [`count`] counts who reaches a fit, now and after changes of the offer.
//!
//! Inside: [`row`] packs a seeker into one cache line, [`segment`] lays rows out by place and
//! keeps who has which skill and code per tile, [`query`] holds the tables of one vacancy.

mod best;
pub mod count;
pub mod people;
mod query;
mod row;
mod segment;
pub mod vacancies;
