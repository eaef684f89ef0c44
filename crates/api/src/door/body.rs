//! Bodies: each has a size, a time and a number of others beside it that it must keep to.
//!
//! The web server cuts heads that come too slowly, but would wait for a body for ever.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use actix_web::web::{Bytes, BytesMut};
use futures_core::Stream;

use crate::app::App;
use crate::problem::Problem;

/// Reads the body, if there is one, so that a handler never waits for it.
///
/// What is refused stays in `coming`; see [`Answered`].
pub(super) async fn read(
    app: &App,
    req: &ServiceRequest,
    coming: &mut Payload,
) -> Result<Bytes, Problem> {
    let most = app.config.max_body;
    match announced(req.headers()) {
        Announced::Nothing => return Ok(Bytes::new()),
        Announced::Bytes(bytes) if bytes > most as u64 => return Err(Problem::BodyTooLarge(most)),
        Announced::Bytes(_) | Announced::Unknown => {}
    }
    let Ok(_one_of_few) = app.bodies.try_acquire() else {
        return Err(Problem::Busy);
    };
    tokio::time::timeout(app.config.body_deadline, whole(coming, most))
        .await
        .unwrap_or(Err(Problem::BodyCut))
}

async fn whole(coming: &mut Payload, most: usize) -> Result<Bytes, Problem> {
    let mut body = BytesMut::new();
    while let Some(piece) = poll_fn(|context| Pin::new(&mut *coming).poll_next(context)).await {
        let piece = piece.map_err(|_| Problem::BodyCut)?;
        if body.len() + piece.len() > most {
            return Err(Problem::BodyTooLarge(most));
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

enum Announced {
    Nothing,
    Bytes(u64),
    Unknown,
}

fn announced(headers: &HeaderMap) -> Announced {
    if headers.contains_key(TRANSFER_ENCODING) {
        return Announced::Unknown;
    }
    let length = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    match length {
        None | Some(0) => Announced::Nothing,
        Some(bytes) => Announced::Bytes(bytes),
    }
}

/// The answer to a request whose body was not read to its end.
///
/// It holds the rest until it is sent itself. A body that was let go earlier, and came in chunks,
/// would be read on without any deadline before the connection is closed.
pub(super) struct Answered {
    answer: BoxBody,
    _unread: Payload,
}

impl Answered {
    pub(super) fn boxed(answer: BoxBody, unread: Payload) -> BoxBody {
        BoxBody::new(Self {
            answer,
            _unread: unread,
        })
    }
}

impl MessageBody for Answered {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.answer.size()
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.get_mut().answer).poll_next(context)
    }
}
