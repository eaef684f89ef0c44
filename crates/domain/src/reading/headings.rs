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
    /// The wage, or its lower end.
    Wage,
    /// The upper end of the wage, where it has a column of its own.
    WageTo,
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
            Self::WageTo => "salary_to",
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
    /// The field of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Ref,
        Self::Title,
        Self::Employer,
        Self::Place,
        Self::Address,
        Self::Wage,
        Self::WageTo,
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
                "ma tin tuyen",
                "ma vi tri",
                "so hieu",
                "ma phieu",
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
                "vi tri tuyen",
                "vi tri can tuyen",
                "vi tri tuyen dung viec lam",
                "vi tri can tuyen dung",
                "chuc danh cong viec",
                "ten cong viec can tuyen",
                "nghe can tuyen",
                "nganh nghe tuyen dung",
                "nganh nghe can tuyen",
                "ten vi tri",
                "ten vi tri viec lam",
                "chuc danh tuyen dung",
                "cong viec can tuyen",
                "viec lam",
                "tin tuyen dung",
                "job position",
                "vacancy",
                "vi tri cong viec",
                "nghe nghiep",
                "ten nghe",
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
                "ten co so",
                "don vi su dung lao dong",
                "ten nguoi su dung lao dong",
                "ten don vi tuyen dung",
                "ten nha tuyen dung",
                "doanh nghiep tuyen dung",
                "cong ty tuyen dung",
                "co so san xuat kinh doanh",
                "ten doanh nghiep hop tac xa",
                "ten doanh nghiep co so",
                "ten doanh nghiep don vi",
                "doanh nghiep htx",
                "don vi doanh nghiep",
                "doanh nghiep don vi",
                "ten cong ty doanh nghiep",
                "co so tuyen dung",
                "ho kinh doanh",
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
                "noi lam",
                "dia ban",
                "dia ban lam viec",
                "khu vuc lam viec",
                "noi lam viec xa tinh",
                "xa phuong",
                "noi cong tac",
                "tinh thanh pho lam viec",
                "work location",
            ],
            Self::Address => &[
                "address",
                "dia chi",
                "dia chi lam viec",
                "dia chi noi lam viec",
                "dia chi cu the",
                "dia chi lam viec cu the",
                "dia chi doanh nghiep",
                "dia chi cong ty",
                "tru so",
                "dia chi don vi",
            ],
            Self::Wage => &[
                "salary",
                "wage",
                "luong",
                "muc luong",
                "thu nhap",
                "tien luong",
                "muc thu nhap",
                "luong thang",
                "muc luong thang",
                "luong du kien",
                "muc luong du kien",
                "luong co ban",
                "tien luong thang",
                "muc luong khoi diem",
                "muc luong thu nhap",
                "luong thu nhap",
                "thu nhap du kien",
                "thu nhap thang",
                "thu nhap binh quan",
                "muc luong binh quan",
                "pay",
                "luong tu",
                "muc luong tu",
                "luong toi thieu",
                "muc luong toi thieu",
                "luong thap nhat",
                "salary from",
            ],
            Self::WageTo => &[
                "salary to",
                "luong den",
                "muc luong den",
                "luong toi da",
                "muc luong toi da",
                "luong cao nhat",
            ],
            Self::Experience => &[
                "experience",
                "kinh nghiem",
                "yeu cau kinh nghiem",
                "kinh nghiem lam viec",
                "so nam kinh nghiem",
                "yeu cau ve kinh nghiem",
                "so nam kinh nghiem yeu cau",
                "kinh nghiem yeu cau",
                "tham nien",
            ],
            Self::PositionLevel => &[
                "position level",
                "level",
                "cap bac",
                "chuc vu",
                "vi tri cong tac",
                "cap bac vi tri",
            ],
            Self::Posted => &[
                "posted on",
                "posted",
                "posted at",
                "ngay dang",
                "ngay dang tin",
                "ngay tao",
                "ngay dang tuyen",
                "ngay bat dau",
                "ngay thong bao",
                "ngay tiep nhan",
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
                "han nhan ho so",
                "thoi han",
                "thoi han tuyen",
                "thoi han tuyen dung",
                "han tuyen",
                "ngay ket thuc",
                "han chot",
                "thoi han nhan ho so",
                "ngay het han nop ho so",
                "closing date",
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
                "so luong can",
                "so nguoi",
                "so lao dong can tuyen",
                "so nguoi can tuyen",
                "nhu cau",
                "nhu cau tuyen dung",
                "so luong vi tri",
                "chi tieu tuyen dung",
                "vacancies",
                "sl",
                "so chi tieu",
                "so luong lao dong can tuyen",
                "headcount",
            ],
            Self::Description => &[
                "description",
                "job description",
                "mo ta",
                "mo ta cong viec",
                "noi dung cong viec",
                "chi tiet cong viec",
                "mo ta chi tiet",
                "cong viec cu the",
                "mo ta viec lam",
                "yeu cau cong viec",
                "noi dung",
            ],
            Self::Contract => &[
                "contract",
                "contract type",
                "hop dong",
                "loai hop dong",
                "loai hop dong lao dong",
                "hinh thuc lam viec",
                "hinh thuc hop dong",
                "loai hinh lam viec",
                "loai hinh cong viec",
            ],
            Self::Shift => &[
                "shift",
                "ca",
                "ca lam viec",
                "thoi gian lam viec",
                "gio lam viec",
                "ca kip",
            ],
            Self::TrainingLevel => &[
                "training level",
                "education",
                "trinh do",
                "trinh do chuyen mon",
                "trinh do chuyen mon ky thuat",
                "bang cap",
                "yeu cau trinh do",
                "trinh do yeu cau",
                "yeu cau trinh do chuyen mon",
                "trinh do dao tao",
                "yeu cau bang cap",
                "trinh do hoc van",
            ],
            Self::TaxCode => &[
                "tax code",
                "mst",
                "ma so thue",
                "ma so doanh nghiep",
                "ma so thue doanh nghiep",
            ],
            Self::SourceUrl => &[
                "source url",
                "url",
                "link",
                "nguon",
                "duong dan",
                "lien ket",
                "website tin",
            ],
        }
    }
}

/// Which heading names which field: what a person said goes before what is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    given: Vec<(String, Option<Field>)>,
}

impl Mapping {
    /// The same, but that this heading names that field, or none.
    #[must_use]
    pub fn with(mut self, heading: &str, field: Option<Field>) -> Self {
        let heading = fold(heading);
        self.given.retain(|(known, _)| *known != heading);
        self.given.push((heading, field));
        self
    }

    /// What was said by a person: headings, folded, with their fields.
    pub fn given(&self) -> impl Iterator<Item = (&str, Option<Field>)> {
        self.given
            .iter()
            .map(|(heading, field)| (heading.as_str(), *field))
    }

    /// The field that a heading names.
    pub fn field(&self, heading: &str) -> Option<Field> {
        let folded = fold(heading);
        self.given
            .iter()
            .find(|(known, _)| *known == folded)
            .map_or_else(|| field(heading), |(_, given)| *given)
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
    fn what_a_person_said_of_a_heading_goes_first() {
        let mapping = Mapping::default()
            .with("Tên  việc", Some(Field::Title))
            .with("Ghi chú", Some(Field::Wage))
            .with("GHI CHU", None)
            .with("Mức lương", None);
        assert_eq!(mapping.field("tên việc"), Some(Field::Title));
        assert_eq!(mapping.field("Ghi chú"), None);
        assert_eq!(mapping.field("Mức lương"), None);
        assert_eq!(mapping.field("Lương"), Some(Field::Wage));
        assert_eq!(mapping.given().count(), 3);
        assert_eq!(Field::parse("salary"), Some(Field::Wage));
        assert_eq!(Field::parse("Salary"), None);
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
