//! The server.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::Data;
use actix_web::{App as Actix, HttpServer};

use crate::app::App;
use crate::config::ServeConfig;
use crate::door::door;
use crate::exchange::Exchange;
use crate::routes;

/// Serves `exchange` on `listener`, to be called inside an actix or tokio runtime.
///
/// The server runs while the returned future is awaited or spawned; its `handle()` stops it,
/// gracefully where asked so. It takes no signals: that is the caller's part.
///
/// # Errors
/// Where the listener cannot be used.
pub fn serve(
    config: ServeConfig,
    exchange: Arc<dyn Exchange>,
    listener: TcpListener,
) -> io::Result<Server> {
    let app = Data::new(App::new(config, exchange));
    let config = &app.config;
    let server = HttpServer::new({
        let app = app.clone();
        move || {
            Actix::new()
                .app_data(app.clone())
                .configure(routes::register)
                // The last is the outermost: what the door answers is compressed too.
                .wrap(from_fn(door))
                .wrap(Compress::default())
        }
    })
    .workers(config.workers.max(1))
    .client_request_timeout(config.head_deadline)
    .keep_alive(config.keep_alive)
    .shutdown_timeout(config.stop_seconds)
    .disable_signals()
    .listen(listener)?;
    Ok(server.run())
}
