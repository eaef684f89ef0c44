//! What this exchange is, who runs it, and what it does not do.

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;

use super::{Frame, Section, answer};
use crate::app::App;
use crate::problem::Problem;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "about.html")]
struct Page {
    f: Frame,
    run_by: String,
}

/// `GET /gioi-thieu`
pub(crate) async fn about(app: Data<App>, visit: Visit) -> Result<HttpResponse, Problem> {
    let t = visit.texts();
    let f = Frame::new(&app, &visit, Section::About, t.t("about-title"));
    let run_by = t.with(
        "about-run-by",
        &[("centre", &f.centre), ("superior", &f.superior)],
    );
    answer(&visit, &Page { f, run_by })
}
