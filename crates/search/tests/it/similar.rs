//! Similar vacancies share words of the title, the occupation, skills or the place; those that
//! share more come first. Neither the vacancy itself nor a closed one is among them.

use domain::code::IscoCode;
use domain::id::VacancyId;
use domain::vacancy::{Asked, AskedSkill, Confidence, Workplace};
use search::TextIndex;

use crate::world::{Draft, codes, commune, day, id, index, number, province};

fn trade(draft: Draft, code: &str) -> Draft {
    let code: IscoCode = code.parse().unwrap();
    draft.with(|vacancy| vacancy.offer.occupations = vec![code])
}

fn similar(index: &TextIndex, one: u32) -> Vec<u32> {
    let found: Vec<VacancyId> = index.similar(id(one), Some(day(5)), 10);
    found.into_iter().map(number).collect()
}

#[test]
fn what_shares_more_comes_first() {
    let here = || Workplace::Commune(commune("Xã Đăk Hà"));
    let all = [
        trade(Draft::new(1, "Thợ hàn ống"), "7212").at(here()),
        trade(Draft::new(2, "Thợ hàn ống"), "7212").at(here()),
        trade(Draft::new(3, "Thợ hàn ống"), "7212").at(Workplace::Province(province("Hà Nội"))),
        trade(Draft::new(4, "Nhân viên xưởng cơ khí"), "7212").at(here()),
        trade(Draft::new(5, "Thợ xây"), "7112").at(Workplace::Province(province("Hà Nội"))),
        trade(Draft::new(6, "Kế toán"), "2411").at(here()),
        trade(Draft::new(7, "Thợ hàn ống"), "7212")
            .at(here())
            .with(|vacancy| vacancy.offer.closes = Some(day(4))),
    ];
    let mut index = index(&all.map(Draft::done));
    assert_eq!(similar(&index, 1), [2, 3, 4, 5]);
    assert_eq!(index.similar(id(1), None, 2).len(), 2);
    assert!(index.similar(id(1), None, 10).contains(&id(7)));
    assert_eq!(similar(&index, 99), []);
    index.change(
        &[trade(Draft::new(8, "Thợ hàn ống"), "7212")
            .at(here())
            .done()],
        &[id(2)],
    );
    assert_eq!(similar(&index, 1), [8, 3, 4, 5]);
    assert_eq!(similar(&index, 8), [1, 3, 4, 5]);
}

#[test]
fn skills_that_both_ask_for_count() {
    let skills: Vec<_> = codes().skills.all().map(|(at, _)| at).take(3).collect();
    let asking = |draft: Draft, at: &[usize]| {
        let asked = at.iter().map(|&at| AskedSkill {
            skill: skills[at],
            essential: true,
            confidence: Confidence::SURE,
        });
        let asked: Vec<_> = asked.collect();
        draft
            .with(|vacancy| vacancy.offer.skills = Asked::Required(asked))
            .done()
    };
    let all = [
        asking(Draft::new(1, "Thợ may"), &[0, 1]),
        asking(Draft::new(2, "Thợ may"), &[0, 1]),
        asking(Draft::new(3, "Thợ may"), &[0, 2]),
        asking(Draft::new(4, "Thợ may"), &[2]),
    ];
    assert_eq!(similar(&index(&all), 1), [2, 3, 4]);
}
