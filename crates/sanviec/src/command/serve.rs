//! `sanviec serve`.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use domain::actor::Actor;
use store::Pool;

use super::say;
use crate::arguments::Serve;
use crate::clock::stamp;
use crate::demo;
use crate::exchange::LiveExchange;
use crate::failure::Failure;
use crate::house::House;
use crate::live::Live;

/// How often the change log is looked at: a change is seen within a second.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// People or vacancies of one transaction of the demonstration.
const BATCH: usize = 1_000;

/// Serves until it is told to stop; the next start goes on.
pub(crate) fn run(house: &House, ask: &Serve) -> Result<(), Failure> {
    let listener = TcpListener::bind(ask.listen)
        .map_err(Failure::io(&format!("listening on {}", ask.listen)))?;
    let address = listener
        .local_addr()
        .map_err(Failure::io("asking for the address"))?;
    let started = Instant::now();
    let pool = house.open()?;
    if ask.demo {
        fill(house, &pool, ask.seed)?;
    }
    drop(pool);
    let live = Arc::new(house.live()?);
    if live.snapshot().vacancies.is_empty() {
        say(format_args!(
            "Chưa có việc làm nào. Thêm bằng: sanviec import vacancies FILE.csv, hoặc chạy lại với --demo\n\
             There are no vacancies yet. Add some: sanviec import vacancies FILE.csv, or start with --demo"
        ))?;
    }
    let exchange = Arc::new(LiveExchange {
        live: Arc::clone(&live),
        codes: Arc::clone(&house.codes),
    });
    say(format_args!(
        "Sàn Việc: http://{address} ({:.1} s)",
        started.elapsed().as_secs_f32()
    ))?;
    let (stop, stopped) = channel();
    let tail = std::thread::spawn(move || tail(&live, &stopped));
    let served = serve(exchange, listener);
    end_tail(stop, tail)?;
    served
}

fn serve(exchange: Arc<LiveExchange>, listener: TcpListener) -> Result<(), Failure> {
    actix_web::rt::System::new()
        .block_on(api::serve_until(
            api::ServeConfig::default(),
            exchange,
            listener,
            told_to_stop(),
        ))
        .map_err(Failure::io("serving"))
}

/// Ctrl-C, or SIGTERM as a service manager sends it.
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        tracing::warn!("SIGTERM cannot be heard; only Ctrl-C stops");
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

fn end_tail(stop: Sender<()>, tail: std::thread::JoinHandle<()>) -> Result<(), Failure> {
    drop(stop);
    tail.join()
        .map_err(|_| Failure::Failed("the tail of the change log broke off".to_owned()))
}

/// Follows the change log until the sender is gone.
fn tail(live: &Live, stopped: &Receiver<()>) {
    while stopped.recv_timeout(LOOK_EVERY) == Err(RecvTimeoutError::Timeout) {
        if let Err(error) = live.catch_up() {
            tracing::warn!(%error, "the change log could not be read; trying again");
        }
    }
}

/// Fills an empty database with the made-up province; one that has something in it stays.
fn fill(house: &House, pool: &Pool, seed: u64) -> Result<(), Failure> {
    let conn = &mut *pool.get()?;
    let is_empty = store::vacancy::all(conn, &house.codes)?.is_empty();
    if !is_empty {
        return Ok(());
    }
    let stamp = stamp();
    let province = demo::province(&house.codes, seed, stamp.today())
        .map_err(|error| Failure::Failed(format!("the demonstration: {error}")))?;
    store::vacancy::save_employers(conn, Actor::System, &province.employers, &stamp)?;
    for batch in province.seekers.chunks(BATCH) {
        store::seeker::save(conn, &house.codes, Actor::System, batch, &stamp)?;
    }
    store::skill_stats::compute(conn, &house.codes, Actor::System, &stamp)?;
    // Last and whole: an interrupted start leaves no vacancy, and the next one fills again.
    store::vacancy::save(
        conn,
        &house.codes,
        Actor::System,
        &province.vacancies,
        &stamp,
    )?;
    Ok(())
}
