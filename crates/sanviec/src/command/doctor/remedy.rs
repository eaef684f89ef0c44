//! What to do where a database cannot be used, by what it says.

use store::DatabaseUrl;

/// The remedy in both languages.
pub(super) fn remedy(database: &DatabaseUrl, said: &str) -> [&'static str; 2] {
    let kinds = match database {
        DatabaseUrl::Sqlite(_) => SQLITE,
        DatabaseUrl::Postgres(_) => POSTGRES,
    };
    let said = said.to_lowercase();
    kinds
        .iter()
        .find(|kind| kind.words.iter().any(|words| said.contains(words)))
        .map_or(OTHERWISE, |kind| kind.remedy)
}

/// One kind of trouble: the words by which it is known, and what helps.
struct Kind {
    words: &'static [&'static str],
    remedy: [&'static str; 2],
}

const OTHERWISE: [&str; 2] = [
    "xem lại --database; nếu không được, phục hồi bản sao lưu",
    "look at --database; if that does not help, restore a backup",
];

const SQLITE: &[Kind] = &[
    Kind {
        words: &["file is not a database", "malformed", "disk image"],
        remedy: [
            "tệp này không phải cơ sở dữ liệu hoặc đã hỏng: dời nó đi rồi phục hồi bản sao lưu, hoặc \
             xem lại --database",
            "the file is no database, or is damaged: move it away and restore a backup, or look at \
             --database",
        ],
    },
    Kind {
        words: &[
            "readonly",
            "read-only",
            "unable to open",
            "permission denied",
        ],
        remedy: [
            "cho người dùng chạy chương trình quyền đọc và ghi tệp này và thư mục chứa nó; ổ đĩa phải \
             cho ghi",
            "give the user of the program the right to read and write the file and its folder; the \
             disk must not be read-only",
        ],
    },
    Kind {
        words: &["full"],
        remedy: ["dọn chỗ trống trên đĩa", "make room on the disk"],
    },
    Kind {
        words: &["locked", "busy"],
        remedy: [
            "chờ, hoặc dừng tiến trình khác đang giữ tệp này",
            "wait, or stop the other process that holds the file",
        ],
    },
    Kind {
        words: &["disk i/o error"],
        remedy: [
            "kiểm tra ổ đĩa và chỗ trống trên đĩa, rồi phục hồi bản sao lưu nếu tệp đã hỏng",
            "check the disk and the room on it; restore a backup if the file is damaged",
        ],
    },
];

const POSTGRES: &[Kind] = &[
    Kind {
        words: &["password", "authentication", "pg_hba", "role "],
        remedy: [
            "xem lại tên người dùng và mật khẩu trong --database, và quyền của người dùng đó",
            "look at the user and the password in --database, and at what that user may do",
        ],
    },
    Kind {
        words: &["does not exist"],
        remedy: [
            "tạo cơ sở dữ liệu đó trên máy chủ, hoặc xem lại tên trong --database",
            "make that database on the server, or look at its name in --database",
        ],
    },
    Kind {
        words: &["disk", "no space"],
        remedy: [
            "dọn chỗ trống trên đĩa của máy chủ cơ sở dữ liệu",
            "make room on the disk of the database server",
        ],
    },
    Kind {
        words: &[""],
        remedy: [
            "khởi động máy chủ cơ sở dữ liệu, hoặc xem lại địa chỉ và mật khẩu trong --database",
            "start the database server, or look at --database: its address and password",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remedy_is_that_of_the_trouble() {
        let sqlite: DatabaseUrl = "sqlite:x.db".parse().unwrap();
        let postgres: DatabaseUrl = "postgres://a@b/c".parse().unwrap();
        for (database, said, helps) in [
            (&sqlite, "file is not a database", "restore a backup"),
            (&sqlite, "database disk image is malformed", "restore"),
            (
                &sqlite,
                "attempt to write a readonly database",
                "right to read and write",
            ),
            (&sqlite, "Unable to open the database file", "the right"),
            (&sqlite, "database or disk is full", "make room"),
            (&sqlite, "database is locked", "other process"),
            (&sqlite, "something else", "look at --database"),
            (&postgres, "Connection refused", "start the database server"),
            (
                &postgres,
                "FATAL: password authentication failed for user \"a\"",
                "the user and the password",
            ),
            (
                &postgres,
                "FATAL: database \"c\" does not exist",
                "make that database",
            ),
        ] {
            let [vi, en] = remedy(database, said);
            assert!(en.contains(helps), "{said}: {en}");
            assert!(!vi.is_empty());
            let is_of_a_server = en.contains("server") || en.contains("password");
            assert!(
                !is_of_a_server || matches!(database, DatabaseUrl::Postgres(_)),
                "{said}: {en}"
            );
        }
    }
}
