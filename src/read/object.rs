//! A JSON object to a document: which of its keys hold the text and what is known about it.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::Columns;
use super::columns::{self, Cells, Field, Unfit};
use super::document::{Draft, Raw};
use super::records::Job;
use super::text::{self, Decoded};

/// A record that is a JSON object in `bytes`, read in the encoding that `note` tells.
pub(super) fn raw(job: &Job, record: String, bytes: Vec<u8>, note: &Arc<str>) -> Raw {
    let (place, context, note, name) = (job.place.clone(), Arc::clone(&job.context), Arc::clone(note), record.clone());
    Raw::new(&job.place, record, bytes.len(), job.context.limits.document, move || {
        let mut draft = draft(bytes, &context.columns).map_err(|unfit| unfit.problem(&place, &name))?;
        if !note.is_empty() {
            draft.notes.insert(0, note.as_ref().to_owned());
        }
        Ok(draft)
    })
}

fn draft(bytes: Vec<u8>, columns: &Columns) -> Result<Draft, Unfit> {
    let Decoded { text, note } = text::utf8(bytes);
    let value: Value = serde_json::from_str(&text).map_err(|error| invalid(&error.to_string()))?;
    let Value::Object(object) = value else { return Err(invalid("it is no object in braces")) };
    let mut draft = cells(&object, columns)?.draft();
    draft.notes.splice(0..0, Some(note).filter(|note| !note.is_empty()));
    Ok(draft)
}

/// What is no JSON object.
pub(super) fn invalid(reason: &str) -> Unfit {
    Unfit { kind: "invalid_json", detail: format!("not read as JSON: {reason}; mend it or leave it out") }
}

/// Whether the object has a text, and so is a document.
pub(super) fn is_document(object: &Map<String, Value>, columns: &Columns) -> bool {
    cells(object, columns).is_ok()
}

/// The cells of an object.
///
/// # Errors
///
/// `no_column` or `no_text_column`, if there is no text.
fn cells(object: &Map<String, Value>, columns: &Columns) -> Result<Cells<String>, Unfit> {
    let lower = columns::lower(object.keys().map(String::as_str));
    let found = Field::ALL.map(|field| match columns.given(field) {
        Some(name) => named(object, name),
        None => columns::usual(&lower, field).find_map(|at| object.values().nth(at).and_then(plain)),
    });
    let keys = || object.keys().cloned().collect::<Vec<_>>();
    match (&found[0], columns.given(Field::Text)) {
        (Some(_), _) => Ok(Cells(found.map(Option::unwrap_or_default))),
        (None, Some(name)) => Err(columns::no_column(Field::Text, name, &keys())),
        (None, None) => Err(columns::no_text(&keys())),
    }
}

/// The value of a key, or of a way through objects: `a.b` is `b` in the object of `a`.
fn named(object: &Map<String, Value>, name: &str) -> Option<String> {
    if let Some(value) = object.get(name) {
        return plain(value);
    }
    let mut way = name.split('.');
    let first = object.get(way.next()?);
    let deep = way.try_fold(first?, |value, key| value.get(key));
    deep.and_then(plain).or_else(|| {
        let any_case = object.iter().find(|(key, _)| key.to_lowercase() == name.to_lowercase());
        any_case.and_then(|(_, value)| plain(value))
    })
}

/// A value as text: what is no list or object, and lists of such values as lines.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(values) if values.iter().all(|value| !value.is_array()) => {
            values.iter().map(plain).collect::<Option<Vec<_>>>().map(|lines| lines.join("\n"))
        }
        Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str, columns: &Columns) -> Result<Draft, Unfit> {
        draft(json.as_bytes().to_vec(), columns)
    }

    #[test]
    fn usual_keys_are_known() {
        let json = r#"{"Title": "Head", "content": {"html": "x"}, "body": ["One.", "Two."], "id": 7, "date": null,
            "url": "http://x.example", "source": true}"#;
        let draft = read(json, &Columns::default()).unwrap();
        assert_eq!((draft.text.as_str(), draft.name.as_str()), ("One.\nTwo.", "7"));
        let metadata = draft.metadata;
        assert_eq!([metadata.title, metadata.url, metadata.outlet], ["Head", "http://x.example", "true"]);
        assert_eq!((metadata.published.as_str(), draft.notes.len()), ("", 0));
    }

    #[test]
    fn a_name_may_lead_into_objects() {
        let columns = Columns { text: Some("a.b".into()), title: Some("HEAD".into()), ..Columns::default() };
        let text = |json| read(json, &columns).map(|draft| draft.text);
        assert_eq!(text(r#"{"a": {"b": "deep"}, "text": "no"}"#), Ok("deep".to_owned()));
        assert_eq!(text(r#"{"a.b": "flat", "a": {"b": "deep"}}"#), Ok("flat".to_owned()));
        assert_eq!(text(r#"{"a.b": null}"#), Ok(String::new()));
        let unfit = text(r#"{"a": "b", "text": "no"}"#).unwrap_err();
        assert_eq!(unfit.kind, "no_column");
        assert_eq!(unfit.detail, "no column 'a.b' for --text-column; there are a, text");
    }

    #[test]
    fn what_is_no_object_or_has_no_text_is_told() {
        let unfit = |json| read(json, &Columns::default()).unwrap_err();
        assert_eq!(unfit(r#"{"a": 1}"#).kind, "no_text_column");
        assert_eq!(unfit("[1]").detail, "not read as JSON: it is no object in braces; mend it or leave it out");
        let detail = "not read as JSON: EOF while parsing a value at line 1 column 9; mend it or leave it out";
        assert_eq!(unfit(r#"{"text": "#).detail, detail);
        assert_eq!(unfit(&"[".repeat(100_000)).kind, "invalid_json");
    }
}
