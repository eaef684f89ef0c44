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
    /// The address of the work.
    Address,
    /// The wage.
    Wage,
    /// Experience asked.
    Experience,
    /// Staff, manager ...
    PositionLevel,
    /// The day of publication.
    Posted,
    /// The last day to apply.
    Closes,
    /// Openings.
    Positions,
    /// What the work is.
    Description,
    /// The contract offered.
    Contract,
    /// The shift.
    Shift,
    /// The training level asked.
    TrainingLevel,
    /// The employer's tax code.
    TaxCode,
    /// Where the advertisement stands.
    SourceUrl,
}

impl Field {
    /// The name in messages, as in the files of the Centre.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ref => "ref",
            Self::Title => "title",
            Self::Employer => "employer",
            Self::Place => "work_place",
            Self::Address => "address",
            Self::Wage => "salary",
            Self::Experience => "experience",
            Self::PositionLevel => "position_level",
            Self::Posted => "posted_on",
            Self::Closes => "closes_on",
            Self::Positions => "positions",
            Self::Description => "description",
            Self::Contract => "contract",
            Self::Shift => "shift",
            Self::TrainingLevel => "training_level",
            Self::TaxCode => "tax_code",
            Self::SourceUrl => "source_url",
        }
    }
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Ref,
        Self::Title,
        Self::Employer,
        Self::Place,
        Self::Address,
        Self::Wage,
        Self::Experience,
        Self::PositionLevel,
        Self::Posted,
        Self::Closes,
        Self::Positions,
        Self::Description,
        Self::Contract,
        Self::Shift,
        Self::TrainingLevel,
        Self::TaxCode,
        Self::SourceUrl,
    ];

    /// Its headings, folded: Vietnamese and English.
    const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Ref => &[
                "ref",
                "id",
                "ma",
                "ma tin",
                "ma tin tuyen dung",
                "ma so",
                "ma viec lam",
                "job id",
            ],
            Self::Title => &[
                "title",
                "job title",
                "tieu de",
                "chuc danh",
                "vi tri",
                "vi tri tuyen dung",
                "vi tri viec lam",
                "ten cong viec",
                "cong viec",
                "ten viec lam",
                "job",
            ],
            Self::Employer => &[
                "employer",
                "employer name",
                "company",
                "company name",
                "doanh nghiep",
                "cong ty",
                "ten cong ty",
                "don vi",
                "ten don vi",
                "ten doanh nghiep",
                "nguoi su dung lao dong",
                "don vi tuyen dung",
                "nha tuyen dung",
            ],
            Self::Place => &[
                "work place",
                "workplace",
                "place",
                "location",
                "noi lam viec",
                "dia diem",
                "dia diem lam viec",
                "khu vuc",
                "tinh thanh",
                "tinh thanh pho",
            ],
            Self::Address => &[
                "address",
                "dia chi",
                "dia chi lam viec",
                "dia chi noi lam viec",
            ],
            Self::Wage => &[
                "salary",
                "wage",
                "luong",
                "muc luong",
                "thu nhap",
                "tien luong",
                "muc thu nhap",
            ],
            Self::Experience => &[
                "experience",
                "kinh nghiem",
                "yeu cau kinh nghiem",
                "kinh nghiem lam viec",
                "so nam kinh nghiem",
            ],
            Self::PositionLevel => &[
                "position level",
                "level",
                "cap bac",
                "chuc vu",
                "vi tri cong tac",
            ],
            Self::Posted => &[
                "posted on",
                "posted",
                "posted at",
                "ngay dang",
                "ngay dang tin",
                "ngay tao",
            ],
            Self::Closes => &[
                "closes on",
                "closes",
                "deadline",
                "han nop",
                "han nop ho so",
                "ngay het han",
                "han ung tuyen",
                "han cuoi",
                "thoi han nop ho so",
            ],
            Self::Positions => &[
                "positions",
                "openings",
                "quantity",
                "so luong",
                "so luong tuyen",
                "so luong tuyen dung",
                "so luong can tuyen",
                "chi tieu",
            ],
            Self::Description => &[
                "description",
                "job description",
                "mo ta",
                "mo ta cong viec",
                "noi dung cong viec",
                "chi tiet cong viec",
            ],
            Self::Contract => &[
                "contract",
                "contract type",
                "hop dong",
                "loai hop dong",
                "loai hop dong lao dong",
                "hinh thuc lam viec",
            ],
            Self::Shift => &["shift", "ca", "ca lam viec", "thoi gian lam viec"],
            Self::TrainingLevel => &[
                "training level",
                "education",
                "trinh do",
                "trinh do chuyen mon",
                "trinh do chuyen mon ky thuat",
                "bang cap",
                "yeu cau trinh do",
            ],
            Self::TaxCode => &["tax code", "mst", "ma so thue", "ma so doanh nghiep"],
            Self::SourceUrl => &["source url", "url", "link", "nguon", "duong dan"],
        }
    }
}

/// The field that a heading names, in Vietnamese or English; what stands in brackets ("Mức lương
/// (triệu đồng)") and the star of a field that must be filled do not count.
pub fn field(heading: &str) -> Option<Field> {
    let name = heading.split(['(', '[']).next().unwrap_or(heading);
    let folded = fold(name);
    Field::ALL
        .into_iter()
        .find(|field| field.headings().contains(&folded.as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn headings_are_known_in_both_languages_with_and_without_accents() {
        assert_eq!(field("Nơi làm việc"), Some(Field::Place));
        assert_eq!(field("MUC LUONG"), Some(Field::Wage));
        assert_eq!(field("Mức lương (triệu đồng/tháng) *"), Some(Field::Wage));
        assert_eq!(field("posted_on"), Some(Field::Posted));
        assert_eq!(field("\u{feff}ref"), Some(Field::Ref));
        assert_eq!(field("ghi chú"), None);
        assert_eq!(field(""), None);
    }

    #[test]
    fn no_heading_names_two_fields_and_each_field_is_known_by_its_name() {
        let mut seen = HashSet::new();
        for known in Field::ALL {
            assert_eq!(field(known.as_str()), Some(known));
            for &heading in known.headings() {
                assert_eq!(fold(heading), heading);
                assert!(seen.insert(heading), "{heading}");
            }
        }
    }
}
