//! A page that says what happened and where to go on.

use actix_web::{HttpResponse, HttpResponseBuilder};
use askama::Template;

use super::link::{self, Search};
use super::{Frame, Section};
use crate::app::App;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "error.html")]
struct Page {
    f: Frame,
    title: String,
    detail: String,
    points: Vec<String>,
    search: Search,
    code: String,
}

/// The page for a problem.
pub(crate) fn error(
    app: &App,
    visit: &Visit,
    mut answer: HttpResponseBuilder,
    title: String,
    detail: String,
    points: Vec<String>,
) -> HttpResponse {
    let mut f = Frame::new(app, visit, Section::None, title.clone());
    f.indexed = false;
    f.canonical = None;
    // The address itself may be what is wrong.
    f.other = link::home(f.other_lang());
    let page = Page {
        f,
        title,
        detail,
        points,
        search: Search::default(),
        code: visit.request_id.clone(),
    };
    match page.render() {
        Ok(html) => answer.content_type("text/html; charset=utf-8").body(html),
        // The template only places strings; were it to fail, the words still arrive.
        Err(_) => answer
            .content_type("text/plain; charset=utf-8")
            .body(format!("{}\n{}\n", page.title, page.detail)),
    }
}
