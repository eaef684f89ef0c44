//! The one place that reads the clock and draws ids.

use chrono::{DateTime, Utc};
use domain::time::Stamp;
use uuid::{ContextV7, Timestamp, Uuid};

thread_local! {
    static CONTEXT: ContextV7 = const { ContextV7::new() };
}

/// The time it is.
#[expect(
    clippy::disallowed_methods,
    reason = "the clock is read here and handed in everywhere else"
)]
pub(crate) fn stamp() -> Stamp {
    Stamp::new(Utc::now(), fresh)
}

fn fresh(at: DateTime<Utc>) -> Uuid {
    CONTEXT.with(|context| {
        let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
        Uuid::new_v7(Timestamp::from_unix(
            context,
            seconds,
            at.timestamp_subsec_nanos(),
        ))
    })
}
