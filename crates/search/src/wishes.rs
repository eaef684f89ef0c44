//! The conditions of a query against the vacancies of a segment.

use domain::code::{Benefits, Codes, Contracts, Shifts};
use domain::vacancy::{Asked, Vacancy};
use roaring::RoaringBitmap;

use crate::fits::{self, Holds};
use crate::level::{Level, languages};
use crate::part::{Entry, Laid, There};
use crate::phrases::{Kind, Meaning, Phrases};
use crate::segment::Row;
use crate::understand::Understood;
use crate::words::Word;

/// What is left of a score where a condition is open, and where it fails; in thousandths.
const PLACE: [u32; 2] = [900, 400];
const OTHER: [u32; 2] = [890, 700];
const WAGE: [u32; 2] = [850, 700];

/// What is left where a title is for learners or heads and the query asks for neither.
const LEARNER: u32 = 700;
const HEAD: u32 = 900;
/// What is left where a title asks for other languages than the query.
const OTHER_LANGUAGE: u32 = 500;

/// Conditions, with who says in words that one holds.
pub(crate) struct Conditions<'q> {
    read: &'q Understood,
    there: Option<There>,
    /// With who says so in words.
    wishes: Vec<(Wish, RoaringBitmap)>,
    not: RoaringBitmap,
}

/// What a title says beside the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kindred {
    pub(crate) level: Level,
    pub(crate) languages: u16,
}

impl Kindred {
    pub(crate) fn of(title: &[Word]) -> Self {
        Self {
            level: Level::of_words(title),
            languages: languages(title),
        }
    }
}

/// How a vacancy does under the conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// No condition fails.
    pub(crate) fits: bool,
    /// What is left of its score, in thousandths.
    pub(crate) share: u32,
}

impl<'q> Conditions<'q> {
    pub(crate) fn new(read: &'q Understood, codes: &Codes, phrases: &Phrases, laid: &Laid) -> Self {
        let segment = &laid.segment;
        let wishes = read.wishes.iter().map(|wish| {
            let ways = phrases.ways(&wish.meaning).iter();
            let having = ways.map(|way| segment.phrase(way));
            let said = having.fold(RoaringBitmap::new(), |all, way| all | way);
            (Wish::of(&wish.meaning), said)
        });
        let not = read.not.iter().map(|words| {
            let folded: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
            let mut having = segment.phrase(&folded);
            for word in words.iter().filter(|word| word.has_accents()) {
                let said = segment.said.of(&word.said);
                having &= said.map(|known| known.any.clone()).unwrap_or_default();
            }
            having
        });
        let unwanted = read
            .unwanted
            .iter()
            .flat_map(|meaning| phrases.ways(meaning));
        let unwanted = unwanted.map(|way| segment.phrase(way));
        Self {
            wishes: wishes.collect(),
            not: not
                .chain(unwanted)
                .fold(RoaringBitmap::new(), |all, having| all | having),
            there: read
                .place
                .as_ref()
                .map(|place| laid.there(place, &codes.units)),
            read,
        }
    }

    /// Who has what is not wanted.
    pub(crate) const fn not(&self) -> &RoaringBitmap {
        &self.not
    }

    /// Leaves out who fails for sure.
    pub(crate) fn possible(&self, rows: RoaringBitmap) -> RoaringBitmap {
        let rows = rows - &self.not;
        match &self.there {
            Some(there) => rows & there.possible(),
            None => rows,
        }
    }

    /// Whether somebody who is [`Self::possible`] may still fail.
    pub(crate) fn may_fail(&self) -> bool {
        self.read.wage.is_some()
            || self.read.months.is_some()
            || self.wishes.iter().any(|(wish, _)| wish.may_fail())
    }

    pub(crate) fn standing(&self, row: Row, entry: &Entry) -> Standing {
        let Entry { vacancy, kind, .. } = entry;
        let mut standing = Standing {
            fits: true,
            share: 1_000,
        };
        if let Some(there) = &self.there {
            standing.take(there.holds(row), PLACE);
        }
        standing.take(fits::wage(self.read, vacancy), WAGE);
        if let Some(months) = self.read.months {
            standing.take(fits::months(months, vacancy), OTHER);
        }
        if !self.read.asks_level(Level::Learner) && kind.level == Level::Learner {
            standing.share = standing.share * LEARNER / 1_000;
        }
        if !self.read.asks_level(Level::Head) && kind.level == Level::Head {
            standing.share = standing.share * HEAD / 1_000;
        }
        let asked = self.read.languages;
        if asked != 0 && kind.languages != 0 && kind.languages & asked == 0 {
            standing.share = standing.share * OTHER_LANGUAGE / 1_000;
        }
        for (wish, said) in &self.wishes {
            let holds = if said.contains(row) {
                Holds::Yes
            } else {
                wish.holds(vacancy)
            };
            standing.take(holds, OTHER);
        }
        standing
    }
}

impl Standing {
    fn take(&mut self, holds: Holds, [open, failed]: [u32; 2]) {
        let share = match holds {
            Holds::Yes => 1_000,
            Holds::Likely => (1_000 + open) / 2,
            Holds::Unknown => open,
            Holds::No => failed,
        };
        self.fits &= holds != Holds::No;
        self.share = self.share * share / 1_000;
    }
}

/// A wish, with its codes looked up.
struct Wish {
    kind: Kind,
    contracts: Contracts,
    shifts: Shifts,
    benefits: Benefits,
}

impl Wish {
    fn of(meaning: &Meaning) -> Self {
        let mut wish = Self {
            kind: meaning.kind,
            contracts: Contracts::EMPTY,
            shifts: Shifts::EMPTY,
            benefits: Benefits::EMPTY,
        };
        for code in meaning.value.split('|') {
            wish.contracts = wish.contracts.with(code).unwrap_or(wish.contracts);
            wish.shifts = wish.shifts.with(code).unwrap_or(wish.shifts);
            wish.benefits = wish.benefits.with(code).unwrap_or(wish.benefits);
        }
        wish
    }

    /// Whether [`Self::holds`] may say no.
    fn may_fail(&self) -> bool {
        match self.kind {
            Kind::NoExperience | Kind::NoDegree => true,
            Kind::Contract | Kind::Shift => !self.contracts.is_empty(),
            _ => false,
        }
    }

    fn holds(&self, vacancy: &Vacancy) -> Holds {
        let offer = &vacancy.offer;
        let known = |has: bool| if has { Holds::Yes } else { Holds::Unknown };
        match self.kind {
            Kind::NoExperience => fits::months(0, vacancy),
            Kind::NoDegree => match offer.level {
                Asked::NotRequired => Holds::Yes,
                Asked::NotSaid => Holds::Unknown,
                Asked::Required(rank) if rank.get() <= 1 => Holds::Yes,
                Asked::Required(_) => Holds::No,
            },
            Kind::Lodging => known(offer.lodging),
            Kind::Shuttle => known(offer.shuttle),
            Kind::Remote => known(offer.remote),
            // People say "part time" as they say "by night"; the code list has it among contracts.
            Kind::Contract | Kind::Shift => {
                let has = self.contracts.bits() & offer.contracts.bits() != 0
                    || self.shifts.bits() & offer.shifts.bits() != 0;
                if !has && !self.contracts.is_empty() && !offer.contracts.is_empty() {
                    Holds::No
                } else {
                    known(has)
                }
            }
            Kind::Benefit | Kind::Meal => {
                known(self.benefits.bits() & vacancy.benefits.bits() != 0)
            }
            Kind::Abroad => known(offer.abroad),
            // What is wished of the person, or of the list, is no condition for a vacancy.
            Kind::Level | Kind::Group | Kind::NearMe | Kind::Today => Holds::Yes,
            Kind::Noise | Kind::Negation | Kind::WageMore | Kind::WageLess => Holds::Yes,
        }
    }
}
