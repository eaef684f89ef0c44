//! `sanviec config`: what holds, and every key there is.

use super::say;
use crate::config::{self, Config};
use crate::failure::Failure;

/// What holds, with who says so: a file that could be read again.
pub(crate) fn show(config: &Config) -> Result<(), Failure> {
    let ranking = config::ranking(config.config_dir.as_deref())?;
    for line in config.values.lines() {
        say(format_args!("{line}"))?;
    }
    say(format_args!("\n# matching.toml"))?;
    for line in ranking.lines() {
        say(format_args!("# {line}"))?;
    }
    Ok(())
}

/// The built-in file, in which every key is explained.
pub(crate) fn default() -> Result<(), Failure> {
    say(format_args!("{}", config::DEFAULT.trim_end()))
}
