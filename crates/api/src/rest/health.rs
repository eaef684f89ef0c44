//! Whether the server lives, and whether it can give right answers.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

use crate::app::App;
use crate::exchange::Readiness;
use crate::problem::Problem;

/// 200 while the process answers at all.
pub(crate) async fn health() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

/// 200 where right answers can be given, else 503 with all that stands in the way.
pub(crate) async fn ready(app: Data<App>) -> Result<HttpResponse, Problem> {
    match app.ask(|exchange| Ok(exchange.ready())).await? {
        Readiness::Ready => Ok(HttpResponse::Ok().json(json!({ "status": "ready" }))),
        Readiness::NotReady {
            reasons,
            retry_after,
        } => Err(Problem::Unavailable {
            retry_after,
            reasons,
        }),
    }
}
