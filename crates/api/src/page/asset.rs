//! Style, fonts and icon.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, ContentEncoding};
use actix_web::web::{Data, Path};

use crate::app::App;
use crate::problem::Problem;

/// `GET /assets/{name}`: the name changes with the content, so it may be kept for a year.
pub(crate) async fn asset(app: Data<App>, name: Path<String>) -> Result<HttpResponse, Problem> {
    let asset = app.assets.find(&name).ok_or(Problem::NotFound)?;
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .content_type(asset.mime);
    if asset.mime.starts_with("font/") {
        // Compressed already.
        answer.insert_header(ContentEncoding::Identity);
    }
    Ok(answer.body(asset.bytes.clone()))
}
