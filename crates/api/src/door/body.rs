//! Bodies: each has a size, a time and a number of others beside it that it must keep to.
//!
//! The web server cuts heads that come too slowly, but would wait for a body for ever.

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use actix_web::web;

use crate::app::App;
use crate::problem::Problem;

/// Reads the body, if there is one, so that a handler never waits for it.
pub(super) async fn take(app: &App, req: &mut ServiceRequest) -> Result<(), Problem> {
    let most = app.config.max_body;
    match announced(req) {
        Announced::Nothing => return Ok(()),
        Announced::Bytes(bytes) if bytes > most as u64 => return Err(Problem::BodyTooLarge(most)),
        Announced::Bytes(_) | Announced::Unknown => {}
    }
    let Ok(_one_of_few) = app.bodies.try_acquire() else {
        return Err(Problem::Busy);
    };
    let coming = req
        .extract::<web::Payload>()
        .await
        .map_err(|_| Problem::BodyCut)?
        .to_bytes_limited(most);
    match tokio::time::timeout(app.config.body_deadline, coming).await {
        Ok(Ok(Ok(bytes))) => {
            req.set_payload(Payload::from(bytes));
            Ok(())
        }
        Ok(Err(_)) => Err(Problem::BodyTooLarge(most)),
        Ok(Ok(Err(_))) | Err(_) => Err(Problem::BodyCut),
    }
}

enum Announced {
    Nothing,
    Bytes(u64),
    Unknown,
}

fn announced(req: &ServiceRequest) -> Announced {
    if req.headers().contains_key(TRANSFER_ENCODING) {
        return Announced::Unknown;
    }
    let length = req
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    match length {
        None | Some(0) => Announced::Nothing,
        Some(bytes) => Announced::Bytes(bytes),
    }
}
