//! The files that are mutated, with what is right and wrong in them.

/// A key with values that are right (the first stands in the file) and wrong.
pub(super) struct Row {
    pub(super) section: &'static str,
    pub(super) key: &'static str,
    pub(super) right: &'static [&'static str],
    pub(super) wrong: &'static [&'static str],
}

/// A whole file.
pub(super) struct Sheet {
    pub(super) rows: Vec<Row>,
    /// Whether every key has to be there.
    pub(super) is_whole: bool,
}

const fn row(
    section: &'static str,
    key: &'static str,
    right: &'static [&'static str],
    wrong: &'static [&'static str],
) -> Row {
    Row {
        section,
        key,
        right,
        wrong,
    }
}

pub(super) fn settings() -> Sheet {
    let text = ["\"Trung tâm A\"", "\"x\""].as_slice();
    let no_text = ["\"\"", "5", "\" a\"", "\"a\\tb\""].as_slice();
    let rows = vec![
        row(
            "database",
            "url",
            &["\"sqlite:x.db\"", "\"postgres://a@b/c\""],
            &["\"mysql://a@b\"", "\"x.db\"", "3"],
        ),
        row(
            "database",
            "connections",
            &["10", "1", "500"],
            &["0", "501", "-1", "\"10\"", "10.0"],
        ),
        row(
            "database",
            "connect_seconds",
            &["5", "60"],
            &["0", "61", "5.5"],
        ),
        row(
            "database",
            "busy_ms",
            &["5000", "100"],
            &["99", "60001", "\"5s\""],
        ),
        row(
            "serve",
            "listen",
            &["\"127.0.0.1:0\"", "\"[::1]:80\""],
            &[
                "\"localhost\"",
                "\"127.0.0.1\"",
                "8080",
                "\"127.0.0.1:99999\"",
            ],
        ),
        row(
            "serve",
            "public_base_url",
            &["\"https://a.vn\"", "\"\""],
            &["\"a.vn\"", "\"https://a.vn/\"", "true"],
        ),
        row(
            "serve",
            "head_seconds",
            &["10", "120"],
            &["0", "121", "1979-05-27"],
        ),
        row(
            "serve",
            "max_body_bytes",
            &["65536", "1024"],
            &["1023", "8388609", "99999999999999999999999999"],
        ),
        row(
            "serve",
            "max_questions",
            &["256", "10000"],
            &["0", "10001", "nan"],
        ),
        row("centre", "name", text, no_text),
        row(
            "centre",
            "phone",
            &["\"0260 3000 000\"", "\"1900.1234\""],
            &["\"abc\"", "\"\"", "0260", "1900"],
        ),
        row(
            "changes",
            "look_every_ms",
            &["300", "20", "1000"],
            &["19", "1001", "inf"],
        ),
        row(
            "index",
            "commit_every_seconds",
            &["30", "3600"],
            &["0", "3601", "[30]"],
        ),
        row(
            "index",
            "commit_after_changes",
            &["10000", "1"],
            &["0", "1000001", "{}"],
        ),
        row(
            "log",
            "filter",
            &["\"info\"", "\"warn,api=debug\""],
            &["\"inof\"", "\"\"", "\"api=\"", "1"],
        ),
        row(
            "log",
            "format",
            &["\"json\"", "\"human\""],
            &["\"jsn\"", "\"JSON\"", "true"],
        ),
        row("demo", "seed", &["1", "0"], &["-1", "1000000001", "\"1\""]),
    ];
    Sheet {
        rows,
        is_whole: false,
    }
}

pub(super) fn ranking() -> Sheet {
    let weight = ["-1", "1001", "0.4", "\"400\"", "18446744073709551616"].as_slice();
    let neutral = ["500", "0", "1000"].as_slice();
    let kilometres = ["0", "1001", "-1", "2.5", "[]"].as_slice();
    let mut rows = Vec::new();
    let weights: [(&str, &[&str]); 6] = [
        ("skill", &["400"]),
        ("occupation", &["150"]),
        ("training", &["150"]),
        ("location", &["200"]),
        ("experience", &["50"]),
        ("terms", &["50"]),
    ];
    for (key, right) in weights {
        rows.push(row("weights", key, right, weight));
    }
    for (key, _) in weights {
        rows.push(row("neutral", key, neutral, weight));
    }
    rows.push(row(
        "location",
        "free_km",
        &["5", "0"],
        &["1001", "-5", "\"5\"", "{}"],
    ));
    rows.push(row("location", "lambda_km", &["25", "1"], kilometres));
    rows.push(row(
        "location",
        "lambda_km_with_lodging",
        &["60", "1000"],
        kilometres,
    ));
    rows.push(row(
        "wage",
        "hours_per_month",
        &["208", "744"],
        &["0", "745", "true"],
    ));
    rows.push(row(
        "wage",
        "days_per_month",
        &["26", "31"],
        &["0", "32", "26.0"],
    ));
    rows.push(row("wage", "up_to", &["750", "1"], &["0", "1001", "\"¾\""]));
    rows.push(row(
        "wage",
        "usd_vnd",
        &["26300", "1000000"],
        &["999", "1000001", "26_300_000_000"],
    ));
    Sheet {
        rows,
        is_whole: true,
    }
}
