//! An exchange in memory. All names, figures and vacancies are invented.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use api::exchange::{
    Coded, Exchange, Facet, Label, Overview, PlaceName, PlaceNow, PlaceRead, Readiness,
    SearchAnswer, SearchAsk, SkillAsked, Start, Suggestion, SuggestionKind, Trade, Trouble,
    Unready, VacancyDetail, VacancyRow, WayOut,
};
use chrono::NaiveDate;
use domain::code::{Benefits, Contracts, Shifts};
use domain::reading::wage::{Period, Wage};
use domain::text::fold;
use domain::vacancy::{Asked, Origin};

/// A vacancy with this title makes [`FakeExchange::vacancy`] panic; others misbehave by their id.
pub(crate) const PANICS: &str = "panics";
pub(crate) const FAILS: &str = "fails";
pub(crate) const SLOW: &str = "slow";
pub(crate) const REBUILDING: &str = "rebuilding";

/// What a failing exchange says inside; no reader may see it.
pub(crate) const SECRET_CAUSE: &str = "disk /dev/secret42 broke";

pub(crate) struct FakeExchange {
    pub(crate) jobs: Vec<(Trade, VacancyDetail)>,
    pub(crate) readiness: Mutex<Readiness>,
    /// A slow question waits until the test lets go of this.
    pub(crate) gate: Mutex<()>,
    /// Set when a slow question has come in.
    pub(crate) waits: AtomicBool,
}

pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap_or_default()
}

fn day(after: u64) -> Option<NaiveDate> {
    today().checked_add_days(chrono::Days::new(after))
}

fn benefits(codes: &[&str]) -> Benefits {
    codes
        .iter()
        .fold(Benefits::EMPTY, |set, code| set.with(code).unwrap_or(set))
}

fn coded(code: &str, vi: &str, en: &str) -> Coded {
    Coded {
        code: code.to_owned(),
        name: Label {
            vi: vi.to_owned(),
            en: en.to_owned(),
        },
    }
}

fn job(id: u32, title: &str, employer: &str, place: &str, wage: Wage) -> VacancyDetail {
    VacancyDetail {
        row: VacancyRow {
            id: format!("01938f7e-5b1a-7c3d-9e2f-{id:012}"),
            title: title.to_owned(),
            employer: employer.to_owned(),
            verified: true,
            origin: Origin::Own,
            source: None,
            wage,
            places: vec![place.to_owned()],
            remote: false,
            benefits: benefits(&["social_insurance", "health_insurance", "meals"]),
            positions: Some(1),
            posted: today().checked_sub_days(chrono::Days::new(3)),
            fetched: None,
            closes: day(5 + u64::from(id % 30)),
        },
        open: true,
        description: String::new(),
        wage_text: String::new(),
        place_text: String::new(),
        external_ref: None,
        occupations: Vec::new(),
        skills: Asked::NotSaid,
        level: Asked::NotSaid,
        months: Asked::NotSaid,
        contracts: Contracts::EMPTY,
        shifts: Shifts::EMPTY,
        similar: Vec::new(),
    }
}

fn welder() -> VacancyDetail {
    let wage = Wage::Range(8_000_000, 10_000_000, Period::Month);
    let mut job = job(
        1,
        "Thợ hàn MIG, hàn điện",
        "Cơ khí Thành Đạt",
        "Phường Kon Tum",
        wage,
    );
    job.row.benefits = benefits(&["social_insurance", "meals", "shuttle"]);
    job.row.positions = Some(6);
    job.description = "Làm tại xưởng ở phường Kon Tum, có quạt hút khói.\n\n- Hàn khung cửa, lan can, bồn nước.\n- Đọc bản vẽ đơn giản, đo và cắt phôi.\n- Giữ dụng cụ và chỗ làm sạch sẽ.\n\nCông ty cấp mặt nạ, găng tay, quần áo bảo hộ.".to_owned();
    job.wage_text = "8 - 10 triệu".to_owned();
    job.place_text = "Kon Tum".to_owned();
    job.occupations = vec![coded(
        "7212",
        "Thợ hàn và thợ cắt bằng lửa",
        "Welders and flame cutters",
    )];
    job.skills = Asked::Required(
        [
            ("hàn MIG", "MIG welding", true),
            ("hàn điện", "arc welding", true),
            ("hàn TIG", "TIG welding", false),
        ]
        .into_iter()
        .map(|(vi, en, essential)| SkillAsked {
            skill: coded("metal.01", vi, en),
            essential,
            inferred: false,
        })
        .collect(),
    );
    job.level = Asked::Required(Label {
        vi: "Sơ cấp".to_owned(),
        en: "Elementary".to_owned(),
    });
    job.months = Asked::Required(24);
    job.contracts = Contracts::EMPTY.with("fixed_12_36").unwrap_or_default();
    job.shifts = Shifts::EMPTY.with("shifts").unwrap_or_default();
    job
}

/// Came from a file, says little, and its title tries to break out of the page.
fn imported() -> VacancyDetail {
    let mut job = job(
        2,
        "Công nhân hàn <script>alert(1)</script> \"&'",
        "<img src=x onerror=alert(2)>",
        "Xã Sa Thầy",
        Wage::Negotiable,
    );
    job.row.verified = false;
    job.row.origin = Origin::Imported;
    job.row.source = Some("tệp <b>tháng 10</b>".to_owned());
    job.row.positions = None;
    job.row.posted = None;
    job.row.fetched = Some(today());
    job.row.closes = None;
    job.row.places = vec![
        "Xã Ya Ly, Quảng Ngãi".to_owned(),
        "Xã Rờ Kơi, Quảng Ngãi".to_owned(),
    ];
    job.row.benefits = Benefits::EMPTY;
    job.skills = Asked::Required(vec![SkillAsked {
        skill: coded("metal.02", "hàn 3G, 6G", "3G and 6G welding"),
        essential: true,
        inferred: true,
    }]);
    job.months = Asked::NotRequired;
    job.level = Asked::Required(Label {
        vi: "Sơ cấp".to_owned(),
        en: "Elementary".to_owned(),
    });
    job.description =
        "<svg onload=alert(3)>\n- {{ 7*7 }} </li><script>alert(4)</script>".to_owned();
    job.wage_text = "Thoả thuận".to_owned();
    job.external_ref = Some("x-1\"><script>alert(5)</script>".to_owned());
    job
}

fn closed() -> VacancyDetail {
    let wage = Wage::From(6_500_000, Period::Month);
    let mut job = job(
        3,
        "Nhân viên buồng phòng",
        "Khách sạn Thông Xanh",
        "Xã Măng Đen",
        wage,
    );
    job.open = false;
    job.row.closes = today().checked_sub_days(chrono::Days::new(2));
    job
}

fn all() -> Vec<(Trade, VacancyDetail)> {
    let mut sewer = job(
        4,
        "Thợ may công nghiệp",
        "May Ngọc Hồi",
        "Xã Bờ Y",
        Wage::Range(7_000_000, 11_000_000, Period::Month),
    );
    sewer.row.positions = Some(40);
    sewer.row.posted = Some(today());
    sewer.row.benefits = benefits(&["shuttle", "meals", "social_insurance", "training"]);
    let mut picker = job(
        5,
        "Hái cà phê, theo vụ",
        "Hợp tác xã Cà phê Đăk Mar",
        "Xã Đăk Mar",
        Wage::Range(350_000, 350_000, Period::Day),
    );
    picker.row.positions = Some(60);
    picker.row.benefits = benefits(&["dormitory", "meals"]);
    picker.contracts = Contracts::EMPTY.with("seasonal").unwrap_or_default();
    let mut coder = job(
        6,
        "Kỹ sư phần mềm Y Blưn, Đĕ, Ŏi",
        "Phần mềm Ngọc Linh",
        "Phường Kon Tum",
        Wage::UpTo(79_050_000, Period::Month),
    );
    coder.row.remote = true;
    coder
        .row
        .places
        .extend(["Phường Đăk Cấm", "Xã Đăk Hà", "Xã Kon Braih"].map(str::to_owned));
    let mut jobs = vec![
        (Trade::Electric, welder()),
        (Trade::Electric, imported()),
        (Trade::Cook, closed()),
        (Trade::Sew, sewer),
        (Trade::Farm, picker),
        (Trade::It, coder),
    ];
    for id in 10..70 {
        let wage = Wage::Range(
            5_000_000 + 100_000 * u64::from(id),
            15_000_000,
            Period::Month,
        );
        let job = job(
            id,
            "Nhân viên bán hàng",
            "Cửa hàng Tây Nguyên",
            "Xã Đăk Hà",
            wage,
        );
        jobs.push((Trade::Shop, job));
    }
    jobs
}

impl FakeExchange {
    pub(crate) fn new() -> Self {
        Self {
            jobs: all(),
            readiness: Mutex::new(Readiness::Ready),
            gate: Mutex::new(()),
            waits: AtomicBool::new(false),
        }
    }

    fn count(&self, q: &str, place: &str, trade: Option<Trade>) -> u64 {
        self.matching(q, place, trade).count() as u64
    }

    fn matching(
        &self,
        q: &str,
        place: &str,
        trade: Option<Trade>,
    ) -> impl Iterator<Item = &VacancyDetail> {
        let (q, place) = (fold(q), fold(place));
        self.jobs
            .iter()
            .filter(move |(known, job)| {
                let text = fold(&format!("{} {}", job.row.title, job.row.employer));
                let places = fold(&job.row.places.join(" "));
                job.open
                    && trade.is_none_or(|trade| trade == *known)
                    && text.contains(&q)
                    && places.contains(&place)
            })
            .map(|(_, job)| job)
    }
}

impl Exchange for FakeExchange {
    fn ready(&self) -> Readiness {
        self.readiness
            .lock()
            .map_or(Readiness::Ready, |ready| ready.clone())
    }

    fn today(&self) -> NaiveDate {
        today()
    }

    fn search(&self, ask: &SearchAsk) -> Result<SearchAnswer, Trouble> {
        misbehave(self, &ask.q)?;
        let known = self.jobs.iter().flat_map(|(_, job)| &job.row.places);
        let place = if ask.place.is_empty() {
            PlaceRead::Anywhere
        } else {
            known
                .clone()
                .find(|known| fold(known).contains(&fold(&ask.place)))
                .map_or(PlaceRead::Unknown, |known| {
                    PlaceRead::Known(vec![PlaceName {
                        name: known.clone(),
                        now: (ask.place == "bo y").then(|| PlaceNow {
                            province: "Tỉnh Quảng Ngãi".to_owned(),
                            communes: 3,
                        }),
                    }])
                })
        };
        let place_words = match &place {
            PlaceRead::Known(places) => places.first().map_or("", |place| place.name.as_str()),
            PlaceRead::Anywhere | PlaceRead::Unknown => "",
        };
        let skip = match &ask.start {
            Start::First => 0,
            Start::Skip(skip) => *skip as usize,
            Start::After(cursor) => cursor
                .parse()
                .map_err(|_| Trouble::StrangeCursor(cursor.clone()))?,
        };
        let total = self.count(&ask.q, place_words, ask.trade);
        let end = skip + usize::from(ask.limit);
        let ways_out = if total > 0 {
            Vec::new()
        } else {
            let way_out = |words, place, facets, count| WayOut {
                words,
                place,
                facets,
                count,
            };
            let all = [
                way_out(
                    false,
                    false,
                    vec![Facet::Trade],
                    self.count(&ask.q, place_words, None),
                ),
                way_out(false, true, Vec::new(), self.count(&ask.q, "", ask.trade)),
                way_out(
                    true,
                    false,
                    Vec::new(),
                    self.count("", place_words, ask.trade),
                ),
            ];
            let is_asked = |way: &WayOut| {
                way.count > 0
                    && (!way.words || !ask.q.is_empty())
                    && (!way.place || !ask.place.is_empty())
                    && (way.facets.is_empty() || ask.trade.is_some())
            };
            all.into_iter().filter(is_asked).collect()
        };
        Ok(SearchAnswer {
            items: self
                .matching(&ask.q, place_words, ask.trade)
                .skip(skip)
                .take(ask.limit.into())
                .map(|job| job.row.clone())
                .collect(),
            total,
            next_cursor: ((end as u64) < total).then(|| end.to_string()),
            place,
            near: Vec::new(),
            understood: Vec::new(),
            corrected: None,
            facets: Vec::new(),
            ways_out,
        })
    }

    fn suggest(&self, text: &str, limit: u16) -> Result<Vec<Suggestion>, Trouble> {
        misbehave(self, text)?;
        let jobs = self.matching(text, "", None);
        let titles = jobs.map(|job| Suggestion {
            kind: SuggestionKind::Title,
            text: job.row.title.clone(),
            count: 1,
        });
        Ok(titles.take(limit.into()).collect())
    }

    fn vacancy(&self, id: &str) -> Result<VacancyDetail, Trouble> {
        misbehave(self, id)?;
        self.jobs
            .iter()
            .find(|(_, job)| job.row.id == id)
            .map(|(_, job)| job.clone())
            .ok_or(Trouble::NotFound)
    }

    fn overview(&self) -> Result<Overview, Trouble> {
        let open = || self.matching("", "", None);
        Ok(Overview {
            vacancies: open().count() as u64,
            positions: open()
                .filter_map(|job| job.row.positions)
                .map(u64::from)
                .sum(),
            trades: Trade::ALL
                .into_iter()
                .filter(|trade| *trade != Trade::Teach)
                .map(|trade| (trade, self.count("", "", Some(trade))))
                .collect(),
            newest: open().skip(2).take(3).map(|job| job.row.clone()).collect(),
            places: [
                "Phường Kon Tum",
                "Phường Đăk Cấm",
                "Xã Đăk Hà",
                "Xã Bờ Y",
                "Xã Măng Đen",
            ]
            .map(str::to_owned)
            .to_vec(),
        })
    }
}

#[expect(
    clippy::panic,
    reason = "one of the things that an exchange must not do, on purpose"
)]
fn misbehave(exchange: &FakeExchange, word: &str) -> Result<(), Trouble> {
    match word {
        PANICS => panic!("the fake exchange panics as asked"),
        FAILS => Err(Trouble::Internal(SECRET_CAUSE.into())),
        SLOW => {
            exchange.waits.store(true, Ordering::SeqCst);
            drop(exchange.gate.lock());
            Ok(())
        }
        REBUILDING => Err(Trouble::Unavailable {
            retry_after: 7,
            reasons: vec![Unready::IndexRebuilding],
        }),
        _ => Ok(()),
    }
}
