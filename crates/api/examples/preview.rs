//! Serves the pages over invented vacancies, to look at them: `cargo run -p api --example preview`
//! (an address such as `127.0.0.1:8080` may follow).

#[path = "../tests/it/fake.rs"]
mod fake;

use std::net::TcpListener;
use std::sync::Arc;

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let exchange = Arc::new(fake::FakeExchange::new());
    let config = api::ServeConfig::default();
    api::serve(config, exchange, TcpListener::bind(address)?)?.await
}
