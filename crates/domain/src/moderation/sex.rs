//! Asking for one sex: "chỉ tuyển nam", "cần 2 lao động nữ", "giới tính: nữ".

use std::sync::LazyLock;

use super::lists::EQUAL;
use super::phrases::all;
use super::words::{Phrase, Words};
use super::{Concern, Finding, Ground};

/// Words between asking and the sex that is asked.
const BETWEEN: usize = 4;

struct Lists {
    man: Vec<Phrase>,
    woman: Vec<Phrase>,
    asks: Vec<Phrase>,
    joints: Vec<Phrase>,
    goods: Vec<Phrase>,
    equal: Vec<Phrase>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    man: all(&["nam"]),
    woman: all(&["nữ"]),
    asks: all(&[
        "tuyển",
        "chỉ tuyển",
        "chỉ nhận",
        "nhận",
        "cần",
        "ưu tiên",
        "yêu cầu",
        "giới tính",
        "chỉ",
        "không nhận",
        "không tuyển",
        "là",
    ]),
    joints: all(&["và", "hoặc", "lẫn", "cả", "hay"]),
    // What men and women wear, use or need: the work is about it.
    goods: all(&[
        "trang",
        "giày",
        "dép",
        "áo",
        "quần",
        "đồ",
        "phẩm",
        "tóc",
        "sinh",
        "phụ",
        "hội",
        "quyền",
        "miền",
        "phía",
        "việt",
        "hà",
        "quảng",
        "đông",
        "tây",
        "số",
        "trường",
        "bóng",
        "bệnh",
        "khoa",
        "cho",
        "giới",
    ]),
    equal: all(&EQUAL),
});

/// All that ask for one sex.
pub(super) fn find(words: &Words) -> Vec<Finding> {
    let lists = &*LISTS;
    (0..words.len())
        .filter(|&at| words.is_any(at, &lists.man) || words.is_any(at, &lists.woman))
        .filter_map(|at| one(words, lists, at))
        .collect()
}

fn one(words: &Words, lists: &Lists, at: usize) -> Option<Finding> {
    let before = at.checked_sub(1);
    let is_goods = before.is_some_and(|before| {
        words.is_one_clause(before, at.saturating_add(1))
            && words.is_any(before, &lists.goods)
            && !is_the_sex(words, before)
    });
    // "Nam Định": a name.
    let is_name = words.get(at).is_some_and(|word| word.is_name)
        && words
            .get(at.saturating_add(1))
            .is_some_and(|word| word.is_name)
        && words.is_any(at, &lists.man);
    if is_goods || is_name || has_other(words, lists, at) {
        return None;
    }
    let asks = (at.saturating_sub(BETWEEN)..at).find(|&from| {
        words.is_any(from, &lists.asks) && words.is_one_clause(from, at.saturating_add(1))
    })?;
    let is_equal = words.has_before(at, BETWEEN.saturating_add(2), &lists.equal);
    let concern = Concern::Discrimination(Ground::Sex);
    (!is_equal)
        .then(|| words.finding(concern, asks, at.saturating_add(1)))
        .flatten()
}

/// "Giới tính": the word before is no thing.
fn is_the_sex(words: &Words, at: usize) -> bool {
    words.get(at).is_some_and(|word| word.folded == "tinh")
}

/// Both are asked: "nam/nữ", "nam và nữ", "cả nam lẫn nữ", also over a comma.
fn has_other(words: &Words, lists: &Lists, at: usize) -> bool {
    let (own, other) = if words.is_any(at, &lists.man) {
        (&lists.man, &lists.woman)
    } else {
        (&lists.woman, &lists.man)
    };
    let near = |step: &dyn Fn(usize) -> Option<usize>| {
        let mut place = at;
        for _ in 0..3 {
            let Some(next) = step(place) else {
                return false;
            };
            if words.is_any(next, other) {
                return true;
            }
            if !words.is_any(next, &lists.joints) && !words.is_any(next, own) {
                return false;
            }
            place = next;
        }
        false
    };
    near(&|at| at.checked_add(1)) || near(&|at| at.checked_sub(1))
}
