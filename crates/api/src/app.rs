//! What all handlers share.

use std::sync::Arc;

use actix_web::web;
use tokio::sync::Semaphore;

use crate::assets::Assets;
use crate::config::ServeConfig;
use crate::exchange::{Exchange, Trouble};
use crate::problem::Problem;

/// One for all workers.
pub(crate) struct App {
    pub(crate) config: ServeConfig,
    pub(crate) assets: Assets,
    /// Bodies that may still come in at once.
    pub(crate) bodies: Semaphore,
    exchange: Arc<dyn Exchange>,
    questions: Arc<Semaphore>,
}

impl App {
    pub(crate) fn new(config: ServeConfig, exchange: Arc<dyn Exchange>) -> Self {
        Self {
            assets: Assets::load(),
            bodies: Semaphore::new(config.max_bodies),
            questions: Arc::new(Semaphore::new(config.max_questions)),
            exchange,
            config,
        }
    }

    /// Asks the exchange on the blocking pool.
    ///
    /// A question keeps its permit until it is answered, even where the reader is long gone: what
    /// is bounded is the work, not the number of readers that wait.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Exchange) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Problem> {
        let Ok(permit) = Arc::clone(&self.questions).try_acquire_owned() else {
            return Err(Problem::Busy);
        };
        let exchange = Arc::clone(&self.exchange);
        let answer = web::block(move || {
            let answer = question(exchange.as_ref());
            drop(permit);
            answer
        });
        match answer.await {
            Ok(answer) => answer.map_err(Problem::from),
            Err(_) => Err(Problem::inside("the exchange panicked")),
        }
    }
}
