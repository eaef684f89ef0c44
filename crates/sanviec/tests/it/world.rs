//! A data folder of its own, and the program in it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

pub(crate) struct World {
    folder: tempfile::TempDir,
    database: Option<String>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            database: None,
        }
    }

    /// On this database, which others may use too.
    pub(crate) fn on(database: &str) -> Self {
        Self {
            database: Some(database.to_owned()),
            ..Self::new()
        }
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        self.bytes(name, text.as_bytes())
    }

    pub(crate) fn bytes(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sanviec"));
        command
            .args(words)
            .arg("--data-dir")
            .arg(self.data())
            // Every command works from any directory.
            .current_dir(self.folder.path());
        if let Some(database) = &self.database {
            command.args(["--database", database]);
        }
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// What a command said that must succeed.
    pub(crate) fn says(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{words:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn serve(&self, more: &[&str]) -> Server {
        self.serving(more, Stdio::null())
    }

    /// As [`serve`](Self::serve), with the log in a file.
    pub(crate) fn serve_logging(&self, more: &[&str]) -> (Server, PathBuf) {
        let path = self.file("log", "");
        let log = std::fs::File::create(&path).unwrap();
        (self.serving(more, Stdio::from(log)), path)
    }

    fn serving(&self, more: &[&str], log: Stdio) -> Server {
        let words = [&["serve", "--listen", "127.0.0.1:0"], more].concat();
        let mut child = self
            .command(&words)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = Vec::new();
        let address = lines
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| {
                let address = line
                    .split_once("http://")
                    .and_then(|(_, rest)| rest.split_once(' '));
                let address = address.map(|(address, _)| address.to_owned());
                said.push(line);
                address
            })
            .expect("the address is printed");
        Server {
            child,
            address,
            said,
            _lines: Box::new(lines),
        }
    }
}

pub(crate) struct Server {
    child: Child,
    address: String,
    /// What it printed up to its address.
    pub(crate) said: Vec<String>,
    // The pipe stays open: the server may still print.
    _lines: Box<dyn Iterator<Item = std::io::Result<String>>>,
}

impl Server {
    /// Status, head and body of a GET.
    pub(crate) fn get(&self, path: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_lowercase(), body.to_owned())
    }

    /// Sends this, and reads until the server closes the connection.
    pub(crate) fn send(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        let (status, head, body) = self.get(path);
        assert_eq!(status, 200, "{path}: {body}");
        assert!(!head.contains("transfer-encoding: chunked"), "{head}");
        serde_json::from_str(&body).unwrap()
    }

    /// Asks until the answer is right, for ten seconds at most.
    pub(crate) fn until(&self, path: &str, right: impl Fn(&serde_json::Value) -> bool) {
        let started = std::time::Instant::now();
        while !right(&self.json(path)) {
            assert!(started.elapsed() < Duration::from_secs(10), "{path}");
        }
    }

    /// Ctrl-C; whether it ended well.
    pub(crate) fn stop(mut self) -> bool {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &id])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap().success()
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The folder of real data, or `None` where there is none, which fails where it is required.
pub(crate) fn real_data(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("SANVIEC_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(file);
    if path.is_file() {
        return Some(path.canonicalize().unwrap());
    }
    assert!(
        std::env::var_os("SANVIEC_REQUIRE_REAL_DATA").is_none(),
        "no real data"
    );
    eprintln!("NOT RUN: no real data in {}", folder.display());
    None
}
