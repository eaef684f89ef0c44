//! Stored codes against the lists: what no list knows is passed over when a row is read.

use domain::code::Codes;
use domain::error::Error;
use store::Conn;

use crate::command::finding;

/// So many are named.
const NAMED: usize = 5;

/// What is good, or the codes that no list knows.
///
/// # Errors
/// What the database says.
pub(in crate::command) fn check(
    conn: &mut Conn,
    codes: &Codes,
) -> Result<Result<&'static str, String>, Error> {
    let unknown = store::unknown_codes(conn, codes)?;
    if unknown.is_empty() {
        return Ok(Ok("mã đã lưu / stored codes"));
    }
    let named: Vec<String> = unknown
        .iter()
        .take(NAMED)
        .map(|((file, code), rows)| format!("{file} {code} (× {rows})"))
        .collect();
    let more = if unknown.len() > NAMED { ", …" } else { "" };
    let named = named.join(", ");
    let count = unknown.len();
    Ok(Err(finding(
        "mã đã lưu / stored codes",
        [
            &format!("{count} mã không có trong danh mục nên bị bỏ qua: {named}{more}"),
            "trả các mã đó lại vào danh mục (với valid_to nếu đã thôi dùng), hoặc sửa các tin và hồ sơ \
             còn dùng chúng",
        ],
        [
            &format!("{count} code(s) that no list has, and that are passed over"),
            "put them back into the lists (with a valid_to where they have ended), or change the \
             vacancies and profiles that name them",
        ],
    )))
}
