//! The tables, as in `migrations`.

diesel::table! {
    employer (id) {
        id -> Text,
        name -> Text,
        origin -> Text,
        verified -> Bool,
    }
}

diesel::table! {
    vacancy (id) {
        id -> Text,
        employer_id -> Text,
        origin -> Text,
        source -> Nullable<Text>,
        external_ref -> Nullable<Text>,
        row_hash -> Nullable<Text>,
        status -> Text,
        title -> Text,
        description -> Text,
        folded -> Text,
        wage_text -> Text,
        place_text -> Text,
        published -> Date,
        closes -> Nullable<Date>,
        positions -> Integer,
        filled -> Integer,
        offer -> Text,
        revision -> Integer,
    }
}

diesel::table! {
    seeker (id) {
        id -> Text,
        status -> Text,
        registered_at -> BigInt,
        profile -> Text,
    }
}

diesel::table! {
    skill_stats (version) {
        version -> BigInt,
        computed_at -> BigInt,
        looking -> BigInt,
        people -> Text,
    }
}

diesel::table! {
    change_log (seq) {
        seq -> BigInt,
        entity -> Text,
        entity_id -> Text,
    }
}

diesel::table! {
    audit_log (id) {
        id -> Text,
        at -> BigInt,
        actor -> Text,
        act -> Text,
        entity -> Text,
        entity_id -> Text,
        outcome -> Text,
    }
}

diesel::table! {
    job (id) {
        id -> Text,
        kind -> Text,
        once -> Nullable<Text>,
        payload -> Text,
        state -> Text,
        attempts -> Integer,
        due_at -> BigInt,
        leased_by -> Nullable<Text>,
        lease_until -> Nullable<BigInt>,
        problem -> Nullable<Text>,
    }
}

diesel::table! {
    import_batch (id) {
        id -> Text,
        source -> Text,
        file -> Text,
        state -> Text,
        started_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        rows_new -> BigInt,
        rows_changed -> BigInt,
        rows_same -> BigInt,
        rows_refused -> BigInt,
    }
}

diesel::table! {
    import_row (batch_id, vacancy_id) {
        batch_id -> Text,
        vacancy_id -> Text,
        was -> Nullable<Text>,
        was_revision -> Integer,
        revision -> Integer,
        outcome -> Nullable<Text>,
    }
}

diesel::table! {
    import_heading (source, heading) {
        source -> Text,
        heading -> Text,
        field -> Text,
    }
}

diesel::table! {
    occupation_correction (title_key) {
        title_key -> Text,
        title -> Text,
        code -> Text,
        at -> BigInt,
    }
}

diesel::joinable!(vacancy -> employer (employer_id));
diesel::allow_tables_to_appear_in_same_query!(employer, vacancy);

/// Every table above by its name.
pub(crate) const TABLES: [&str; 11] = [
    "employer",
    "vacancy",
    "seeker",
    "skill_stats",
    "change_log",
    "audit_log",
    "job",
    "import_batch",
    "import_row",
    "import_heading",
    "occupation_correction",
];

#[cfg(test)]
mod tests {
    use super::TABLES;

    #[test]
    fn every_table_is_named() {
        let names: Vec<&str> = include_str!("schema.rs")
            .split("diesel::table! {\n    ")
            .skip(1)
            .filter_map(|text| text.split(' ').next())
            .collect();
        assert_eq!(names, TABLES);
    }
}
