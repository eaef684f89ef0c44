//! A PostgreSQL server of our own, for one run.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Failure;

/// PostgreSQL does not run as root.
const USER: &str = "nobody";
const OPTIONS: &str = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off \
    -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=8GB \
    -c shared_buffers=1GB -c work_mem=512MB -c maintenance_work_mem=512MB -c autovacuum=off \
    -c jit=off -c max_parallel_workers_per_gather=0 -c max_parallel_maintenance_workers=0";

/// It stops when it goes.
pub(super) struct Server {
    programs: PathBuf,
    data: PathBuf,
    port: u16,
}

impl Server {
    /// Starts one under this folder; `None` where PostgreSQL is not installed.
    pub(super) fn start(folder: &Path) -> Result<Option<Self>, Failure> {
        let Some(programs) = programs() else {
            return Ok(None);
        };
        let data = folder.join("postgres");
        std::fs::create_dir(&data)?;
        std::fs::set_permissions(folder, PermissionsExt::from_mode(0o755))?;
        if is_root() {
            must(Command::new("chown").arg(USER).arg(&data))?;
        }
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let server = Self {
            programs,
            data,
            port,
        };
        let settings = [
            "-U",
            "peers",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ];
        must(server.program("initdb").args(settings))?;
        let log = server.data.join("log");
        let options = format!("-p {port} {OPTIONS}");
        must(
            server
                .program("pg_ctl")
                .args(["-w", "-t", "60", "-o", &options, "-l"])
                .arg(log)
                .arg("start"),
        )?;
        Ok(Some(server))
    }

    /// Where it listens.
    pub(super) fn url(&self) -> String {
        format!("postgres://peers@127.0.0.1:{}/postgres", self.port)
    }

    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", USER, "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.arg("-D").arg(&self.data).current_dir("/");
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The folder goes with everything in it: a server that does not stop in good order is fine.
        let _ = must(
            self.program("pg_ctl")
                .args(["-m", "immediate", "-w", "stop"]),
        );
    }
}

fn is_root() -> bool {
    rustix::process::getuid().is_root()
}

/// The folder with `initdb` and `pg_ctl`.
fn programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut folders: Vec<PathBuf> = debian
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    folders.sort();
    folders.reverse();
    folders.extend(["/usr/local/bin", "/usr/bin"].map(PathBuf::from));
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
}

fn must(command: &mut Command) -> Result<(), Failure> {
    let status = command
        .stdout(Stdio::null())
        .stdin(Stdio::null())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{command:?}: {status}").into())
    }
}
