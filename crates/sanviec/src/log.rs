//! The log: to standard error, for people or for programs.

use std::fmt::{Debug, Write};
use std::io::IsTerminal;
use std::panic::PanicHookInfo;

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{FilterExt, LevelFilter, filter_fn};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{LogConfig, LogFormat};

/// Begins to log.
pub(crate) fn start(log: &LogConfig) {
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let lines = match log.format {
        LogFormat::Human => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    // The hints spare the work for what nobody wants.
    let own = filter_fn(|said| !is_of_wire(said)).with_max_level_hint(LevelFilter::TRACE);
    let wire = filter_fn(is_of_wire).with_max_level_hint(LevelFilter::ERROR);
    let wanted = log.filter.clone().and(own);
    tracing_subscriber::registry()
        .with(lines.with_filter(wanted))
        // Last: it logs itself, after the others are done with the event.
        .with(Wire.with_filter(wire))
        .init();
    std::panic::set_hook(Box::new(panicked));
}

/// Where it was, not what was said: the words of a panic may hold what somebody typed.
fn panicked(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    tracing::error!(place, "a panic");
}

/// Says again what the HTTP layer says, at the level that it has for us: what a caller sends is no
/// error of this server.
struct Wire;

fn is_of_wire(said: &Metadata<'_>) -> bool {
    said.target() == "actix_http::h1::dispatcher" && *said.level() == Level::ERROR
}

impl<S: Subscriber> Layer<S> for Wire {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut said = Said(String::new());
        event.record(&mut said);
        match said.0.strip_prefix("stream error: ") {
            Some(why) => tracing::info!(why, "a request could not be read"),
            None => tracing::error!("{}", said.0),
        }
    }
}

/// The message of an event.
struct Said(String);

impl Visit for Said {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            let _ = write!(self.0, "{value:?}");
        }
    }
}
