//! R2 on PostgreSQL: the same cut, under a server of one's own.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use diesel::connection::SimpleConnection;

use crate::check::check;
use crate::drive::{Figures, new_history};
use crate::place::{in_memory, pool};
use crate::process::{PATIENCE, signal, until, wait};
use crate::shim::Shim;
use crate::stream::{Dice, Tools, Writers, hands};
use crate::world;

/// Small segments of the write-ahead log: the shim copies one with each commit.
const INITDB: [&str; 8] = [
    "-U",
    "sanviec",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
    "--wal-segsize=1",
];
/// Nobody in particular: PostgreSQL does not run as root.
const SERVER_USER: &str = "nobody";

/// Cuts the power of the server so often; nothing where there is none to start.
pub fn cut(cuts: u64, seed: u64) -> Option<Figures> {
    let mut figures = Figures::of("R2 power cut", "postgres");
    let codes = world::codes();
    let mut dice = Dice(seed);
    let top = in_memory();
    let folder = top.path().canonicalize().unwrap();
    if is_root() {
        run(Command::new("chown").arg(SERVER_USER).arg(&folder));
    }
    let mut live = folder.join("live-0");
    if !as_server("initdb")
        .args(INITDB)
        .arg("-D")
        .arg(&live)
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
    {
        eprintln!("NOT RUN: PostgreSQL cannot be started by this user");
        return None;
    }
    let history = new_history();
    for cut in 0..cuts {
        let shadow = copy(&live, folder.join(format!("shadow-{cut}")));
        let shim = Shim::new(live.clone(), &folder).with_shadow(shadow.clone());
        let server = Server::start(&live, Some(&shim));
        let tools = Tools::noting(pool(&server.url, 6), &codes, &history);
        store::migrate(&mut tools.pool.get().unwrap()).unwrap();
        let before = history.acks();
        let writers = Writers::start(&tools, hands(cut, 4), Duration::ZERO);
        let begun = until(PATIENCE, || history.acks() > before + 10);
        figures.hold(begun.is_some(), || format!("cut {cut}: wrote nothing"));
        wait(Duration::from_millis(dice.below(400)));
        server.cut();
        writers.stop();
        drop(tools);

        let looked_at = copy(&shadow, folder.join("looked-at"));
        let server = Server::start(&looked_at, None);
        let report = check(&pool(&server.url, 1), &codes, &history.with(|h| h.clone()));
        let wrong = report.wrong.iter().map(|what| format!("cut {cut}: {what}"));
        figures.wrong.extend(wrong);
        figures.add("cuts", 1);
        if cut + 1 == cuts {
            let history = history.with(|history| history.clone());
            figures.take(check(&pool(&server.url, 1), &codes, &history));
        }
        server.cut();
        std::fs::remove_dir_all(&looked_at).unwrap();
        std::fs::remove_dir_all(std::mem::replace(&mut live, shadow)).unwrap();
    }
    Some(figures)
}

struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts it on a folder and waits until it answers.
    fn start(data: &Path, shim: Option<&Shim>) -> Self {
        let port = free_port();
        let mut command = as_server("postgres");
        command.arg("-D").arg(data).args(["-p", &port.to_string()]);
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_wal_size=8MB",
            "checkpoint_timeout=30s",
        ] {
            command.args(["-c", setting]);
        }
        if let Some(shim) = shim {
            shim.preload(&mut command);
        }
        let log = std::fs::File::create(data.with_extension("log")).unwrap();
        let process = command.stderr(log).stdout(Stdio::null()).spawn().unwrap();
        let url = format!("postgres://sanviec@127.0.0.1:{port}/postgres");
        let parsed: store::DatabaseUrl = url.parse().unwrap();
        let answers = || {
            let pool = store::Pool::open(&parsed, 1);
            pool.is_ok_and(|pool| {
                pool.get()
                    .is_ok_and(|mut conn| conn.batch_execute("SELECT 1").is_ok())
            })
        };
        assert!(
            until(PATIENCE, answers).is_some(),
            "{} does not start",
            data.display()
        );
        Self { process, url }
    }

    /// All of its processes at once, without a word.
    fn cut(mut self) {
        let root = self.process.id();
        let mut all = vec![root];
        let mut at = 0;
        while let Some(parent) = all.get(at).copied() {
            signal(parent, "STOP");
            all.extend(children(parent));
            at += 1;
        }
        for process in all.iter().rev() {
            let killed = Command::new("kill")
                .args(["-KILL", &process.to_string()])
                .status();
            assert!(killed.is_ok());
        }
        self.process.wait().unwrap();
        let gone = |process: &u32| !Path::new(&format!("/proc/{process}/exe")).exists();
        assert!(until(PATIENCE, || all.iter().all(gone)).is_some());
    }
}

fn children(parent: u32) -> Vec<u32> {
    let path = format!("/proc/{parent}/task/{parent}/children");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.split_whitespace()
        .map(|id| id.parse().unwrap())
        .collect()
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|file| {
        use std::os::unix::fs::MetadataExt;
        file.uid() == 0
    })
}

fn as_server(program: &str) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    let user = format!("--reuid={SERVER_USER}");
    command.args([&user, "--regid=nogroup", "--clear-groups", program]);
    command
}

/// A copy with the owners and rights of the first.
fn copy(from: &Path, to: PathBuf) -> PathBuf {
    run(Command::new("cp").arg("-a").arg(from).arg(&to));
    let _ = std::fs::remove_file(to.join("postmaster.pid"));
    to
}

fn run(command: &mut Command) {
    assert!(command.status().unwrap().success(), "{command:?}");
}
