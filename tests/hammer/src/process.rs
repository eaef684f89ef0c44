//! A stream in a process of its own, which can be killed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::history::Growing;

/// Nothing here takes longer than this.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The hammer's own program.
#[derive(Debug, Clone)]
pub struct Programs {
    /// `hammer`.
    pub hammer: PathBuf,
    /// `sanviec`.
    pub sanviec: PathBuf,
}

impl Programs {
    /// `hammer` where it is, and `sanviec` beside it.
    pub fn beside(hammer: &Path) -> Self {
        let sanviec = hammer.with_file_name("sanviec");
        assert!(
            sanviec.is_file(),
            "{} is not there: cargo build -p sanviec",
            sanviec.display()
        );
        Self {
            hammer: hammer.to_owned(),
            sanviec,
        }
    }
}

/// A process that writes.
pub struct Writer {
    child: Child,
    reader: JoinHandle<Option<String>>,
}

impl Writer {
    /// Starts `hammer write` on the database; what it says goes into the history.
    pub fn start(
        programs: &Programs,
        url: &str,
        run: u64,
        history: &Arc<Growing>,
        prepare: impl FnOnce(&mut Command),
    ) -> Self {
        let mut command = Command::new(&programs.hammer);
        command
            .args(["write", "--database", url, "--run", &run.to_string()])
            .stdout(Stdio::piped());
        prepare(&mut command);
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let history = Arc::clone(history);
        let reader = std::thread::spawn(move || {
            for line in lines {
                // What the kill cut off says nothing.
                match line
                    .map_err(|error| error.to_string())
                    .and_then(|line| line.parse())
                {
                    Ok(line) => history.take(line),
                    Err(rest) => return Some(rest),
                }
            }
            None
        });
        Self { child, reader }
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Kills it as the kernel does, and reads what it had said.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.end();
    }

    /// Tells it to stop by closing nothing but its input, and waits.
    pub fn terminate(self) -> ExitStatus {
        signal(self.id(), "TERM");
        self.end()
    }

    /// Waits until it ends by itself.
    pub fn end(mut self) -> ExitStatus {
        let status = self.child.wait().unwrap();
        self.reader.join().unwrap();
        status
    }
}

/// Sends a signal.
pub fn signal(process: u32, name: &str) {
    let sent = Command::new("kill")
        .args([&format!("-{name}"), &process.to_string()])
        .status();
    assert!(sent.unwrap().success());
}

/// Looks again and again until it is so; how long that took, or nothing if it never was.
pub fn until(patience: Duration, mut is_so: impl FnMut() -> bool) -> Option<Duration> {
    let started = Instant::now();
    while !is_so() {
        if started.elapsed() > patience {
            return None;
        }
        std::thread::park_timeout(Duration::from_millis(5));
    }
    Some(started.elapsed())
}

/// Waits that long.
pub fn wait(time: Duration) {
    until(time, || false);
}
