//! The library that is preloaded into a process to cut its power or make its disk ail.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// The library, made by the C compiler once for each process.
pub fn library() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("power.so");
        let made = Command::new("gcc")
            .args(["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"])
            .arg("-o")
            .arg(&path)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/shim/power.c"))
            .args(["-ldl", "-lpthread"])
            .status()
            .unwrap();
        assert!(made.success(), "gcc could not make the shim");
        (folder, path)
    });
    path
}

/// What a process under the shim stands on.
pub struct Shim {
    live: PathBuf,
    shadow: Option<PathBuf>,
    switch: PathBuf,
}

/// What is to go wrong, from the next call on.
#[derive(Debug, Clone, Copy)]
pub struct Fault<'a> {
    /// Names of system calls, with commas.
    pub calls: &'a str,
    /// The number of the error; 0 kills the process.
    pub errno: i32,
    /// The first call that fails, counted from 1.
    pub first: u64,
    /// The last one.
    pub last: u64,
}

impl Shim {
    /// For a process that keeps its files in `live`; `beside` is a folder for the switch.
    pub fn new(live: PathBuf, beside: &Path) -> Self {
        Self {
            live,
            shadow: None,
            switch: beside.join("switch"),
        }
    }

    /// Keeps in `shadow` what was synced.
    #[must_use]
    pub fn with_shadow(mut self, shadow: PathBuf) -> Self {
        self.shadow = Some(shadow);
        self
    }

    /// Preloads it into a command.
    pub fn preload(&self, command: &mut Command) {
        command
            .env("LD_PRELOAD", library())
            .env("POWER_LIVE", &self.live)
            .env("POWER_SWITCH", &self.switch);
        if let Some(shadow) = &self.shadow {
            command.env("POWER_SHADOW", shadow);
        }
    }

    /// From now on this goes wrong.
    pub fn arm(&self, fault: Fault<'_>) {
        static SERIAL: AtomicU64 = AtomicU64::new(1);
        let Fault {
            calls,
            errno,
            first,
            last,
        } = fault;
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let text = format!("{serial} {calls} {errno} {first} {last}\n");
        // Whole at once: the process reads it at each call.
        let new = self.switch.with_extension("new");
        std::fs::write(&new, text).unwrap();
        std::fs::rename(&new, &self.switch).unwrap();
    }

    /// From now on nothing goes wrong.
    pub fn heal(&self) {
        let _ = std::fs::remove_file(&self.switch);
    }
}
