//! 1. A value of a facet counts those that would be there with it under the other filters.
//! 2. Where nothing is left, the smallest sets of conditions to give up are named, with what each
//!    gives back.
//! 3. What may not be applied for on that day is neither found nor counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::code::{Contracts, Shifts};
use domain::reading::place::Area;
use domain::vacancy::{Status, Vacancy, Workplace};
use search::ask::{Ask, Condition};
use search::facet::{Facet, Filters, WAGE_BANDS};
use search::place::PlaceAsked;

use crate::world::{Draft, codes, day, exact, found, index, number, province};

const HOME: &str = "Quảng Ngãi";

fn vacancy(number: u32) -> Arc<Vacancy> {
    let titles = ["Thợ may", "Thợ hàn", "Thợ điện"];
    let places = [province(HOME), province("Gia Lai"), province("Đắk Lắk")];
    let mut draft = Draft::new(number, titles[(number % 3) as usize]);
    if !number.is_multiple_of(5) {
        draft = draft.wage(u64::from(number % 11) * 3 + 4);
    }
    if !number.is_multiple_of(7) {
        draft = draft.at(Workplace::Province(places[(number / 3 % 3) as usize]));
    }
    let draft = draft.with(|vacancy| {
        vacancy.offer.shifts = Shifts::from_bits(u8::try_from(number % 4).unwrap());
        vacancy.offer.contracts = Contracts::from_bits(u8::try_from(number % 6).unwrap());
        vacancy.offer.closes = number.is_multiple_of(13).then(|| day(10));
    });
    draft.done()
}

fn all() -> Vec<Arc<Vacancy>> {
    (0..200).map(vacancy).collect()
}

/// The values that a vacancy has, said anew from the definition of the facets.
fn values(vacancy: &Vacancy, facet: Facet) -> BTreeSet<u8> {
    let bits = |bits: u64| (0..64).filter(move |at| bits >> at & 1 == 1).collect();
    let offer = &vacancy.offer;
    match facet {
        Facet::Province => offer
            .workplaces
            .iter()
            .map(|place| match place {
                Workplace::Province(at) => u8::try_from(at.index()).unwrap(),
                other => panic!("{other:?}"),
            })
            .collect(),
        Facet::Wage => {
            let band = |wage: u64| WAGE_BANDS.iter().filter(|&&end| wage >= end).count();
            let bands = offer.wage.map(|wage| u8::try_from(band(wage)).unwrap());
            bands.into_iter().collect()
        }
        Facet::Shift => bits(offer.shifts.bits().into()),
        Facet::Contract => bits(offer.contracts.bits().into()),
        Facet::Origin => BTreeSet::from([0]),
        Facet::Trade | Facet::Level | Facet::Experience | Facet::Benefit => BTreeSet::new(),
    }
}

type Narrowed = BTreeMap<Facet, BTreeSet<u8>>;

fn passes(vacancy: &Vacancy, narrowed: &Narrowed, but: Option<Facet>) -> bool {
    let mut filters = narrowed.iter().filter(|(facet, _)| Some(**facet) != but);
    filters.all(|(&facet, wanted)| !values(vacancy, facet).is_disjoint(wanted))
}

fn filters(narrowed: &Narrowed) -> Filters {
    let pairs = narrowed
        .iter()
        .flat_map(|(&facet, values)| values.iter().map(move |&value| (facet, value)));
    pairs.fold(Filters::default(), |filters, (facet, value)| {
        filters.with(facet, value)
    })
}

fn home() -> u8 {
    u8::try_from(province(HOME).index()).unwrap()
}

#[test]
fn facets_count_as_a_scan_does() {
    let all = all();
    let index = index(&all);
    let cases: [Narrowed; 4] = [
        Narrowed::new(),
        [(Facet::Province, [home()].into())].into(),
        [
            (Facet::Province, [home()].into()),
            (Facet::Wage, [2, 3].into()),
        ]
        .into(),
        [
            (Facet::Shift, [0].into()),
            (Facet::Contract, [1, 2].into()),
            (Facet::Wage, [0].into()),
        ]
        .into(),
    ];
    for (text, title) in [("", None), ("thợ may", Some("Thợ may"))] {
        for narrowed in &cases {
            let mut ask = Ask::new(text, 5);
            ask.filters = filters(narrowed);
            ask.today = Some(day(11));
            let answer = index.search(ask);
            let open: Vec<&Vacancy> = all
                .iter()
                .map(|vacancy| &**vacancy)
                .filter(|vacancy| vacancy.offer.is_open(day(11)))
                .filter(|vacancy| title.is_none_or(|title| vacancy.title == title))
                .collect();
            let total = open
                .iter()
                .filter(|vacancy| passes(vacancy, narrowed, None))
                .count();
            assert_eq!(answer.total, total as u64);
            for facet in Facet::ALL {
                let mut expected: BTreeMap<u8, u32> = BTreeMap::new();
                for vacancy in open
                    .iter()
                    .filter(|vacancy| passes(vacancy, narrowed, Some(facet)))
                {
                    for value in values(vacancy, facet) {
                        *expected.entry(value).or_default() += 1;
                    }
                }
                let counted: BTreeMap<u8, u32> = answer.counts.of(facet).collect();
                assert_eq!(counted, expected, "{text:?} {narrowed:?} {facet:?}");
            }
        }
    }
}

#[test]
fn the_fewest_conditions_to_give_up_are_those_of_a_scan() {
    let all = all();
    let index = index(&all);
    let place = PlaceAsked::new(vec![Area::Province(province(HOME))], &codes().units);
    let cases: [(&str, Narrowed); 4] = [
        (
            "thợ may",
            [
                (Facet::Contract, [2].into()),
                (Facet::Wage, [3].into()),
                (Facet::Shift, [1].into()),
            ]
            .into(),
        ),
        (
            "thợ hàn",
            [(Facet::Contract, [1].into()), (Facet::Wage, [1, 4].into())].into(),
        ),
        ("phi công", [(Facet::Wage, [5].into())].into()),
        (
            "thợ điện",
            [(Facet::Wage, [0].into()), (Facet::Shift, [4].into())].into(),
        ),
    ];
    let mut seen = 0;
    for (text, narrowed) in cases {
        let mut ask = Ask::new(text, 5);
        ask.filters = filters(&narrowed);
        ask.place = Some(&place);
        ask.today = Some(day(11));
        let answer = index.search(ask);
        let conditions: Vec<Condition> = [Condition::Words, Condition::Place]
            .into_iter()
            .chain(narrowed.keys().map(|&facet| Condition::Filter(facet)))
            .collect();
        let passing = |dropped: &BTreeSet<Condition>| {
            let holds = |vacancy: &Vacancy, condition| match condition {
                Condition::Words => vacancy.title.to_lowercase() == text,
                Condition::Place => place.fits(&vacancy.offer, &codes().units),
                Condition::Filter(facet) => !values(vacancy, facet).is_disjoint(&narrowed[&facet]),
            };
            let open = all.iter().filter(|vacancy| vacancy.offer.is_open(day(11)));
            let kept: Vec<_> = conditions
                .iter()
                .filter(|known| !dropped.contains(known))
                .collect();
            open.filter(|vacancy| kept.iter().all(|&&known| holds(vacancy, known)))
                .count() as u64
        };
        let sets = (0_u32..1 << conditions.len()).map(|set| {
            let within = conditions
                .iter()
                .enumerate()
                .filter(|(at, _)| set >> at & 1 == 1);
            within.map(|(_, &known)| known).collect::<BTreeSet<_>>()
        });
        let giving: Vec<BTreeSet<Condition>> = sets.filter(|set| passing(set) > 0).collect();
        let is_least = |set: &&BTreeSet<_>| {
            !giving
                .iter()
                .any(|other| other != *set && other.is_subset(set))
        };
        let least: BTreeMap<BTreeSet<Condition>, u64> = giving
            .iter()
            .filter(is_least)
            .map(|set| (set.clone(), passing(set)))
            .collect();
        let drops = answer.drops.iter();
        let given: BTreeMap<BTreeSet<Condition>, u64> = drops
            .map(|drop| (drop.conditions.iter().copied().collect(), drop.count))
            .collect();
        assert_eq!(answer.total, 0, "{text}");
        assert_eq!(given, least, "{text}");
        seen += least.len();
    }
    assert!(seen > 5, "the cases are too easy: {seen}");
}

#[test]
fn closed_ones_are_not_found_on_that_day() {
    let closed = [
        Draft::new(1, "Thợ hàn").with(|vacancy| vacancy.offer.closes = Some(day(4))),
        Draft::new(2, "Thợ hàn").with(|vacancy| vacancy.offer.status = Status::Paused),
        Draft::new(3, "Thợ hàn").with(|vacancy| vacancy.offer.filled = 1),
        Draft::new(4, "Thợ hàn").with(|vacancy| vacancy.offer.closes = Some(day(5))),
    ];
    let index = index(&closed.map(Draft::done));
    let mut ask = Ask::new("thợ hàn", 10);
    ask.today = Some(day(5));
    let answer = index.search(ask);
    assert_eq!((exact(&answer), answer.total), (vec![4], 1));
    assert_eq!(answer.places.len(), 1);
    assert_eq!(
        answer.counts.of(Facet::Origin).collect::<Vec<_>>(),
        [(0, 1)]
    );
    ask.text = "";
    let everything: Vec<u32> = index
        .search(ask)
        .places
        .iter()
        .map(|place| number(place.id.0))
        .collect();
    assert_eq!(everything, [4]);
    assert_eq!(found(&index, "thợ hàn").len(), 4);
}
