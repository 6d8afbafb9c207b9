//! The codebook of a run: `datapackage.json`, a Frictionless Data Package (version 1) made from the schema.

use serde_json::{Value, json};

use super::folder::{PROGRAM, file_name};
use super::schema::{Column, ForeignKey, Table};
use super::tables::TABLES;

/// The description of all tables.
pub(super) fn package() -> Value {
    json!({
        "profile": "tabular-data-package",
        "name": PROGRAM,
        "title": "Tables of a run of tifa",
        "description": "Persons, offices, meetings and slogans in Chinese official news, one row per fact.",
        "version": env!("CARGO_PKG_VERSION"),
        "resources": TABLES.iter().map(resource).collect::<Vec<_>>(),
    })
}

fn resource(table: &Table) -> Value {
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": file_name(table),
        "description": table.description.trim(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema(table),
    })
}

fn schema(table: &Table) -> Value {
    let mut schema = json!({
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !table.primary_key.is_empty() {
        schema["primaryKey"] = json!(table.primary_key);
    }
    if !table.foreign_keys.is_empty() {
        schema["foreignKeys"] = table.foreign_keys.iter().map(|key| foreign_key(table, key)).collect();
    }
    schema
}

fn field(column: &Column) -> Value {
    json!({"name": column.name, "type": column.kind.name(), "description": column.description})
}

/// A key of the table itself is written with an empty name, as the standard asks.
fn foreign_key(table: &Table, key: &ForeignKey) -> Value {
    let resource = if key.table == table.name { "" } else { key.table };
    json!({"fields": key.column, "reference": {"resource": resource, "fields": key.target}})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_described_with_its_keys() {
        let package = package();
        let mentions = &package["resources"][1];
        assert_eq!(mentions["path"], "mentions.csv");
        assert_eq!(mentions["description"], "One row per mention: a stretch of text that names something.");
        assert_eq!(mentions["schema"]["primaryKey"], json!(["mention_id"]));
        let keys = json!([
            {"fields": "doc_id", "reference": {"resource": "documents", "fields": "doc_id"}},
            {"fields": "entity_id", "reference": {"resource": "entities", "fields": "entity_id"}},
        ]);
        assert_eq!(mentions["schema"]["foreignKeys"], keys);
        assert_eq!(package["resources"][8]["schema"].get("primaryKey"), None);
    }

    #[test]
    fn columns_have_their_types() {
        let package = package();
        let kinds = |table: usize| {
            let fields = package["resources"][table]["schema"]["fields"].as_array().unwrap();
            let kind = |field: &Value| field["type"].as_str().unwrap().chars().next().unwrap();
            fields.iter().map(kind).collect::<String>()
        };
        assert_eq!(kinds(0), "ssssdsssiisssss");
        assert_eq!(kinds(4), "sssssssssddsbiiiss");
        assert_eq!(kinds(5), "sssssisiiiss");
    }

    #[test]
    fn a_key_of_the_table_itself_has_no_name() {
        let key = &package()["resources"][0]["schema"]["foreignKeys"][0];
        let expected = json!({"fields": "duplicate_of", "reference": {"resource": "", "fields": "doc_id"}});
        assert_eq!(key, &expected);
    }
}
