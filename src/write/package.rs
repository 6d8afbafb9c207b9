//! The codebook of a run: `datapackage.json`, a Frictionless Data Package (version 1) made from the schema.

use serde_json::{Value, json};

use super::folder::PROGRAM;
use super::schema::{Column, ForeignKey, Table};
use super::sheets::Format;
use super::tables::TABLES;

/// The description of all tables in these formats; `excel` puts a byte order mark before the CSV.
pub(super) fn package(formats: &[Format], excel: bool) -> Value {
    let first = formats.first().copied();
    let resources = formats.iter().flat_map(|&format| {
        // Names must differ; the tables of the first format have the plain ones.
        let ending = if Some(format) == first { String::new() } else { format!("-{}", format.name()) };
        TABLES.iter().map(move |table| resource(table, format, &ending, excel))
    });
    json!({
        "profile": "tabular-data-package",
        "name": PROGRAM,
        "title": "Tables of a run of tifa",
        "description": "Persons, offices, meetings and slogans in Chinese official news, one row per fact.",
        "version": env!("CARGO_PKG_VERSION"),
        "resources": resources.collect::<Vec<_>>(),
    })
}

fn resource(table: &Table, format: Format, ending: &str, excel: bool) -> Value {
    let mut resource = json!({
        "profile": "tabular-data-resource",
        "name": format!("{}{ending}", table.name),
        "path": format.file(table),
        "description": table.description.trim(),
        "format": format.name(),
        "mediatype": media_type(format),
        "schema": schema(table, ending),
    });
    if format != Format::Parquet {
        resource["encoding"] = json!(if excel && format == Format::Csv { "utf-8-sig" } else { "utf-8" });
    }
    resource
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Csv => "text/csv",
        Format::Parquet => "application/vnd.apache.parquet",
        Format::Jsonl => "application/jsonl",
    }
}

fn schema(table: &Table, ending: &str) -> Value {
    let mut schema = json!({
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !table.primary_key.is_empty() {
        schema["primaryKey"] = json!(table.primary_key);
    }
    if !table.foreign_keys.is_empty() {
        schema["foreignKeys"] = table.foreign_keys.iter().map(|key| foreign_key(table, key, ending)).collect();
    }
    schema
}

fn field(column: &Column) -> Value {
    json!({"name": column.name, "type": column.kind.name(), "description": column.description})
}

/// A key of the table itself is written with an empty name, as the standard asks.
fn foreign_key(table: &Table, key: &ForeignKey, ending: &str) -> Value {
    let resource = if key.table == table.name { String::new() } else { format!("{}{ending}", key.table) };
    json!({"fields": key.column, "reference": {"resource": resource, "fields": key.target}})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_described_with_its_keys() {
        let package = package(&[Format::Csv], false);
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
    fn tables_of_a_second_format_have_names_of_their_own() {
        let package = package(&[Format::Parquet, Format::Csv], true);
        let resources = package["resources"].as_array().unwrap();
        assert_eq!(resources.len(), 2 * TABLES.len());
        let (first, second) = (&resources[1], &resources[TABLES.len() + 1]);
        assert_eq!((&first["name"], &first["path"]), (&json!("mentions"), &json!("mentions.parquet")));
        assert_eq!((&second["name"], &second["encoding"]), (&json!("mentions-csv"), &json!("utf-8-sig")));
        let keys = &second["schema"]["foreignKeys"];
        assert_eq!(keys[0]["reference"]["resource"], "documents-csv");
        assert_eq!(first.get("encoding"), None);
    }

    #[test]
    fn columns_have_their_types() {
        let package = package(&[Format::Csv], false);
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
        let key = &package(&[Format::Csv], false)["resources"][0]["schema"]["foreignKeys"][0];
        let expected = json!({"fields": "duplicate_of", "reference": {"resource": "", "fields": "doc_id"}});
        assert_eq!(key, &expected);
    }
}
