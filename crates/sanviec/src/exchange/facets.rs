//! Facets of the index and of the API: the same things under their own names.

use api::exchange::{Facet as Named, FacetCounts, FacetValue, Label, Narrow, Trade};
use domain::code::{Benefits, Codes, Contracts, Lang, List, Shifts, TrainingRank};
use domain::vacancy::Origin;
use matching::explain::Words;
use search::facet::{Counts, EXPERIENCE_BANDS, Facet, Filters, WAGE_BANDS};

/// Values of a facet that are offered at most.
const MOST: usize = 12;

/// How trades are numbered in the index.
pub(crate) fn trade_number(trade: Trade) -> Option<u8> {
    let at = Trade::ALL.iter().position(|known| *known == trade)?;
    u8::try_from(at).ok()
}

/// The same facet in the index.
const fn in_index(facet: Named) -> Facet {
    match facet {
        Named::Province => Facet::Province,
        Named::Trade => Facet::Trade,
        Named::Wage => Facet::Wage,
        Named::Experience => Facet::Experience,
        Named::Level => Facet::Level,
        Named::Contract => Facet::Contract,
        Named::Shift => Facet::Shift,
        Named::Benefit => Facet::Benefit,
        Named::Origin => Facet::Origin,
    }
}

/// The same facet in the API.
pub(super) fn named(facet: Facet) -> Option<Named> {
    Named::ALL
        .into_iter()
        .find(|named| in_index(*named) == facet)
}

/// What the list is narrowed to; `None` where a value is not known and nothing can be found.
pub(super) fn filters(trade: Option<Trade>, narrow: &[Narrow], codes: &Codes) -> Option<Filters> {
    let mut filters = Filters::default();
    if let Some(trade) = trade {
        filters = filters.with(Facet::Trade, trade_number(trade)?);
    }
    for Narrow { facet, value } in narrow {
        filters = filters.with(in_index(*facet), number(*facet, value, codes)?);
    }
    Some(filters)
}

fn number(facet: Named, value: &str, codes: &Codes) -> Option<u8> {
    let place = |codes: &[&str]| codes.iter().position(|code| *code == value);
    let at = match facet {
        Named::Province => codes.units.province_by_code(value)?.index(),
        Named::Trade => return trade_number(Trade::parse(value)?),
        Named::Wage => below(value, WAGE_BANDS.len() + 1)?,
        Named::Experience => below(value, EXPERIENCE_BANDS.len() + 1)?,
        Named::Level => return value.parse::<TrainingRank>().ok().map(TrainingRank::get),
        Named::Contract => place(Contracts::CODES)?,
        Named::Shift => place(Shifts::CODES)?,
        Named::Benefit => place(Benefits::CODES)?,
        Named::Origin => place(&Origin::ALL.map(Origin::as_str))?,
    };
    u8::try_from(at).ok()
}

fn below(value: &str, end: usize) -> Option<usize> {
    value.parse().ok().filter(|&number| number < end)
}

/// The counts under the names of the API.
pub(super) fn counts(counts: &Counts, codes: &Codes) -> Vec<FacetCounts> {
    let facets = Named::ALL.into_iter().map(|facet| {
        let values = counts.of(in_index(facet));
        let mut values: Vec<FacetValue> = values
            .filter_map(|(at, count)| value(facet, at, count.into(), codes))
            .collect();
        if !matches!(facet, Named::Wage | Named::Experience | Named::Level) {
            values.sort_by_key(|value| std::cmp::Reverse(value.count));
            values.truncate(MOST);
        }
        FacetCounts { facet, values }
    });
    facets.filter(|facet| !facet.values.is_empty()).collect()
}

fn value(facet: Named, at: u8, count: u64, codes: &Codes) -> Option<FacetValue> {
    let place = usize::from(at);
    let coded = |list: &List, code: &str| {
        let name = |lang| list.name(code, lang).unwrap_or(code).to_owned();
        Label {
            vi: name(Lang::Vi),
            en: name(Lang::En),
        }
    };
    let (value, name) = match facet {
        Named::Province => {
            let unit = codes.units.provinces().get(place)?;
            let name = Label {
                vi: unit.short.clone(),
                en: unit.short.clone(),
            };
            (unit.code.clone(), Some(name))
        }
        Named::Trade => (Trade::ALL.get(place)?.as_str().to_owned(), None),
        Named::Wage | Named::Experience => (at.to_string(), None),
        Named::Level => {
            let rank = TrainingRank::new(at)?;
            let name = |lang| Words::new(codes, lang).level(rank);
            let name = Label {
                vi: name(Lang::Vi),
                en: name(Lang::En),
            };
            (at.to_string(), Some(name))
        }
        Named::Contract => {
            let code = Contracts::CODES.get(place)?;
            (
                (*code).to_owned(),
                Some(coded(&codes.lists.contracts, code)),
            )
        }
        Named::Shift => {
            let code = Shifts::CODES.get(place)?;
            ((*code).to_owned(), Some(coded(&codes.lists.shifts, code)))
        }
        Named::Benefit => {
            let code = Benefits::CODES.get(place)?;
            ((*code).to_owned(), Some(coded(&codes.lists.benefits, code)))
        }
        Named::Origin => (Origin::ALL.get(place)?.as_str().to_owned(), None),
    };
    Some(FacetValue { value, name, count })
}
