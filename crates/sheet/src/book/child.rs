//! The process that reads a workbook.

use std::env::current_exe;
use std::io::{self, BufRead, BufWriter, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use rustix::process::{Resource, Rlimit, setrlimit};

use super::archive;
use super::cells::{self, Sink};
use super::frame::{Frame, Request};
use crate::book::Program;
use crate::limits::{
    CHILD_ADDRESSES, CHILD_FILES, CHILD_MEMORY, CHILD_SECONDS, MOST_LINE, MOST_WORKBOOK,
};

/// What a process does that was started as [`Program`] says: it reads a request and a workbook from
/// its standard input and writes rows to its standard output.
///
/// `again` are the words that start it a second time, under its limits. The first time it only sets
/// them: an allocator that has taken memory before a limit keeps it.
pub fn read_workbook(again: Option<Program>) -> ExitCode {
    if let Some(program) = again {
        return start_limited(&program);
    }
    let mut output = BufWriter::new(io::stdout().lock());
    match serve(&mut io::stdin().lock(), &mut output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

impl Program {
    /// This very program, started with these words.
    ///
    /// # Errors
    /// Where the system does not tell which program runs.
    pub fn this(words: &[&str]) -> io::Result<Self> {
        Ok(Self::new(current_exe()?, words.iter().map(Into::into)))
    }
}

fn start_limited(program: &Program) -> ExitCode {
    let limits = [
        (Resource::Data, CHILD_MEMORY),
        (Resource::As, CHILD_ADDRESSES),
        (Resource::Cpu, CHILD_SECONDS),
        (Resource::Nofile, CHILD_FILES),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        // Without its limits nothing is read.
        if setrlimit(resource, limit).is_err() {
            return ExitCode::FAILURE;
        }
    }
    // Comes back only where it could not be started.
    let _ = Command::new(&program.path).args(&program.words).exec();
    ExitCode::FAILURE
}

/// Reads what is asked and answers it.
fn serve(input: &mut impl BufRead, output: &mut impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    let most = u64::try_from(MOST_LINE).unwrap_or(u64::MAX);
    input.by_ref().take(most).read_until(b'\n', &mut line)?;
    let request: Request = serde_json::from_slice(&line)?;
    let most = u64::try_from(MOST_WORKBOOK).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    input.take(most).read_to_end(&mut bytes)?;
    let mut sink = Sink::new(output);
    let last = match archive::check(&bytes).and_then(|()| cells::read(bytes, &request, &mut sink)) {
        Ok(()) => Frame::Done,
        Err(reason) => Frame::Wrong(reason),
    };
    sink.say(&last)?;
    sink.flush()
}
