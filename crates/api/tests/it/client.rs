//! A server of its own for each test, and an HTTP client of few lines.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use api::ServeConfig;

use crate::fake::FakeExchange;

/// No test waits longer than this for anything.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) exchange: Arc<FakeExchange>,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::with(|_| {})
    }

    /// Over these vacancies.
    pub(crate) fn over(exchange: FakeExchange) -> Self {
        Self::starting(|_| {}, exchange)
    }

    pub(crate) fn with(change: impl FnOnce(&mut ServeConfig)) -> Self {
        Self::starting(change, FakeExchange::new())
    }

    fn starting(change: impl FnOnce(&mut ServeConfig), exchange: FakeExchange) -> Self {
        let mut config = ServeConfig {
            workers: 1,
            stop_seconds: 1,
            ..ServeConfig::default()
        };
        change(&mut config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let exchange = Arc::new(exchange);
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn({
            let exchange = Arc::clone(&exchange);
            move || {
                actix_rt::System::new().block_on(async move {
                    let server = api::serve(config, exchange, listener).unwrap();
                    tell.send(server.handle()).unwrap();
                    server.await.unwrap();
                });
            }
        });
        Self {
            address,
            exchange,
            handle: told.recv_timeout(PATIENCE).unwrap(),
            thread: Some(thread),
        }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[])
    }

    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers)
    }

    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut stream = self.connect();
        let more: String = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let head =
            format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{more}\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        Answer::read(stream)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The command is sent at once; the thread ends when the server has stopped.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking());
        }
    }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Everything up to the end of the connection.
    pub(crate) fn read(mut stream: TcpStream) -> Self {
        let mut raw = Vec::new();
        stream.read_to_end(&mut raw).unwrap();
        let end = raw
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap_or_else(|| panic!("no head in {:?}", String::from_utf8_lossy(&raw)));
        let head = String::from_utf8(raw[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        Self {
            status: status.parse().unwrap(),
            headers: lines
                .map(|line| line.split_once(": ").unwrap())
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect(),
            body: raw[end + 4..].to_vec(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// What a reader reads: the text of the main part without tags, entities resolved.
    pub(crate) fn shown(&self) -> String {
        let html = self.text();
        let main = html
            .split_once("<main")
            .unwrap()
            .1
            .split_once("</main>")
            .unwrap()
            .0;
        let mut shown = String::new();
        let mut inside = true;
        for letter in main.chars() {
            match letter {
                '<' => inside = true,
                '>' if inside => {
                    inside = false;
                    shown.push(' ');
                }
                '\u{a0}' if !inside => shown.push(' '),
                _ if !inside => shown.push(letter),
                _ => {}
            }
        }
        let plain = shown
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&#38;", "&");
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
