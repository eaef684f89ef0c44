//! What a reader is told, in both languages.
//!
//! 1. Every part of a fit has its sentence, with numbers and names as the language writes them.
//! 2. What is not known, or not asked, is said so.
//! 3. Changes are said with what they bring, in the right form for one and for many; people are
//!    never counted under five.

use domain::code::{
    Codes, CommuneIx, Contracts, Lang, LegacyProvinceIx, ProvinceIx, Shifts, SkillIx,
    TrainingField, TrainingRank,
};
use domain::seeker::{Seeker, Training, Worked};
use domain::vacancy::{Asked, AskedSkill, Confidence, Offer, Workplace};
use matching::change::seeker::Addition;
use matching::change::vacancy::Relaxation;
use matching::change::{Gain, Moved};
use matching::definition::{Rules, score};
use matching::explain::{Reason, Words, explain};
use matching::settings::Part;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::world::{codes_with_step, offer, person, rules, stats};

fn some<T>(of: impl Strategy<Value = T>) -> T {
    of.new_tree(&mut TestRunner::deterministic())
        .unwrap()
        .current()
}

fn level(rank: u8) -> TrainingRank {
    TrainingRank::new(rank).unwrap()
}

fn field(value: u16) -> TrainingField {
    TrainingField::new(value).unwrap()
}

fn asked(skill: u32, essential: bool, confidence: Confidence) -> AskedSkill {
    AskedSkill {
        skill: SkillIx(skill),
        essential,
        confidence,
    }
}

/// Asks for everything.
fn vacancy() -> Offer {
    Offer {
        skills: Asked::Required(vec![
            asked(0, true, Confidence::SURE),
            asked(7, true, Confidence::SURE),
            asked(9, true, Confidence::SURE),
            asked(10, false, Confidence::SURE),
        ]),
        occupations: vec!["7212".parse().unwrap()],
        level: Asked::Required(level(4)),
        field: Some(field(715)),
        workplaces: vec![Workplace::Commune(CommuneIx(2))],
        remote: false,
        lodging: false,
        shuttle: false,
        abroad: false,
        months: Asked::Required(12),
        wage: Some(8_000_000),
        contracts: Contracts::from_bits(1),
        shifts: Shifts::from_bits(1),
        ..some(offer())
    }
}

/// Has something of everything.
fn welder() -> Seeker {
    Seeker {
        skills: vec![SkillIx(0), SkillIx(8)],
        occupations: vec!["7213".parse().unwrap()],
        trainings: vec![Training {
            level: Some(level(3)),
            field: Some(field(713)),
        }],
        worked: vec![Worked {
            group: "72".parse().unwrap(),
            months: 1,
        }],
        work_told: true,
        residence: Some(CommuneIx(3)),
        wished_communes: Vec::new(),
        wished_provinces: Vec::new(),
        anywhere: false,
        wished_wage: Some(10_000_000),
        contracts: Contracts::from_bits(1),
        shifts: Shifts::from_bits(2),
        ..some(person())
    }
}

fn said(rules: &Rules, offer: &Offer, seeker: &Seeker, lang: Lang) -> Vec<String> {
    let words = Words::new(&rules.codes, lang);
    let fit = score(rules, offer, seeker);
    explain(rules, offer, seeker, &fit)
        .iter()
        .map(|line| format!("{}: {}", words.part(line.part), words.reason(&line.reason)))
        .collect()
}

#[test] // 1
fn every_part_has_its_sentence() {
    let rules = rules(some(stats()));
    let (offer, seeker) = (vacancy(), welder());
    assert_eq!(
        said(&rules, &offer, &seeker, Lang::Vi),
        [
            "Kỹ năng: có 1/3 kỹ năng bắt buộc; có 0/1 kỹ năng nên có; có kỹ năng gần với: k7; \
             còn thiếu: k9, k10",
            "Nghề: nghề rất gần",
            "Trình độ: trình độ 3 (yêu cầu: 4); chuyên ngành gần, hoặc chưa rõ chuyên ngành",
            "Nơi làm việc: cách 15 km",
            "Kinh nghiệm: 1 tháng trong nhóm nghề “72” (yêu cầu: 12 tháng)",
            "Lương và điều kiện: lương bằng 80% mong muốn; hợp đồng như mong muốn; \
             ca làm khác mong muốn",
        ]
    );
    assert_eq!(
        said(&rules, &offer, &seeker, Lang::En),
        [
            "Skills: has 1 of 3 essential skills; has 0 of 1 desirable skill; has a skill close \
             to: s7; missing: s9, s10",
            "Occupation: a very close occupation",
            "Training: level: 3 (asked: 4); a field close to it, or none known",
            "Place: 15 km away",
            "Experience: 1 month in the group “72” (asked: 12 months)",
            "Pay and terms: the pay is 80% of the wish; a contract as wished; \
             not a shift as wished",
        ]
    );
}

#[test] // 1
fn places_are_said_as_they_count() {
    let rules = rules(some(stats()));
    let place =
        |offer: &Offer, seeker: &Seeker, lang| said(&rules, offer, seeker, lang).swap_remove(3);
    let (mut offer, mut seeker) = (vacancy(), welder());
    seeker.residence = Some(CommuneIx(7));
    let tenths = rules.geo.tenths_of_km(CommuneIx(2), CommuneIx(7));
    let (whole, rest) = (tenths / 10, tenths % 10);
    assert_ne!(rest, 0, "{tenths}");
    assert_eq!(
        [Lang::Vi, Lang::En].map(|lang| place(&offer, &seeker, lang)),
        [
            format!("Nơi làm việc: cách {whole},{rest} km"),
            format!("Place: {whole}.{rest} km away"),
        ]
    );
    seeker.residence = Some(CommuneIx(2));
    assert_eq!(
        place(&offer, &seeker, Lang::Vi),
        "Nơi làm việc: ngay trong xã, phường"
    );
    seeker.wished_provinces = vec![ProvinceIx(0)];
    assert_eq!(
        place(&offer, &seeker, Lang::En),
        "Place: where it is wished"
    );
    seeker.wished_provinces.clear();
    // Commune 2 lies in A and old a1, 3 in A and old a2, 5 in B.
    offer.workplaces = vec![Workplace::Province(ProvinceIx(0))];
    assert_eq!(
        place(&offer, &seeker, Lang::En),
        "Place: in A too; the vacancy names the province only"
    );
    let km = |from: u16, to: u16| rules.geo.tenths_of_km(CommuneIx(from), CommuneIx(to)) / 10;
    offer.workplaces = vec![Workplace::Province(ProvinceIx(1))];
    assert_eq!(
        [Lang::Vi, Lang::En].map(|lang| place(&offer, &seeker, lang)),
        [
            format!(
                "Nơi làm việc: ở xa, ngoài B, cách từ {} km trở lên; tin chỉ ghi tỉnh, thành phố, chưa \
                 rõ xã, phường",
                km(2, 5)
            ),
            format!(
                "Place: far away, outside B, {} km or more; the vacancy names the province only",
                km(2, 5)
            ),
        ]
    );
    offer.workplaces = vec![Workplace::LegacyProvince(LegacyProvinceIx(1))];
    assert_eq!(
        place(&offer, &seeker, Lang::En),
        format!(
            "Place: far away, outside a2, {} km or more; the vacancy names the province only",
            km(2, 3)
        )
    );
    offer.remote = true;
    assert_eq!(place(&offer, &seeker, Lang::Vi), "Nơi làm việc: làm từ xa");
}

#[test] // 1
fn the_place_that_counts_is_the_one_that_is_said() {
    // 23 km from each commune to the next: a province of five counts .358 on the mean, and .5 for who
    // lives in it; the next commune .487.
    let mut rules = rules(some(stats()));
    rules.codes = codes_with_step(0.206_8).into();
    let rules = Rules::new(rules.settings, rules.codes, rules.stats);
    let place = Workplace::Province(ProvinceIx(0));
    let offer = Offer {
        workplaces: vec![place, Workplace::Commune(CommuneIx(1))],
        ..vacancy()
    };
    let seeker = Seeker {
        residence: Some(CommuneIx(0)),
        ..welder()
    };
    let fit = score(&rules, &offer, &seeker);
    assert_eq!(fit.part(Part::Location).f, rules.neutral(Part::Location));
    assert_eq!(
        explain(&rules, &offer, &seeker, &fit)[3].reason,
        Reason::Province { place, away: None }
    );
}

#[test] // 1
fn the_group_whose_months_count_is_named() {
    let mut rules = rules(some(stats()));
    rules.codes = real_codes().into();
    let worked = |group: &str, months| Worked {
        group: group.parse().unwrap(),
        months,
    };
    let mut seeker = welder();
    seeker.worked = vec![worked("51", 104), worked("94", 8)];
    let cook = Offer {
        skills: Asked::NotRequired,
        occupations: vec!["9411".parse().unwrap(), "5120".parse().unwrap()],
        ..vacancy()
    };
    let experience = |seeker: &Seeker, lang| said(&rules, &cook, seeker, lang).swap_remove(4);
    assert_eq!(
        experience(&seeker, Lang::Vi),
        "Kinh nghiệm: 104 tháng trong nhóm nghề “nhân viên dịch vụ cá nhân” (yêu cầu: 12 tháng)"
    );
    seeker.worked.clear();
    let none = experience(&seeker, Lang::En);
    assert!(
        none.starts_with("Experience: 0 months in the group “food preparation assistants”"),
        "{none}"
    );
}

#[test] // 2
fn terms_that_are_not_known_are_named() {
    let rules = rules(some(stats()));
    let terms = |offer: &Offer, lang| said(&rules, offer, &welder(), lang).swap_remove(5);
    let no_shift = Offer {
        shifts: Shifts::EMPTY,
        ..vacancy()
    };
    assert_eq!(
        terms(&no_shift, Lang::Vi),
        "Lương và điều kiện: lương bằng 80% mong muốn; hợp đồng như mong muốn; \
         chưa đủ thông tin về ca làm"
    );
    let only_contract = Offer {
        wage: None,
        ..no_shift
    };
    assert_eq!(
        terms(&only_contract, Lang::En),
        "Pay and terms: a contract as wished; not enough is known about: pay, shift"
    );
    let words = Words::new(&rules.codes, Lang::Vi);
    assert_eq!(words.known(849), "đủ thông tin 84%");
}

#[test] // 2
fn what_is_not_known_or_not_asked_is_said() {
    let rules = rules(some(stats()));
    let bare = Offer {
        skills: Asked::NotRequired,
        occupations: Vec::new(),
        level: Asked::NotRequired,
        field: None,
        workplaces: Vec::new(),
        months: Asked::NotRequired,
        wage: None,
        contracts: Contracts::EMPTY,
        shifts: Shifts::EMPTY,
        ..vacancy()
    };
    assert_eq!(
        said(&rules, &bare, &welder(), Lang::Vi),
        [
            "Kỹ năng: không yêu cầu kỹ năng",
            "Nghề: chưa đủ thông tin",
            "Trình độ: không yêu cầu trình độ",
            "Nơi làm việc: chưa đủ thông tin",
            "Kinh nghiệm: không yêu cầu kinh nghiệm",
            "Lương và điều kiện: chưa đủ thông tin",
        ]
    );
    let mut title_only = bare;
    title_only.skills = Asked::Required(vec![asked(9, true, Confidence::LOOKED_UP)]);
    assert_eq!(
        said(&rules, &title_only, &welder(), Lang::Vi)[0],
        "Kỹ năng: có 0/1 kỹ năng bắt buộc; còn thiếu: k9; kỹ năng suy ra từ tiêu đề tin"
    );
}

/// The code lists that are built in.
fn real_codes() -> Codes {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/codes/");
    let text = |name: &str| {
        std::fs::read_to_string(format!("{folder}{name}"))
            .ok()
            .map(Into::into)
    };
    Codes::from_texts(&text).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn gain<C>(change: C, gained: usize, lost: usize) -> Gain<C> {
    Gain {
        change,
        moved: Moved { gained, lost },
    }
}

#[test] // 3
fn additions_are_said_with_what_they_open() {
    let codes = real_codes();
    let [vi, en] = [Lang::Vi, Lang::En].map(|lang| Words::new(&codes, lang));
    let skill = codes.skills.all().find(|(_, skill)| skill.vi == "Hàn TIG");
    let (skill, _) = skill.unwrap();
    assert_eq!(
        vi.opens(&gain(Addition::Skill(skill), 12, 0)),
        "thêm kỹ năng hàn TIG: 12 việc nữa phù hợp"
    );
    assert_eq!(en.addition(Addition::Skill(skill)), "learn TIG welding");
    let up = |field| {
        Addition::Training(Training {
            level: Some(level(4)),
            field,
        })
    };
    assert_eq!(
        vi.opens(&gain(up(None), 1_284, 0)),
        "học lên trình độ trung cấp: 1.284 việc nữa phù hợp"
    );
    assert_eq!(
        en.opens(&gain(up(Some(field(411))), 1, 0)),
        "train up to level: intermediate, field: Accounting and taxation: 1 more job fits"
    );
    let province = (0..).map(ProvinceIx).zip(codes.units.provinces());
    let (province, unit) = province
        .into_iter()
        .find(|(_, unit)| unit.short == "Quảng Ngãi")
        .unwrap();
    assert_eq!(
        vi.addition(Addition::Province(province)),
        format!("nhận cả việc ở {}", unit.name)
    );
    assert_eq!(
        en.opens(&gain(Addition::Further, 2, 0)),
        "go 10 km further to work: 2 more jobs fit"
    );
    assert_eq!(vi.addition(Addition::AnyShift), "nhận ca nào cũng được");
    assert_eq!(vi.vacancies_reached(7), "hiện có 7 việc phù hợp");
    assert_eq!(
        [1, 7].map(|count| en.vacancies_reached(count)),
        ["1 job fits now", "7 jobs fit now"]
    );
}

#[test] // 3
fn people_are_counted_roughly_and_never_under_five() {
    let codes = real_codes();
    let [vi, en] = [Lang::Vi, Lang::En].map(|lang| Words::new(&codes, lang));
    assert_eq!(
        vi.brings(&gain(Relaxation::WageUp, 13, 0)),
        "tăng lương thêm 500.000 đồng mỗi tháng: thêm khoảng 15 người phù hợp"
    );
    assert_eq!(
        en.brings(&gain(Relaxation::WageUp, 1_312, 0)),
        "pay 500,000 VND more a month: about 1,300 more people fit"
    );
    let down = Relaxation::LevelDown(level(3));
    assert_eq!(
        vi.brings(&gain(down, 2, 14)),
        "hạ yêu cầu trình độ xuống sơ cấp: bớt khoảng 10 người phù hợp"
    );
    for few in 0..5 {
        assert_eq!(
            vi.brings(&gain(Relaxation::Shuttle, few, 0)),
            "có xe đưa đón: thêm dưới 5 người phù hợp"
        );
        assert_eq!(en.people_reached(few), "fewer than 5 registered people fit");
    }
    assert_eq!(
        en.brings(&gain(down, 0, 3)),
        "ask only for level: elementary: up to 4 fewer people fit"
    );
    assert_eq!(vi.people_reached(52), "khoảng 50 người đã đăng ký phù hợp");
}
