//! `sanviec import list` and `sanviec import undo`.

use domain::actor::Actor;
use domain::error::Error;
use domain::time::time_in_viet_nam;
use serde_json::json;
use store::batch::{self, Batch, State};

use super::say;
use crate::arguments::{ImportList, ImportUndo};
use crate::clock::stamp;
use crate::command::rank::read_id;
use crate::failure::Failure;
use crate::house::House;

/// Vacancies that are shown one by one.
const SHOWN: usize = 50;

/// The files that were taken, the newest first.
pub(crate) fn list(house: &House, ask: &ImportList) -> Result<(), Failure> {
    let pool = house.open_existing()?;
    let limit = i64::try_from(ask.limit).unwrap_or(i64::MAX);
    for batch in batch::list(&mut *pool.get()?, Actor::Operator, limit)? {
        if ask.json {
            say(format_args!("{}", as_json(&batch)))?;
        } else {
            say(format_args!("{}", as_line(&batch)))?;
        }
    }
    Ok(())
}

fn as_json(batch: &Batch) -> serde_json::Value {
    let tally = batch.tally;
    json!({
        "batch": batch.id.to_string(), "source": batch.source, "file": batch.file,
        "state": batch.state.as_str(), "started_at": batch.started_at.to_rfc3339(),
        "new": tally.new, "changed": tally.changed, "same": tally.same, "refused": tally.refused,
    })
}

fn as_line(batch: &Batch) -> String {
    let tally = batch.tally;
    format!(
        "{}  {}  {}  {}  {} mới / new, {} đổi / changed, {} như cũ / same, {} không nhận / refused",
        batch.id,
        time_in_viet_nam(batch.started_at).format("%Y-%m-%d %H:%M"),
        state(batch.state),
        batch.file,
        tally.new,
        tally.changed,
        tally.same,
        tally.refused,
    )
}

const fn state(state: State) -> &'static str {
    match state {
        State::Running => "chưa xong / not ended",
        State::Done => "xong / done",
        State::Stopped => "dừng giữa chừng / stopped",
        State::Undone => "đã bỏ / undone",
    }
}

/// Undoes the taking of a file.
pub(crate) fn undo(house: &House, ask: &ImportUndo) -> Result<(), Failure> {
    let id = read_id(&ask.batch)?;
    let pool = house.open_existing()?;
    let undone = batch::undo(&mut *pool.get()?, Actor::Operator, id, &stamp());
    let undone = undone.map_err(|error| refusal(error, &ask.batch))?;
    for left in undone.left.iter().take(SHOWN) {
        match &left.title {
            Some(title) => say(format_args!(
                "{}: để nguyên, đã có người hoặc đợt khác sửa sau đó / left, somebody or another batch \
                 has changed it since: {title}",
                left.id
            ))?,
            None => say(format_args!(
                "{}: đã bị xoá trước đó / it has been removed before",
                left.id
            ))?,
        }
    }
    let (removed, restored, left) = (undone.removed, undone.restored, undone.left.len());
    say(format_args!(
        "bỏ {removed} tin mới, trả {restored} tin về như trước, để nguyên {left} / removed {removed} new, \
         put back {restored}, left {left}"
    ))?;
    if ask.json {
        say(format_args!(
            "{}",
            json!({ "removed": removed, "restored": restored, "left": left })
        ))?;
    }
    Ok(())
}

fn refusal(error: Error, batch: &str) -> Failure {
    match error {
        Error::NotFound => Failure::Failed(format!(
            "không có đợt {batch}; xem `sanviec import list` / there is no batch {batch}, see `sanviec \
             import list`"
        )),
        Error::Conflict => Failure::Failed(format!(
            "đợt {batch} đã được bỏ rồi / batch {batch} has been undone already"
        )),
        other => other.into(),
    }
}
