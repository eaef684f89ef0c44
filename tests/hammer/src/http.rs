//! A plain HTTP/1.1 client that says in which way an answer failed to come.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// Whether the server closes the connection after it.
    pub closes: bool,
}

/// In which way no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// Nobody took the connection or the request.
    NotTaken,
    /// The request was written, and the connection was reset without a byte: the system does so
    /// where a program closes a connection whose last bytes it has not read.
    Unread,
    /// The request was written, and the connection closed without a byte.
    NoAnswer,
    /// The answer had begun.
    Cut,
}

/// A connection that is kept.
pub struct Client {
    stream: BufReader<TcpStream>,
    address: String,
}

impl Client {
    /// Connects.
    ///
    /// # Errors
    /// NotTaken.
    pub fn connect(address: &str) -> Result<Self, Broken> {
        let stream = TcpStream::connect(address).map_err(|_| Broken::NotTaken)?;
        stream.set_nodelay(true).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        Ok(Self {
            stream: BufReader::new(stream),
            address: address.to_owned(),
        })
    }

    /// Sends a request.
    ///
    /// # Errors
    /// NotTaken.
    pub fn send(&mut self, path: &str) -> Result<(), Broken> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        let stream = self.stream.get_mut();
        stream
            .write_all(request.as_bytes())
            .map_err(|_| Broken::NotTaken)
    }

    /// Reads the answer to it.
    ///
    /// # Errors
    /// Unread, NoAnswer, Cut.
    pub fn receive(&mut self) -> Result<Answer, Broken> {
        let mut line = String::new();
        match self.stream.read_line(&mut line) {
            Ok(0) => return Err(Broken::NoAnswer),
            Err(error) if error.kind() == ErrorKind::ConnectionReset && line.is_empty() => {
                return Err(Broken::Unread);
            }
            Err(_) => return Err(Broken::Cut),
            Ok(_) => {}
        }
        let status = line.split(' ').nth(1).and_then(|word| word.parse().ok());
        let (mut length, mut closes) = (0, false);
        loop {
            line.clear();
            if self.stream.read_line(&mut line).unwrap_or(0) == 0 {
                return Err(Broken::Cut);
            }
            let head = line.trim().to_ascii_lowercase();
            if head.is_empty() {
                break;
            }
            if let Some(value) = head.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            closes |= head == "connection: close";
            assert!(!head.starts_with("transfer-encoding"), "{head}");
        }
        let mut body = vec![0; length];
        let read = self.stream.read_exact(&mut body);
        read.map_err(|_| Broken::Cut)?;
        Ok(Answer {
            status: status.ok_or(Broken::Cut)?,
            body,
            closes,
        })
    }

    /// Sends a request and reads the answer.
    ///
    /// # Errors
    /// In which way no answer came.
    pub fn get(&mut self, path: &str) -> Result<Answer, Broken> {
        self.send(path)?;
        self.receive()
    }
}
