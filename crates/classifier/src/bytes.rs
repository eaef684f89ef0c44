//! A model as bytes: a mark with a version, a digest, then everything in a fixed order.
//!
//! Features stand in the order of their numbers, entries in the order of their places, so each is
//! kept as the distance from the one before.

use domain::code::IscoCode;
use sha2::{Digest, Sha256};

use crate::calibration::Curve;
use crate::classes::Classes;
use crate::model::{Corrections, Model};
use crate::weights::Weights;

/// The mark, with the version of the form.
const MARK: [u8; 8] = *b"svclas\x00\x01";
/// Length of a digest.
const DIGEST: usize = 32;

/// Why bytes are no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// They begin otherwise: no model, or one of another version.
    #[error("no model of this version")]
    Mark,
    /// What follows is not what was written.
    #[error("the model is damaged")]
    Damaged,
}

impl Model {
    /// The model as bytes, without the corrections.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        body.extend(self.trained_from);
        put(&mut body, self.classes.len());
        for code in self.classes.codes() {
            put(&mut body, code.digits().into());
            put(&mut body, code.value().into());
        }
        put(&mut body, self.curves.len());
        for curve in &self.curves {
            put(&mut body, curve.points().len());
            for &(said, right) in curve.points() {
                put(&mut body, said.into());
                put(&mut body, right.into());
            }
        }
        put(&mut body, self.implied.len());
        for (code, skill, share) in &self.implied {
            put(&mut body, code.digits().into());
            put(&mut body, code.value().into());
            put(&mut body, skill.len());
            body.extend(skill.as_bytes());
            put(&mut body, usize::from(*share));
        }
        put_weights(&mut body, &self.weights);
        let digest = Sha256::digest(&body);
        [&MARK[..], &digest, &body].concat()
    }

    /// The model that was written as these bytes.
    ///
    /// # Errors
    /// Where they are of another version, or not what was written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(&MARK[..]).ok_or(ModelError::Mark)?;
        let (digest, body) = rest.split_at_checked(DIGEST).ok_or(ModelError::Damaged)?;
        if Sha256::digest(body).as_slice() != digest {
            return Err(ModelError::Damaged);
        }
        read(body).ok_or(ModelError::Damaged)
    }
}

fn put_weights(body: &mut Vec<u8>, weights: &Weights) {
    put(body, weights.hashes.len());
    let mut before = 0;
    for &hash in &weights.hashes {
        put(body, (hash - before) as usize);
        before = hash;
        let entries = weights.of(hash);
        put(body, entries.len());
        let mut last = 0;
        for &(place, whole) in entries {
            put(body, usize::from(place - last));
            last = place;
            body.extend(whole.to_le_bytes());
        }
    }
}

/// Seven bits a byte, the lowest first; the top bit says that more follow.
fn put(body: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        body.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    body.push((number & 0x7f) as u8);
}

fn read(body: &[u8]) -> Option<Model> {
    let (trained_from, rest) = body.split_first_chunk()?;
    let mut rest = Reader(rest);
    let mut classes = Vec::new();
    for _ in 0..rest.number()? {
        classes.push(IscoCode::new(rest.small()?, rest.small()?)?);
    }
    let mut curves = Vec::new();
    for _ in 0..rest.number()? {
        let mut points = Vec::new();
        for _ in 0..rest.number()? {
            points.push((rest.small()?, rest.small()?));
        }
        curves.push(Curve::from_points(points));
    }
    let mut implied = Vec::new();
    for _ in 0..rest.number()? {
        let code = IscoCode::new(rest.small()?, rest.small()?)?;
        implied.push((code, rest.text()?, rest.small()?));
    }
    let weights = rest.weights()?;
    rest.0.is_empty().then_some(Model {
        trained_from: *trained_from,
        classes: Classes::new(classes),
        weights,
        curves,
        implied,
        corrections: Corrections::default(),
    })
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = 0_u32;
        for at in 0..5 {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f).checked_shl(7 * at)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn small<T: TryFrom<u32>>(&mut self) -> Option<T> {
        T::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()? as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn weights(&mut self) -> Option<Weights> {
        let mut weights = Weights::default();
        let mut hash = 0_u32;
        for _ in 0..self.number()? {
            hash = hash.checked_add(self.number()?)?;
            let mut place = 0_u16;
            for _ in 0..self.number()? {
                place = place.checked_add(self.small()?)?;
                let whole = i8::from_le_bytes([self.byte()?]);
                weights.entries.push((place, whole));
            }
            weights.close(hash);
        }
        Some(weights.indexed())
    }
}
