//! The door: what happens to every request before and after its handler.
//!
//! It names the request, bounds its address, body and time, turns problems and panics into one
//! answer in the reader's language, adds the headers, and writes one line to the log: method,
//! route pattern, status and time, never the address itself, which may hold what somebody typed.

mod body;
mod headers;
pub(crate) mod request_id;

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpMessage, HttpResponse};

use crate::app::App;
use crate::problem::Problem;
use crate::visit::Visit;

use body::Answered;

/// The middleware.
pub(crate) async fn door(
    app: Data<App>,
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let visit = Visit::of(&req);
    let method = req.method().clone();
    let route = req.match_pattern();
    req.extensions_mut().insert(visit.clone());

    let mut body = req.take_payload();
    let mut outcome = match admit(&app, &req, &mut body).await {
        Ok(body) => {
            req.set_payload(Payload::from(body));
            pass(&app, &visit, req, next).await
        }
        Err(problem) => {
            let answer = reported(&app, &visit, &problem);
            let answer = answer.map_body(|_, answer| Answered::boxed(answer, body));
            Outcome::Answer(req.into_response(answer))
        }
    };
    let over_https = (app.config.public_base_url.as_deref())
        .is_some_and(|address| address.starts_with("https:"));
    let answer = match &mut outcome {
        Outcome::Answer(answer) => answer.response_mut(),
        Outcome::Alone(answer) => answer,
    };
    headers::add(answer.headers_mut(), &visit.request_id, over_https);
    tracing::info!(
        target: "api::access",
        request_id = %visit.request_id,
        %method,
        route = route.as_deref().unwrap_or("-"),
        status = answer.status().as_u16(),
        ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        "answered"
    );
    match outcome {
        Outcome::Answer(answer) => Ok(answer),
        Outcome::Alone(answer) => Err(InternalError::from_response("answered", answer).into()),
    }
}

/// The answer, with its request or, where a panic or deadline took that, without.
enum Outcome {
    Answer(ServiceResponse<BoxBody>),
    Alone(HttpResponse),
}

/// Lets in what is within bounds, with its whole body.
async fn admit(app: &App, req: &ServiceRequest, body: &mut Payload) -> Result<Bytes, Problem> {
    let address = req
        .uri()
        .path_and_query()
        .map_or(0, |address| address.as_str().len());
    if address > app.config.max_url {
        return Err(Problem::UrlTooLong(app.config.max_url));
    }
    body::read(app, req, body).await
}

/// Runs the handler within its deadline.
async fn pass(
    app: &App,
    visit: &Visit,
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Outcome {
    let running = caught(async move { next.call(req).await });
    let problem = match tokio::time::timeout(app.config.handler_deadline, running).await {
        Ok(Some(Ok(answer))) => return mended(app, visit, answer.map_into_boxed_body()),
        Ok(Some(Err(error))) => match error.as_error::<Problem>() {
            Some(problem) => return Outcome::Alone(reported(app, visit, problem)),
            None => Problem::Internal(error.to_string().into()),
        },
        Ok(None) => Problem::inside("a handler panicked"),
        Err(_) => Problem::Late,
    };
    Outcome::Alone(reported(app, visit, &problem))
}

/// The answer as it is, or the problem in it put into words.
fn mended(app: &App, visit: &Visit, answer: ServiceResponse<BoxBody>) -> Outcome {
    let told = match answer.response().error() {
        None => return Outcome::Answer(answer),
        Some(error) => match error.as_error::<Problem>() {
            Some(problem) => reported(app, visit, problem),
            None => reported(app, visit, &Problem::Internal(error.to_string().into())),
        },
    };
    Outcome::Answer(answer.into_response(told))
}

fn reported(app: &App, visit: &Visit, problem: &Problem) -> HttpResponse {
    report(visit, problem);
    problem.answer(app, visit)
}

/// Logs what is our fault, once, with its cause.
fn report(visit: &Visit, problem: &Problem) {
    match problem {
        Problem::Internal(cause) => tracing::error!(
            request_id = %visit.request_id,
            cause = %chain(cause.as_ref()),
            "a request failed inside"
        ),
        Problem::Busy | Problem::Late | Problem::Unavailable { .. } => tracing::warn!(
            request_id = %visit.request_id,
            %problem,
            status = StatusCode::SERVICE_UNAVAILABLE.as_u16(),
            "a request was turned away"
        ),
        _ => {}
    }
}

/// An error and all that it stems from.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut said = error.to_string();
    let mut under = error.source();
    while let Some(cause) = under {
        said.push_str(": ");
        said.push_str(&cause.to_string());
        under = cause.source();
    }
    said
}

/// Runs a future; `None` where it panics. Without this a panic closes the connection unanswered.
async fn caught<T>(running: impl Future<Output = T>) -> Option<T> {
    let mut running = Box::pin(running);
    poll_fn(move |context| {
        // Nothing of the future is touched again after a panic.
        match catch_unwind(AssertUnwindSafe(|| running.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Some(value)),
            Err(_) => Poll::Ready(None),
        }
    })
    .await
}
