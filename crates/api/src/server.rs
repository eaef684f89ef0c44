//! The server.

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::dev::{Server, Service};
use actix_web::http::ConnectionType;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::Data;
use actix_web::{App as Actix, HttpServer};

use crate::app::App;
use crate::config::ServeConfig;
use crate::door::door;
use crate::exchange::Exchange;
use crate::routes;

/// Who sends one request after another hears within this time that the connection closes.
const LEAVE: Duration = Duration::from_millis(500);

/// Serves until `told` is there, and then ends without breaking what it has taken: no new
/// connection is taken, each answer says that its connection closes, and after a moment what is
/// under way is waited for.
///
/// Without that moment, requests that had been read but not begun were dropped unanswered.
///
/// # Errors
/// Where the listener cannot be used.
pub async fn serve_until(
    config: ServeConfig,
    exchange: Arc<dyn Exchange>,
    listener: TcpListener,
    told: impl Future<Output = ()> + 'static,
) -> io::Result<()> {
    let leaving = Arc::new(AtomicBool::new(false));
    let server = start(config, exchange, listener, Arc::clone(&leaving))?;
    let handle = server.handle();
    actix_web::rt::spawn(async move {
        told.await;
        leaving.store(true, Ordering::Relaxed);
        handle.pause().await;
        actix_web::rt::time::sleep(LEAVE).await;
        handle.stop(true).await;
    });
    server.await
}

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
    start(config, exchange, listener, Arc::default())
}

fn start(
    config: ServeConfig,
    exchange: Arc<dyn Exchange>,
    listener: TcpListener,
    leaving: Arc<AtomicBool>,
) -> io::Result<Server> {
    let app = Data::new(App::new(config, exchange));
    let config = &app.config;
    let server = HttpServer::new({
        let app = app.clone();
        move || {
            let leaving = Arc::clone(&leaving);
            Actix::new()
                .app_data(app.clone())
                .configure(routes::register)
                // The last is the outermost: what the door answers is compressed too.
                .wrap(from_fn(door))
                .wrap(Compress::default())
                .wrap_fn(move |request, next| {
                    let leaving = Arc::clone(&leaving);
                    let answer = next.call(request);
                    async move {
                        let mut answer = answer.await?;
                        if leaving.load(Ordering::Relaxed) {
                            let head = answer.response_mut().head_mut();
                            head.set_connection_type(ConnectionType::Close);
                        }
                        Ok(answer)
                    }
                })
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
