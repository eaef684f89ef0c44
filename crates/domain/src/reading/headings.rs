//! Headings of vacancy sheets.

use crate::text::fold;

/// A column of a vacancy sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Its id in the source.
    Ref,
    /// The title.
    Title,
    /// Who employs.
    Employer,
    /// Where the work is.
    Place,
    /// The wage.
    Wage,
    /// Experience asked.
    Experience,
    /// The day of publication.
    Posted,
    /// The last day to apply.
    Closes,
    /// Openings.
    Positions,
    /// What the work is.
    Description,
}

impl Field {
    /// The name in messages, as in the files of the Centre.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ref => "ref",
            Self::Title => "title",
            Self::Employer => "employer",
            Self::Place => "work_place",
            Self::Wage => "salary",
            Self::Experience => "experience",
            Self::Posted => "posted_on",
            Self::Closes => "closes_on",
            Self::Positions => "positions",
            Self::Description => "description",
        }
    }
}

/// The field that a heading names, in Vietnamese or English.
pub fn field(heading: &str) -> Option<Field> {
    Some(match fold(heading).as_str() {
        "ref" | "id" | "ma" | "ma tin" | "ma tin tuyen dung" => Field::Ref,
        "title" | "tieu de" | "chuc danh" | "vi tri" | "vi tri tuyen dung" | "ten cong viec"
        | "cong viec" => Field::Title,
        "employer"
        | "company"
        | "doanh nghiep"
        | "cong ty"
        | "don vi"
        | "ten doanh nghiep"
        | "nguoi su dung lao dong"
        | "don vi tuyen dung" => Field::Employer,
        "work place" | "workplace" | "place" | "location" | "noi lam viec" | "dia diem"
        | "dia diem lam viec" => Field::Place,
        "salary" | "wage" | "luong" | "muc luong" | "thu nhap" | "tien luong" => Field::Wage,
        "experience" | "kinh nghiem" | "yeu cau kinh nghiem" => Field::Experience,
        "posted on" | "posted" | "ngay dang" | "ngay dang tin" => Field::Posted,
        "closes on" | "deadline" | "han nop" | "han nop ho so" | "ngay het han" => Field::Closes,
        "positions" | "so luong" | "so luong tuyen" | "chi tieu" => Field::Positions,
        "description" | "mo ta" | "mo ta cong viec" | "noi dung cong viec" => Field::Description,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_both_languages_with_and_without_accents() {
        assert_eq!(field("Nơi làm việc"), Some(Field::Place));
        assert_eq!(field("MUC LUONG"), Some(Field::Wage));
        assert_eq!(field("posted_on"), Some(Field::Posted));
        assert_eq!(field("ghi chú"), None);
    }
}
