//! What a person should look at in a row that is taken.

use chrono::NaiveDate;

use super::row::RawRow;
use crate::code::Codes;
use crate::moderation::{BelowMinimum, Concern, Ground, below_minimum, findings};
use crate::reading::headings::Field;
use crate::reading::wage::Period;
use crate::text::shorten;
use crate::vacancy::Vacancy;

const WAGE: &str =
    "chưa hiểu mức lương, giữ nguyên chữ / the wage is not understood, it stays as written";
const PLACE: &str =
    "chưa hiểu nơi làm việc, giữ nguyên chữ / the place is not understood, it stays as written";
/// How much of the words is shown that somebody should look at.
const SHOWN: usize = 80;

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Something that was written is not understood.
    NotUnderstood,
    /// The wage is below the minimum of its region.
    BelowMinimum,
    /// The wording: it may discriminate, or money or papers are asked of the worker.
    Wording,
}

/// A cell that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The cell.
    pub field: Field,
    /// What it is about.
    pub about: About,
    /// What is the matter, in Vietnamese and English.
    pub text: String,
}

/// What was written and not understood.
pub(super) fn not_understood(row: &RawRow, wage: bool, place: bool) -> Vec<Note> {
    let cells = [(Field::Wage, wage, WAGE), (Field::Place, place, PLACE)];
    cells
        .into_iter()
        .filter(|&(field, understood, _)| !understood && !row.line(field).is_empty())
        .map(|(field, _, text)| Note {
            field,
            about: About::NotUnderstood,
            text: text.to_owned(),
        })
        .collect()
}

/// What an officer looks at before such a vacancy is shown.
pub(super) fn to_moderate(vacancy: &Vacancy, today: NaiveDate, codes: &Codes) -> Vec<Note> {
    let offer = &vacancy.offer;
    // What is over by now is held against the minimum of its last day.
    let day = offer.closes.map_or(today, |last| last.min(today));
    let wage = below_minimum(vacancy.wage, &offer.workplaces, day, codes);
    let mut notes: Vec<Note> = wage.iter().map(below).collect();
    let texts = [
        (Field::Title, &vacancy.title),
        (Field::Description, &vacancy.description),
    ];
    for (field, text) in texts {
        notes.extend(findings(text).iter().map(|finding| Note {
            field,
            about: About::Wording,
            text: format!(
                "«{}»: {}",
                shorten(&finding.words(text).replace('\n', " "), SHOWN),
                concern(finding.concern)
            ),
        }));
    }
    notes
}

fn below(found: &BelowMinimum<'_>) -> Note {
    let (vi, en) = match found.period {
        Period::Month => ("tháng", "month"),
        Period::Day => ("ngày", "day"),
        Period::Hour => ("giờ", "hour"),
    };
    let [offered, minimum] = [found.offered, found.minimum].map(grouped);
    Note {
        field: Field::Wage,
        about: About::BelowMinimum,
        text: format!(
            "{offered} đ/{vi} thấp hơn lương tối thiểu vùng {region} là {minimum} đ / {offered} VND a \
             {en} is below the minimum of region {region}, {minimum}",
            region = found.rule.region
        ),
    }
}

/// "2.000.000".
fn grouped(amount: u64) -> String {
    let digits = amount.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

const fn concern(concern: Concern) -> &'static str {
    match concern {
        Concern::Discrimination(ground) => discrimination(ground),
        Concern::Fee => "có thể thu tiền người lao động / money may be asked of the worker",
        Concern::OriginalPapers => "có thể giữ giấy tờ gốc / originals of papers may be asked for",
        Concern::Messenger => {
            "chỉ liên hệ qua ứng dụng nhắn tin / who applies is to move to a messenger"
        }
    }
}

const fn discrimination(ground: Ground) -> &'static str {
    match ground {
        Ground::Colour => "có thể phân biệt màu da / may discriminate by colour",
        Ground::Origin => "có thể phân biệt nguồn gốc, vùng miền / may discriminate by origin",
        Ground::Ethnicity => "có thể phân biệt dân tộc / may discriminate by ethnicity",
        Ground::Sex => "có thể phân biệt giới tính / may discriminate by sex",
        Ground::Age => "có thể phân biệt độ tuổi / may discriminate by age",
        Ground::Pregnancy => "có thể phân biệt vì thai sản / may discriminate because of pregnancy",
        Ground::Marriage => {
            "có thể phân biệt tình trạng hôn nhân / may discriminate by marital status"
        }
        Ground::Religion => "có thể phân biệt tôn giáo / may discriminate by religion",
        Ground::Politics => "có thể phân biệt chính kiến / may discriminate by political opinion",
        Ground::Disability => "có thể phân biệt khuyết tật / may discriminate by disability",
        Ground::FamilyDuties => {
            "có thể phân biệt trách nhiệm gia đình / may discriminate by duties in the family"
        }
        Ground::Hiv => "có thể phân biệt vì HIV / may discriminate because of HIV",
        Ground::Union => {
            "có thể phân biệt vì tham gia công đoàn / may discriminate by union membership"
        }
    }
}
