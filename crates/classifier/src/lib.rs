//! What a title asks for: the occupation (ISCO-08) and the skills, from the words alone, each with
//! how sure it is and why. Trained from files of the repository, without network and clock, the
//! same on every machine.

mod bytes;
mod calibration;
mod classes;
pub mod evaluate;
mod features;
mod learn;
mod model;
mod occupation;
mod skills;
mod title;
mod train;
mod weights;

pub use bytes::ModelError;
pub use calibration::Curve;
pub use model::Model;
pub use occupation::Occupation;
pub use skills::{FoundSkill, SkillReader};
pub use train::{TrainError, TrainingFiles, digest_of};
