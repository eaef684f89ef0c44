//! All addresses. A route that is not in this table does not exist.

use actix_web::guard::{Any, Get, Head};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Resource, Route};

use crate::problem::Problem;
use crate::{page, rest};

/// Addresses with their handlers. All of them only read, so each answers GET and HEAD.
fn table() -> [(&'static [&'static str], Route); 10] {
    [
        (&["/", "/en", "/en/"], web::route().to(page::home)),
        (
            &["/viec-lam", "/en/viec-lam"],
            web::route().to(page::results),
        ),
        (
            &["/viec-lam/{id}", "/en/viec-lam/{id}"],
            web::route().to(page::vacancy),
        ),
        (
            &["/gioi-thieu", "/en/gioi-thieu"],
            web::route().to(page::about),
        ),
        (&["/assets/{name}"], web::route().to(page::asset)),
        (&["/api/v1/health"], web::route().to(rest::health)),
        (&["/api/v1/ready"], web::route().to(rest::ready)),
        (&["/api/v1/suggest"], web::route().to(rest::suggest)),
        (&["/api/v1/vacancies"], web::route().to(rest::vacancies)),
        (&["/api/v1/vacancies/{id}"], web::route().to(rest::vacancy)),
    ]
}

/// Registers them.
pub(crate) fn register(routes: &mut ServiceConfig) {
    for (paths, route) in table() {
        routes.service(
            Resource::new(paths.to_vec())
                .route(route.guard(Any(Get()).or(Head())))
                .default_service(web::to(method_not_allowed)),
        );
    }
    routes.default_service(web::to(not_found));
}

async fn not_found() -> Result<HttpResponse, Problem> {
    Err(Problem::NotFound)
}

async fn method_not_allowed() -> Result<HttpResponse, Problem> {
    Err(Problem::MethodNotAllowed)
}
