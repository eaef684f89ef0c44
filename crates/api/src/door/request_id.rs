//! The name of a request in the log, read to an officer over the telephone when something fails.

use std::hash::{BuildHasher, Hasher, RandomState};

use actix_web::http::header::HeaderMap;

/// The header in which it comes and goes.
pub(crate) const HEADER: &str = "x-request-id";

/// Small letters and digits without those that sound or look alike.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The name that a proxy in front gave, where it is sane, else a fresh one.
pub(crate) fn of(headers: &HeaderMap) -> String {
    headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .filter(|given| is_sane(given))
        .map_or_else(fresh, str::to_owned)
}

/// Short, and nothing in it that could forge a log line or break a page.
fn is_sane(given: &str) -> bool {
    (8..=64).contains(&given.len())
        && given
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// Twelve letters of 5 bits in groups of four. It has to be unlike others, not unguessable:
/// the hasher's own seed is random enough.
fn fresh() -> String {
    let bits = RandomState::new().build_hasher().finish();
    let mut name = String::with_capacity(14);
    for at in 0..12_u32 {
        if at > 0 && at.is_multiple_of(4) {
            name.push('-');
        }
        let five = (bits >> (5 * at) & 31) as usize;
        name.push(LETTERS.get(five).copied().map_or('0', char::from));
    }
    name
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn given(value: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(
            HeaderName::from_static(HEADER),
            HeaderValue::from_str(value).unwrap(),
        );
        of(&headers)
    }

    #[test]
    fn a_sane_name_is_kept_and_others_are_not() {
        assert_eq!(given("proxy-0123.a_b"), "proxy-0123.a_b");
        for insane in [
            "short",
            "has space in it",
            "<script>alert</script>",
            &"x".repeat(65),
        ] {
            assert_ne!(given(insane), insane);
        }
    }

    #[test]
    fn fresh_names_differ() {
        let names: HashSet<String> = (0..10_000).map(|_| fresh()).collect();
        assert_eq!(names.len(), 10_000);
        assert!(names.iter().all(|name| name.len() == 14 && is_sane(name)));
    }
}
