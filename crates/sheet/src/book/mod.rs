//! A workbook, read by a process of its own.

mod archive;
mod cells;
mod child;
mod frame;

use std::ffi::OsString;
use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::Duration;

pub use child::read_workbook;

use crate::limits::{MOST_FRAME, MOST_WORKBOOK};
use crate::row::{Next, Refused, Row};
use crate::table::Opening;
use frame::{Frame, Request};

/// Rows that wait for who takes them.
const WAITING: usize = 256;
/// So long is waited for the next row: longer than the child may work on it, also where others work.
const PATIENCE: Duration = Duration::from_secs(60);

const TOO_LARGE: &str = "sổ Excel lớn hơn 10 MiB: chia thành nhiều tệp hoặc lưu thành CSV UTF-8 / \
                         the workbook has more than 10 MiB: split it, or save it as CSV UTF-8";
const ENDED: &str = "không đọc được sổ Excel: tệp hỏng, hoặc cần nhiều bộ nhớ hay thời gian hơn mức cho \
                     phép; mở bằng Excel và lưu lại thành .xlsx / the workbook cannot be read: it is \
                     damaged, or wants more memory or time than is allowed; open it in Excel and save \
                     it again as .xlsx";

/// The program that reads workbooks: it is started with these words, and calls [`read_workbook`].
#[derive(Debug, Clone)]
pub struct Program {
    path: PathBuf,
    words: Vec<OsString>,
    patience: Duration,
}

impl Program {
    /// A program and the words that it is started with.
    pub fn new(path: impl Into<PathBuf>, words: impl IntoIterator<Item = OsString>) -> Self {
        Self {
            path: path.into(),
            words: words.into_iter().collect(),
            patience: PATIENCE,
        }
    }

    /// The same, but that no row is waited for longer than this.
    #[must_use]
    pub const fn within(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }
}

/// A workbook that is being read.
pub(crate) struct Book {
    child: Child,
    frames: Receiver<Option<Frame>>,
    patience: Duration,
    sheet: String,
    others: Vec<String>,
    is_over: bool,
    line: u64,
}

impl Book {
    /// Starts the process and waits for what it says of the workbook as a whole.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn open(input: impl BufRead, ask: &Opening<'_>) -> Result<Self, String> {
        let said = |error: io::Error| error.to_string();
        let most = u64::try_from(MOST_WORKBOOK).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        input
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(said)?;
        if bytes.len() > MOST_WORKBOOK {
            return Err(TOO_LARGE.to_owned());
        }
        let program = ask.program;
        let mut child = Command::new(&program.path)
            .args(&program.words)
            // What it does not know it cannot tell: passwords may stand there.
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.path.display()))?;
        let request = Request::new(ask.mapping, ask.sheet);
        feed(&mut child, &request, bytes)?;
        let frames = listen(&mut child)?;
        let mut book = Self {
            child,
            frames,
            patience: program.patience,
            sheet: String::new(),
            others: Vec::new(),
            is_over: false,
            line: 0,
        };
        match book.frame() {
            Some(Frame::Sheet { name, others }) => {
                book.sheet = name;
                book.others = others;
                Ok(book)
            }
            Some(Frame::Wrong(reason)) => Err(reason),
            _ => Err(ENDED.to_owned()),
        }
    }

    /// The name of the sheet.
    pub(crate) fn sheet(&self) -> &str {
        &self.sheet
    }

    /// Other sheets that can be seen.
    pub(crate) fn others(&self) -> &[String] {
        &self.others
    }

    /// What comes next.
    pub(crate) fn next(&mut self) -> Next {
        if self.is_over {
            return Next::End;
        }
        let next = match self.frame() {
            Some(Frame::Row { line, cells }) => Next::Row(Row { line, cells }),
            Some(Frame::Refused {
                line,
                cells,
                column,
                reason,
            }) => Next::Refused(Refused {
                row: Row { line, cells },
                column,
                reason,
            }),
            Some(Frame::Broken { line, reason }) => Next::broken(line, reason),
            Some(Frame::Done) => Next::End,
            Some(Frame::Wrong(reason)) => Next::broken(self.line.saturating_add(1), reason),
            Some(Frame::Sheet { .. }) | None => Next::broken(self.line.saturating_add(1), ENDED),
        };
        match &next {
            Next::Row(row) | Next::Refused(Refused { row, .. }) => self.line = row.line,
            Next::Broken(_) | Next::End => self.is_over = true,
        }
        next
    }

    /// What the process says next; `None` where it ended without a word, or took too long.
    fn frame(&mut self) -> Option<Frame> {
        self.frames.recv_timeout(self.patience).unwrap_or_default()
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Hands the file over beside the reading: a process that does not read must not hold this one up.
fn feed(child: &mut Child, request: &Request, bytes: Vec<u8>) -> Result<(), String> {
    let mut line = serde_json::to_vec(request).map_err(|error| error.to_string())?;
    line.push(b'\n');
    let mut stdin = child.stdin.take().ok_or(ENDED)?;
    thread::spawn(move || {
        // Who has read enough to refuse the file closes the pipe.
        let _ = stdin
            .write_all(&line)
            .and_then(|()| stdin.write_all(&bytes));
    });
    Ok(())
}

fn listen(child: &mut Child) -> Result<Receiver<Option<Frame>>, String> {
    let mut stdout = io::BufReader::new(child.stdout.take().ok_or(ENDED)?);
    let (sender, receiver) = sync_channel(WAITING);
    thread::spawn(move || {
        loop {
            let frame = frame::read(&mut stdout, MOST_FRAME);
            let is_last = frame.is_none();
            if sender.send(frame).is_err() || is_last {
                break;
            }
        }
    });
    Ok(receiver)
}
