//! `sanviec codes check`.

use super::say;
use crate::failure::Failure;
use crate::house::House;

/// Looks all code lists through; what cannot be read has failed before.
pub(crate) fn check(house: &House) -> Result<(), Failure> {
    let findings = domain::code::check(&house.codes);
    for finding in &findings {
        say(format_args!(
            "{} {}: {}",
            finding.file, finding.code, finding.what
        ))?;
    }
    if findings.is_empty() {
        let codes = &house.codes;
        return say(format_args!(
            "{} communes, {} occupations, {} skills: nothing found",
            codes.units.communes().len(),
            codes.occupations.codes().count(),
            codes.skills.len()
        ));
    }
    Err(Failure::Configuration(format!(
        "{} findings",
        findings.len()
    )))
}
