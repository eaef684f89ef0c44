//! `sanviec match ... --what-if`: which small change would bring how many more.

use domain::code::Codes;
use domain::seeker::Seeker;
use domain::vacancy::Offer;
use matching::change::seeker::{Addition, Openings, add};
use matching::change::vacancy::{Relaxation, relax};
use matching::change::{Gain, Shown};
use matching::explain::Words;
use serde_json::{Value, json};

use super::{Way, nobody_for, nothing_for, say, say_empty, say_json};
use crate::failure::Failure;
use crate::live::Snapshot;

/// What a person could add.
pub(super) fn of_seeker(snapshot: &Snapshot, seeker: &Seeker, way: Way) -> Result<(), Failure> {
    let openings = Openings::new(&snapshot.rules, &snapshot.vacancies.all());
    let added = add(&snapshot.rules, &openings, seeker, way.as_of);
    let words = Words::new(&snapshot.rules.codes, way.lang);
    if added.now == 0
        && added.gains.is_empty()
        && let Some(empty) = nothing_for(snapshot, seeker, way.as_of)
    {
        return say_empty(snapshot, way, Some(&empty));
    }
    let first = added.gains.iter().take(way.limit);
    if way.json {
        say_json(&json!({ "type": "reached", "vacancies": added.now }))?;
        for gain in first {
            say_json(&json!({
                "type": "change",
                "change": addition(&snapshot.rules.codes, gain.change),
                "gained": gain.moved.gained,
                "lost": gain.moved.lost,
                "text": words.opens(gain),
            }))?;
        }
        return Ok(());
    }
    say(format_args!("{}", words.vacancies_reached(added.now)))?;
    if added.gains.is_empty() {
        say(format_args!("{}", words.nothing_to_add()))?;
    }
    for (at, gain) in first.enumerate() {
        say(format_args!("{:>4}  {}", at + 1, words.opens(gain)))?;
    }
    Ok(())
}

/// What an employer could relax, as far as it brings people. Their numbers are shown rounded.
pub(super) fn of_vacancy(snapshot: &Snapshot, offer: &Offer, way: Way) -> Result<(), Failure> {
    let relaxed = relax(&snapshot.rules, &snapshot.people, offer, way.as_of);
    let words = Words::new(&snapshot.rules.codes, way.lang);
    let helps = |gain: &&Gain<Relaxation>| gain.moved.net() > 0;
    let is_of_no_use = !relaxed.gains.iter().any(|gain| helps(&gain));
    if relaxed.now == 0
        && is_of_no_use
        && let Some(empty) = nobody_for(snapshot, offer, way.as_of)
    {
        return say_empty(snapshot, way, Some(&empty));
    }
    let first = relaxed.gains.iter().filter(helps).take(way.limit);
    if way.json {
        say_json(&json!({ "type": "reached", "people": shown(relaxed.now) }))?;
        for gain in first {
            say_json(&json!({
                "type": "change",
                "change": relaxation(&snapshot.rules.codes, gain.change),
                "net": net(gain),
                "text": words.brings(gain),
            }))?;
        }
        return Ok(());
    }
    say(format_args!("{}", words.people_reached(relaxed.now)))?;
    if relaxed.gains.is_empty() {
        say(format_args!("{}", words.nothing_to_relax()))?;
    } else if is_of_no_use {
        say(format_args!("{}", words.no_relaxation_helps()))?;
    }
    for (at, gain) in first.enumerate() {
        say(format_args!("{:>4}  {}", at + 1, words.brings(gain)))?;
    }
    Ok(())
}

/// About so many; null: fewer than five.
fn shown(people: usize) -> Value {
    match Shown::of(people) {
        Shown::Few => Value::Null,
        Shown::About(about) => about.into(),
    }
}

fn net(gain: &Gain<Relaxation>) -> Value {
    let net = gain.moved.net();
    match Shown::of(net.unsigned_abs()) {
        Shown::Few => Value::Null,
        Shown::About(about) if net < 0 => json!(-(about as i64)),
        Shown::About(about) => about.into(),
    }
}

fn addition(codes: &Codes, change: Addition) -> Value {
    match change {
        Addition::Skill(skill) => {
            let code = codes.skills.get(skill).map(|skill| skill.code.as_str());
            json!({ "kind": "skill", "skill": code })
        }
        Addition::Training(training) => {
            json!({ "kind": "training", "level": training.level, "field": training.field })
        }
        Addition::Further => json!({ "kind": "further", "km": 10 }),
        Addition::Province(province) => {
            let province = codes.units.province(province);
            let code = province.map(|province| province.code.as_str());
            json!({ "kind": "province", "province": code })
        }
        Addition::Anywhere => json!({ "kind": "anywhere" }),
        Addition::AnyShift => json!({ "kind": "any_shift" }),
        Addition::AnyContract => json!({ "kind": "any_contract" }),
    }
}

fn relaxation(codes: &Codes, change: Relaxation) -> Value {
    let code = |skill| codes.skills.get(skill).map(|skill| skill.code.as_str());
    match change {
        Relaxation::LevelDown(level) => json!({ "kind": "level", "level": level }),
        Relaxation::WageUp => {
            json!({ "kind": "wage", "more": matching::change::vacancy::WAGE_STEP })
        }
        Relaxation::Shuttle => json!({ "kind": "shuttle" }),
        Relaxation::Lodging => json!({ "kind": "lodging" }),
        Relaxation::NoExperience => json!({ "kind": "no_experience" }),
        Relaxation::MadeDesirable(skill) => json!({ "kind": "desirable", "skill": code(skill) }),
        Relaxation::Dropped(skill) => json!({ "kind": "dropped", "skill": code(skill) }),
    }
}
