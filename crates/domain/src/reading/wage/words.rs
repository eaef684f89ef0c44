//! The phrases of a wage that are not figures.

use super::Unit;
use super::per::PIECES;
use crate::reading::token::Token;

/// The words of a text, to look for phrases. Signs part them, so that no phrase reaches over one.
pub(super) struct Words(String);

impl Words {
    pub(super) fn of(tokens: &[Token]) -> Self {
        let mut all = " ".to_owned();
        for token in tokens {
            match token {
                Token::Word(word) => all.push_str(word),
                Token::Number(_) => all.push('0'),
                Token::Sign(sign) => all.push(*sign),
            }
            all.push(' ');
        }
        Self(all)
    }

    pub(super) fn any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.last(phrase).is_some())
    }

    /// Where the phrase stands for the last time.
    fn last(&self, phrase: &str) -> Option<usize> {
        self.0.rfind(&format!(" {phrase} "))
    }

    /// Whether one of the first phrases stands after all of the second.
    fn ends_with_one(&self, phrases: &[&str], others: &[&str]) -> bool {
        let last = |phrases: &[&str]| phrases.iter().filter_map(|phrase| self.last(phrase)).max();
        last(phrases) > last(others)
    }

    pub(super) fn is_negotiable(&self) -> bool {
        self.any(&NEGOTIABLE)
    }

    pub(super) fn is_vague(&self) -> bool {
        self.any(&VAGUE)
    }

    pub(super) fn is_piecework(&self) -> bool {
        self.any(&["san pham", "sp", "khoan", "so luong", "nang suat"])
            || PIECES
                .iter()
                .any(|piece| self.any(&[&format!("theo {piece}")]))
    }

    /// Pay by results and nothing else to tell what kind.
    pub(super) fn is_commission(&self) -> bool {
        self.any(&COMMISSION)
            || self.any(&["%", "phan tram"])
                && !self.any(&["thu viec", "luong co ban", "dong bao hiem"])
    }

    /// A base is named.
    pub(super) fn is_base(&self) -> bool {
        self.any(&BASE)
    }

    /// Pay that hangs on results is named, where a figure or a base stands beside it.
    pub(super) fn has_results(&self, has_base: bool) -> bool {
        let added = |what: &str| {
            [
                "+",
                "cong",
                "va",
                "kem",
                "thuong",
                "them",
                "cong them",
                "cong tien",
                "+ tien",
                "+ luong",
            ]
            .iter()
            .any(|sign| self.any(&[&format!("{sign} {what}")]))
        };
        // "+ tiền công theo sản phẩm".
        let sign = ["+", "cong", "kem"]
            .iter()
            .filter_map(|sign| self.last(sign))
            .max();
        let piece = ["san pham", "sp"]
            .iter()
            .filter_map(|piece| self.last(piece))
            .max();
        self.any(&RESULTS)
            || sign.is_some() && piece > sign
            || PERCENT.iter().any(|percent| added(percent))
            || ["san pham", "sp", "khoan", "theo san pham", "luong san pham"]
                .iter()
                .any(|piece| added(piece) || has_base && self.any(&[piece]))
    }

    /// What the words before a figure make of it.
    pub(super) fn role(&self) -> Role {
        if self.any(&[
            "sau thu viec",
            "het thu viec",
            "qua thu viec",
            "chinh thuc",
            "sau do",
        ]) {
            Role::Final
        } else if self.any(&TRIAL) || self.0.starts_with(" dau ") {
            Role::Trial
        } else if self.any(&BASE) {
            Role::Base
        } else if self.0 == " an " || self.any(&ALLOWANCE) && !self.ends_with_one(&WAGE, &ALLOWANCE)
        {
            Role::Allowance
        } else if self.any(&TOTAL) {
            Role::Total
        } else {
            Role::Wage
        }
    }

    /// What is paid for, where it does not stand with the amount: "Lương ngày: 300k".
    pub(super) fn unit(&self) -> Option<Unit> {
        let said = |names: &[&str]| {
            names.iter().any(|name| {
                [
                    "luong",
                    "theo",
                    "moi",
                    "hang",
                    "per",
                    "tinh",
                    "tra",
                    "luong theo",
                ]
                .iter()
                .any(|before| self.any(&[&format!("{before} {name}")]))
            })
        };
        if said(&["gio", "hour", "tieng"]) || self.any(&["hourly"]) {
            Some(Unit::Hour)
        } else if said(&["ngay", "day", "cong", "ca", "buoi"])
            || self.any(&["daily", "cong nhat", "ngay cong"])
        {
            Some(Unit::Day)
        } else if said(&["tuan", "week"]) || self.any(&["weekly"]) {
            Some(Unit::Week)
        } else if said(&["thang", "month"]) || self.any(&["monthly"]) {
            Some(Unit::Month)
        } else {
            None
        }
    }
}

/// What a figure is within the wage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Wage,
    /// What is paid whatever the results.
    Base,
    /// With all that comes on top.
    Total,
    /// While on trial or learning.
    Trial,
    /// After the trial.
    Final,
    /// Meals, petrol, overtime: no wage.
    Allowance,
}

const NEGOTIABLE: [&str; 16] = [
    "thoa thuan",
    "thoathuan",
    "toa thuan",
    "thao thuan",
    "thoa thuam",
    "tho thuan",
    "thuong luong",
    "thong luong",
    "trao doi",
    "deal",
    "nego",
    "negotiable",
    "negotiation",
    "negotiate",
    "ban bac",
    "tu thoa thuan",
];
const VAGUE: [&str; 23] = [
    "canh tranh",
    "hap dan",
    "nang luc",
    "tay nghe",
    "quy dinh",
    "qui dinh",
    "quy che",
    "he so",
    "luong vung",
    "toi thieu vung",
    "vung",
    "xung dang",
    "nha nuoc",
    "che do",
    "thang bang luong",
    "bac luong",
    "trinh do",
    "kinh nghiem",
    "competitive",
    "attractive",
    "luong cao",
    "luong tot",
    "muc luong tot",
];
const COMMISSION: [&str; 11] = [
    "hoa hong",
    "huong hh",
    "hh",
    "doanh so",
    "doanh thu",
    "commission",
    "an chia",
    "chia loi nhuan",
    "loi nhuan",
    "chiet khau",
    "an theo doanh so",
];
const RESULTS: [&str; 18] = [
    "hoa hong",
    "hh",
    "doanh so",
    "doanh thu",
    "ds",
    "commission",
    "kpi",
    "kpis",
    "nang suat",
    "hieu qua",
    "hieu suat",
    "thuong san pham",
    "luong san pham",
    "chiet khau",
    "incentive",
    "loi nhuan",
    "performance",
    "thuong nong",
];
const PERCENT: [&str; 4] = ["%", "0 %", "phan tram", "0 phan tram"];
const BASE: [&str; 10] = [
    "luong cung",
    "luong cb",
    "lcb",
    "co ban",
    "can ban",
    "luong nen",
    "cung",
    "base",
    "basic",
    "lc",
];
const TRIAL: [&str; 8] = [
    "thu viec",
    "tv",
    "hoc viec",
    "hoc nghe",
    "dao tao",
    "thang dau",
    "tuan dau",
    "ngay dau",
];
const WAGE: [&str; 6] = ["luong", "lcb", "thu nhap", "tn", "muc luong", "ngay cong"];
const TOTAL: [&str; 4] = ["thu nhap", "tn", "tong", "tong luong"];
const ALLOWANCE: [&str; 37] = [
    "phu cap",
    "pc",
    "tro cap",
    "ho tro",
    "an trua",
    "an uong",
    "an sang",
    "an giua",
    "com",
    "an ca",
    "tien an",
    "tien com",
    "thuong",
    "chuyen can",
    "xang",
    "xang xe",
    "tang ca",
    "tang ca 0",
    "lam them",
    "ngoai gio",
    "nha tro",
    "nha o",
    "dien thoai",
    "di lai",
    "cong tac phi",
    "bhxh",
    "bao hiem",
    "dong bao hiem",
    "le",
    "tet",
    "quan ao",
    "dong phuc",
    "dat coc",
    "coc",
    "ot",
    "tip",
    "tham nien",
];
