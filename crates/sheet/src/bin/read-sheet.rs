//! Reads a workbook from its standard input, under limits: what the tests of this crate start.
//! `sanviec` does the same under a command of its own.

use std::process::ExitCode;

use sheet::{Program, read_workbook};

fn main() -> ExitCode {
    let is_limited = std::env::args().any(|word| word == "limited");
    match Program::this(&["limited"]) {
        Ok(again) => read_workbook((!is_limited).then_some(again)),
        Err(_) => ExitCode::FAILURE,
    }
}
