//! `sanviec serve`.

mod demo;

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use domain::error::Error;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::say;
use crate::arguments::Serve;
use crate::config::IndexConfig;
use crate::exchange::{LiveExchange, Places, home};
use crate::failure::Failure;
use crate::house::House;
use crate::keeper::Keeper;
use crate::live::{Live, Written};
use crate::worker;

/// Serves until it is told to stop; the next start goes on.
pub(crate) fn run(house: &House, ask: &Serve) -> Result<(), Failure> {
    let config = &house.config;
    let listener = TcpListener::bind(config.listen)
        .map_err(Failure::io(&format!("listening on {}", config.listen)))?;
    let address = listener
        .local_addr()
        .map_err(Failure::io("asking for the address"))?;
    let started = Instant::now();
    let pool = house.open()?;
    let demo = if ask.demo {
        Some(demo::fill(house, &pool)?)
    } else {
        None
    };
    let live = Arc::new(house.searched_over(pool)?);
    let exchange = Arc::new(LiveExchange {
        live: Arc::clone(&live),
        codes: Arc::clone(&house.codes),
        places: Places::new(
            &house.codes.units,
            home(config.serve.centre.places(), &house.codes.units),
        ),
    });
    let data_dir = house.data_dir.clone();
    let (stop, stopped) = channel();
    let (broken, breaks) = tokio::sync::oneshot::channel();
    let (armed, is_armed) = channel();
    let following = Following {
        index: house.index_dir(),
        look_every: config.look_every,
        commits: config.index,
    };
    let behind = std::thread::spawn(move || {
        let followed = follow(&live, following, &stopped, || {
            // Who reads the address may use it, and stop the server, at once.
            let _ = is_armed.recv();
            if let Some(filled) = &demo {
                filled.say(&live.snapshot(), &data_dir)?;
            }
            say_ready(&live, address, started.elapsed())
        });
        // Where nothing can be followed, nothing is served: the server stops. It may have already.
        if followed.is_err() {
            let _ = broken.send(());
        }
        followed
    });
    let served = serve(config.serve.clone(), exchange, listener, armed, breaks);
    drop(stop);
    behind
        .join()
        .map_err(|_| Failure::Failed("the tail of the change log broke off".to_owned()))??;
    served
}

fn say_ready(live: &Live, address: SocketAddr, took: Duration) -> Result<(), Failure> {
    if live.snapshot().vacancies.is_empty() {
        say(format_args!(
            "Chưa có việc làm nào. Thêm bằng: sanviec import vacancies FILE.csv, hoặc chạy lại với --demo\n\
             There are no vacancies yet. Add some: sanviec import vacancies FILE.csv, or start with --demo"
        ))?;
    }
    say(format_args!(
        "Sàn Việc: http://{address} ({:.1} s)",
        took.as_secs_f32()
    ))
}

/// How what is served is kept up.
struct Following {
    index: PathBuf,
    /// How often the change log is looked at.
    look_every: Duration,
    commits: IndexConfig,
}

/// Fills what is served, and then follows the change log with the durable index behind it, until
/// the sender is gone.
fn follow(
    live: &Arc<Live>,
    how: Following,
    stopped: &Receiver<()>,
    ready: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let Some(held) = fill(live, &how, stopped)? else {
        return Ok(());
    };
    ready()?;
    let (stop_keeper, keeper_stopped) = channel();
    let keeper = {
        let live = Arc::clone(live);
        let keeper = Keeper::new(how.index, held);
        std::thread::spawn(move || keeper.run(&live, how.commits, &keeper_stopped))
    };
    let (stop_worker, worker_stopped) = channel();
    let worker = {
        let live = Arc::clone(live);
        std::thread::spawn(move || worker::run(&live, &worker_stopped))
    };
    while stopped.recv_timeout(how.look_every) == Err(RecvTimeoutError::Timeout) {
        if let Err(error) = live.catch_up() {
            tracing::warn!(%error, "the change log could not be read; trying again");
        }
    }
    drop((stop_keeper, stop_worker));
    let ended = (keeper.join(), worker.join());
    if let (Ok(()), Ok(())) = ended {
        Ok(())
    } else {
        Err(Failure::Failed(
            "the keeper of the index or the worker broke off".to_owned(),
        ))
    }
}

/// What the index held, once all is filled; `None` where it is told to stop before. A database that
/// is away for a while is waited for: until then answers are 503.
fn fill(
    live: &Live,
    how: &Following,
    stopped: &Receiver<()>,
) -> Result<Option<Option<Written>>, Failure> {
    loop {
        match live.fill(&how.index) {
            Ok(held) => return Ok(Some(held)),
            Err(error @ Error::Unavailable(_)) => {
                tracing::warn!(%error, "the database cannot be read; trying again");
            }
            Err(error) => return Err(error.into()),
        }
        if stopped.recv_timeout(how.look_every) != Err(RecvTimeoutError::Timeout) {
            return Ok(None);
        }
    }
}

fn serve(
    config: api::ServeConfig,
    exchange: Arc<LiveExchange>,
    listener: TcpListener,
    armed: Sender<()>,
    breaks: tokio::sync::oneshot::Receiver<()>,
) -> Result<(), Failure> {
    actix_web::rt::System::new()
        .block_on(async move {
            let mut signals = Signals::new()?;
            // Nobody may have waited for it.
            let _ = armed.send(());
            let told = async move {
                tokio::select! {
                    () = signals.wait() => {}
                    // A sender that went away without a word has nothing to stop.
                    Ok(()) = breaks => {}
                }
            };
            api::serve_until(config, exchange, listener, told).await
        })
        .map_err(Failure::io("serving"))
}

/// Ctrl-C, or SIGTERM as a service manager sends it: heard from the moment this is made.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
