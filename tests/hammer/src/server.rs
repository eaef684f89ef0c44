//! A real `sanviec serve`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::http::Client;
use crate::process::{Programs, signal, until};

/// A server that is killed when it is dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: String,
}

impl Server {
    /// Starts it and waits until it says where it listens.
    pub fn start(programs: &Programs, url: &str, data: &Path, more: &[&str]) -> Self {
        let mut child = command(programs, url, data)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, after) = line.split_once("http://")?;
            Some(after.split_once(' ')?.0.to_owned())
        });
        // The pipe stays open: the server may still print.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            child,
            address: address.expect("the server says where it listens"),
        }
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it as the kernel does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Tells it to stop.
    pub fn tell_to_stop(&self) {
        signal(self.id(), "TERM");
    }

    /// How it ended and after how long; nothing if it did not end in time.
    pub fn ended(&mut self, within: Duration) -> Option<(ExitStatus, Duration)> {
        let mut status = None;
        let took = until(within, || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        })?;
        Some((status?, took))
    }

    /// All vacancies that it serves, page by page: id and title.
    pub fn vacancies(&self) -> Vec<(String, String)> {
        let mut client = Client::connect(&self.address).unwrap();
        let mut all = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/api/v1/vacancies?q=&limit=100&cursor={cursor}");
            let answer = client.get(&path).unwrap();
            assert_eq!(answer.status, 200, "{path}");
            let page: Value = serde_json::from_slice(&answer.body).unwrap();
            for item in page["items"].as_array().unwrap() {
                let text = |name: &str| item[name].as_str().unwrap().to_owned();
                all.push((text("id"), text("title")));
            }
            match page["next_cursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => return all,
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `sanviec` on a database and a data folder.
pub fn command(programs: &Programs, url: &str, data: &Path) -> Command {
    let mut command = Command::new(&programs.sanviec);
    command
        .args(["--database", url, "--data-dir"])
        .arg(data)
        .stdin(Stdio::null());
    command
}
