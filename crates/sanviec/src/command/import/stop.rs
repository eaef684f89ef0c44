//! Ctrl-C while a file is taken.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::signal::unix::{SignalKind, signal};

use crate::failure::Failure;

/// Whether somebody wants it to stop.
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// From here on the first Ctrl-C only asks; a second one ends at once, since a file that is a
    /// pipe may never give another row.
    pub(super) fn watch() -> Result<Self, Failure> {
        let failed = Failure::io("listening for Ctrl-C");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .map_err(&failed)?;
        let mut interrupt = {
            let _inside = runtime.enter();
            signal(SignalKind::interrupt()).map_err(&failed)?
        };
        let asked = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&asked);
        std::thread::spawn(move || {
            runtime.block_on(async {
                interrupt.recv().await;
                told.store(true, Ordering::Relaxed);
                interrupt.recv().await;
                std::process::exit(130);
            });
        });
        Ok(Self(asked))
    }

    pub(super) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
