//! Reads what employers write: wages, places, experience, days, headings.
//!
//! Pure, in linear time, and never a panic, whatever the text. What is not understood is an error
//! or a rest that is named, never a guess.

pub mod date;
pub mod experience;
pub mod headings;
pub mod place;
mod token;
pub mod wage;
pub mod yardstick;
