//! What a check has found, in words.

/// What is wrong and how it is mended, in both languages.
pub(crate) fn finding(
    name: &str,
    [wrong_vi, mend_vi]: [&str; 2],
    [wrong_en, mend_en]: [&str; 2],
) -> String {
    format!("{name}:\n  {wrong_vi}\n  Cách sửa: {mend_vi}.\n  {wrong_en}\n  Mend: {mend_en}.")
}
