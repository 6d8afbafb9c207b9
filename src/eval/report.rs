//! The outcome of scoring, as values, as text and as JSON. Nothing is counted here.

use std::fmt::Write as _;

use serde::{Serialize, Serializer};
use serde_json::ser::PrettyFormatter;
use unicode_normalization::char::is_combining_mark;

/// Precision, recall and F1 of one kind of mention or fact.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The part of what was predicted that is right.
    #[serde(rename = "p")]
    pub precision: f64,
    /// The part of the gold that was found.
    #[serde(rename = "r")]
    pub recall: f64,
    /// The harmonic mean of precision and recall.
    pub f1: f64,
    /// How many there are in the gold.
    pub gold: usize,
    /// How many were predicted.
    #[serde(rename = "pred")]
    pub predicted: usize,
    /// For mentions: F1 where a span is right if it overlaps a gold span by half of the longer one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relaxed_f1: Option<f64>,
}

/// How often a value that the gold states was given as it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Accuracy {
    /// The part that was right.
    pub value: f64,
    /// How many values the gold states.
    pub gold: usize,
}

/// Something missed or wrongly found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The file stem of the document.
    pub document: String,
    /// What it is, in words.
    pub text: String,
}

/// What was missed and what was wrongly found under one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Items {
    /// The name of the row.
    pub key: String,
    /// Gold that was not predicted.
    pub missed: Vec<Item>,
    /// Predictions that are not in the gold.
    pub wrong: Vec<Item>,
}

/// How well a run agrees with the gold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The scores by name, in the order in which they are printed.
    #[serde(serialize_with = "as_map")]
    pub rows: Vec<(String, Score)>,
    /// The accuracies by name, in the order in which they are printed.
    #[serde(serialize_with = "as_map")]
    pub accuracy: Vec<(String, Accuracy)>,
    /// What the user should know about the gold and the run.
    pub warnings: Vec<String>,
    /// What was missed and wrongly found; mentions in the order of the text, facts in alphabetical
    /// order, meetings as they stand in gold and table.
    #[serde(skip)]
    pub items: Vec<Items>,
}

impl Report {
    /// The report for people, with at most `errors` missed and as many wrong items of each row; it
    /// ends with a line break.
    pub fn to_text(&self, errors: usize) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut text, errors);
        text
    }

    /// The scores, accuracies and warnings as JSON, indented by one space; it ends with a line
    /// break.
    pub fn to_json(&self) -> String {
        let mut json = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut json, PrettyFormatter::with_indent(b" "));
        // Writing numbers and strings to memory cannot fail.
        let _ = self.serialize(&mut serializer);
        json.push(b'\n');
        String::from_utf8_lossy(&json).into_owned()
    }

    fn write(&self, out: &mut String, errors: usize) -> std::fmt::Result {
        for warning in &self.warnings {
            writeln!(out, "warning: {warning}")?;
        }
        let head = ["P", "R", "F1", "gold", "pred"].map(|name| format!("{name:>6}")).join(" ");
        writeln!(out, "{:18} {head}  relaxed F1", "")?;
        for (name, score) in &self.rows {
            writeln!(out, "{name:18} {}", line(score))?;
        }
        for (name, Accuracy { value, gold }) in &self.accuracy {
            writeln!(out, "{name:18} accuracy {value:.3} of {gold}")?;
        }
        self.items.iter().try_for_each(|items| items.write(out, errors))
    }
}

impl Items {
    fn write(&self, out: &mut String, errors: usize) -> std::fmt::Result {
        for (kind, items) in [("missed", &self.missed), ("wrong", &self.wrong)] {
            for Item { document, text } in items.iter().take(errors) {
                writeln!(out, "{} {kind}: {document}: {text}", self.key)?;
            }
        }
        Ok(())
    }
}

fn line(score: &Score) -> String {
    let Score { precision, recall, f1, gold, predicted, relaxed_f1 } = score;
    let relaxed = relaxed_f1.map_or_else(String::new, |f1| format!("  {f1:6.3}"));
    format!("{precision:6.3} {recall:6.3} {f1:6.3} {gold:6} {predicted:6}{relaxed}")
}

fn as_map<T: Serialize, S: Serializer>(pairs: &[(String, T)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(name, value)| (name, value)))
}

/// A string in quotes, with escapes for what cannot be seen.
pub(super) fn quoted(s: &str) -> String {
    let quote = if s.contains('\'') && !s.contains('"') { '"' } else { '\'' };
    let body: String = s.chars().map(|c| escaped(c, quote)).collect();
    format!("{quote}{body}{quote}")
}

fn escaped(c: char, quote: char) -> String {
    match (c, u32::from(c)) {
        ('\\', _) => "\\\\".to_owned(),
        ('\n', _) => "\\n".to_owned(),
        ('\r', _) => "\\r".to_owned(),
        ('\t', _) => "\\t".to_owned(),
        _ if c == quote => format!("\\{c}"),
        _ if visible(c) => c.to_string(),
        (_, code @ ..0x100) => format!("\\x{code:02x}"),
        (_, code @ ..0x1_0000) => format!("\\u{code:04x}"),
        (_, code) => format!("\\U{code:08x}"),
    }
}

/// Neither a control, format, private or unassigned character nor a separator other than the space.
fn visible(c: char) -> bool {
    let plain = matches!(c, '\'' | '"') || c.escape_debug().len() == 1;
    plain || c.is_alphanumeric() || is_combining_mark(c)
}

/// Several strings in quotes, as one item.
pub(super) fn tuple(parts: &[String]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| quoted(part)).collect();
    format!("({})", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let score =
            Score { precision: 1.0, recall: 0.0625, f1: 2.0 / 17.0, gold: 16, predicted: 1, relaxed_f1: Some(0.5) };
        let item = |text: &str| Item { document: "d".to_owned(), text: text.to_owned() };
        Report {
            rows: vec![("ORG".to_owned(), score), ("meeting".to_owned(), Score { relaxed_f1: None, ..score })],
            accuracy: vec![("doc_level".to_owned(), Accuracy { value: 0.5, gold: 2 })],
            warnings: vec!["mind é".to_owned()],
            items: vec![Items { key: "ORG".to_owned(), missed: vec![item("a"), item("b")], wrong: vec![item("c")] }],
        }
    }

    #[test]
    fn text_has_fixed_columns() {
        let table = "warning: mind é\n\
            \x20                       P      R     F1   gold   pred  relaxed F1\n\
            ORG                 1.000  0.062  0.118     16      1   0.500\n\
            meeting             1.000  0.062  0.118     16      1\n\
            doc_level          accuracy 0.500 of 2\n";
        assert_eq!(report().to_text(0), table);
        assert_eq!(report().to_text(1), format!("{table}ORG missed: d: a\nORG wrong: d: c\n"));
        assert!(report().to_text(9).ends_with("ORG missed: d: a\nORG missed: d: b\nORG wrong: d: c\n"));
    }

    #[test]
    fn json_keeps_the_order_of_rows() {
        let report = Report { rows: report().rows.split_off(1), ..report() };
        let json = "{\n \"rows\": {\n  \"meeting\": {\n   \"p\": 1.0,\n   \"r\": 0.0625,\n   \"f1\": 0.11764705882352941,\n   \
            \"gold\": 16,\n   \"pred\": 1\n  }\n },\n \"accuracy\": {\n  \"doc_level\": {\n   \"value\": 0.5,\n   \"gold\": 2\n  }\n },\n \
            \"warnings\": [\n  \"mind é\"\n ]\n}\n";
        assert_eq!(report.to_json(), json);
    }

    #[test]
    fn quotes_and_escapes() {
        assert_eq!(quoted("two\nlines\t\\"), r"'two\nlines\t\\'");
        assert_eq!(quoted("city's"), "\"city's\"");
        assert_eq!(quoted("city's \"x\""), "'city\\'s \"x\"'");
        assert_eq!(quoted("\"é省e\u{301}\u{FF9E}"), "'\"é省e\u{301}\u{FF9E}'");
        assert_eq!(quoted("\u{7}\u{A0}\u{200B}\u{F0000}"), r"'\x07\xa0\u200b\U000f0000'");
        assert_eq!(tuple(&["a".to_owned(), "b".to_owned()]), "('a', 'b')");
    }
}
