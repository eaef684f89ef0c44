//! The fields of an index.

use tantivy::TantivyDocument;
use tantivy::schema::{BytesOptions, NumericOptions};
use tantivy::schema::{Field, INDEXED, Schema, SchemaBuilder};

use super::record::{Column, Record};

/// The fields of an index: one fast field a column, and a key.
#[derive(Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// Kind and id of a record: what it is replaced by.
    pub(super) key: Field,
    columns: Vec<(Column, Field)>,
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut builder = SchemaBuilder::new();
        let key = builder.add_bytes_field("key", BytesOptions::default() | INDEXED);
        let columns = Column::ALL
            .into_iter()
            .map(|column| {
                let fast = NumericOptions::default().set_fast();
                let options = match column {
                    // Who has a skill or an occupation is found through postings.
                    Column::Skill | Column::Occupation => fast.set_indexed(),
                    _ => fast,
                };
                (column, builder.add_u64_field(column.name(), options))
            })
            .collect();
        Self {
            schema: builder.build(),
            key,
            columns,
        }
    }

    pub(super) fn document(&self, record: &Record) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_bytes(self.key, &record.key());
        for &(column, field) in &self.columns {
            for &value in record.of(column) {
                document.add_u64(field, value);
            }
        }
        document
    }
}
