//! Reads what employers write: wages, places, experience, days, headings, titles.
//!
//! Pure, in linear time, and never a panic, whatever the text.

pub mod date;
pub mod experience;
pub mod headings;
pub mod place;
pub mod title;
pub mod wage;
