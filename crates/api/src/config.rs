//! How the server serves, and whose it is.

use std::time::Duration;

/// How the server serves. [`Default`] is right for a small machine.
#[derive(Debug, Clone)]
pub struct ServeConfig {
    /// Threads that take requests.
    pub workers: usize,
    /// The head of a request is in by then, or the connection is cut.
    pub head_deadline: Duration,
    /// The body of a request is in by then, or the connection is cut.
    pub body_deadline: Duration,
    /// A request is answered by then, or the answer is 503.
    pub handler_deadline: Duration,
    /// An idle connection is kept for so long.
    pub keep_alive: Duration,
    /// When the server stops, requests under way have so many seconds to end.
    pub stop_seconds: u64,
    /// Bytes of path and query at most.
    pub max_url: usize,
    /// Bytes of a body at most.
    pub max_body: usize,
    /// Bodies that may be on their way at once, over all workers; further ones get 503.
    pub max_bodies: usize,
    /// Questions that the exchange answers at once, over all workers; further ones get 503.
    pub max_questions: usize,
    /// The address that the public knows, such as `https://vieclam.example.vn`, without a slash at
    /// the end. Where it is set, pages name their canonical address.
    pub public_base_url: Option<String>,
    /// Whose exchange it is.
    pub centre: Centre,
}

impl Default for ServeConfig {
    fn default() -> Self {
        Self {
            workers: std::thread::available_parallelism().map_or(2, usize::from),
            head_deadline: Duration::from_secs(10),
            body_deadline: Duration::from_secs(30),
            handler_deadline: Duration::from_secs(10),
            keep_alive: Duration::from_secs(15),
            stop_seconds: 10,
            max_url: 2_048,
            max_body: 64 * 1_024,
            max_bodies: 256,
            max_questions: 256,
            public_base_url: None,
            centre: Centre::default(),
        }
    }
}

/// The Employment Service Centre, as the pages name it.
#[derive(Debug, Clone)]
pub struct Centre {
    /// Its full name.
    pub name: String,
    /// Its name beside the mark.
    pub short_name: String,
    /// Where it is.
    pub address: String,
    /// The body that it belongs to.
    pub superior: String,
    /// Its telephone number as people read it, beginning with 0.
    pub phone: String,
}

impl Centre {
    /// The texts that may name its province, the likeliest first.
    pub fn places(&self) -> [&str; 3] {
        [&self.name, &self.superior, &self.address]
    }

    /// The number as a telephone dials it from anywhere: `+84` for the first 0.
    pub fn phone_link(&self) -> String {
        let digits: String = self.phone.chars().filter(char::is_ascii_digit).collect();
        match digits.strip_prefix('0') {
            Some(rest) => format!("tel:+84{rest}"),
            None => format!("tel:{digits}"),
        }
    }
}

impl Default for Centre {
    /// The Centre of the demonstration; the number belongs to nobody.
    fn default() -> Self {
        Self {
            name: "Trung tâm Dịch vụ việc làm tỉnh Quảng Ngãi".to_owned(),
            short_name: "Trung tâm Dịch vụ việc làm Quảng Ngãi".to_owned(),
            address: "Cơ sở Kon Tum, phường Kon Tum".to_owned(),
            superior: "Sở Nội vụ tỉnh Quảng Ngãi".to_owned(),
            phone: "0260 3000 000".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_from_anywhere() {
        assert_eq!(Centre::default().phone_link(), "tel:+842603000000");
        let short = Centre {
            phone: "1900".to_owned(),
            ..Centre::default()
        };
        assert_eq!(short.phone_link(), "tel:1900");
    }
}
