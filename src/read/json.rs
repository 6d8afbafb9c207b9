//! JSON files: an array of objects, one object, or an object that holds an array of objects under some key.
//!
//! The file is cut into its objects, each of which is parsed on its own, on whatever thread.

use std::io::{BufRead, BufReader, Cursor, Read};
use std::sync::Arc;

use serde_json::Value;

use super::Problem;
use super::document::Raw;
use super::object;
use super::records::{Job, Records, failed};
use super::scan::{Excess, Scanned, Scanner};
use super::stream::{Failing, Fault, Stream};
use super::text;

/// The documents of a JSON file.
pub(super) fn records(job: Job, stream: Stream) -> Records {
    match text::transcoded(stream) {
        Ok((stream, note)) => {
            let scanner = scanner(stream);
            Box::new(Json { job, scanner, note: note.into(), number: 0, is_wrapped: false, state: State::Top })
        }
        Err(error) => failed(&job.place, &error),
    }
}

type Input = Box<dyn BufRead + Send>;

fn scanner(stream: impl Read + Send + 'static) -> Scanner<Input> {
    Scanner::new(Box::new(BufReader::with_capacity(1 << 16, stream)))
}

/// Where in the file the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Between values that stand in nothing else.
    Top,
    /// In an array, before an element.
    Array,
    /// In an object, behind the array that it holds.
    Behind,
    Done,
}

struct Json {
    job: Job,
    scanner: Scanner<Input>,
    /// In what encoding the file was read; empty for UTF-8.
    note: Arc<str>,
    /// Number of the element before, from 1.
    number: u64,
    /// Whether the array stands in an object.
    is_wrapped: bool,
    state: State,
}

type Found = Option<Result<Raw, Problem>>;

impl Iterator for Json {
    type Item = Result<Raw, Problem>;

    fn next(&mut self) -> Found {
        loop {
            let found = match self.state {
                State::Top => self.top(),
                State::Array => self.element(),
                State::Behind => self.behind(),
                State::Done => return None,
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

impl Json {
    /// Takes up a value that stands in nothing else.
    fn top(&mut self) -> Found {
        match self.scanner.peek() {
            Err(error) => self.end(Some(error)),
            Ok(None) => self.end(None),
            Ok(Some(b'[')) => {
                self.scanner.take();
                self.state = State::Array;
                None
            }
            Ok(Some(b'{')) => self.object(),
            Ok(Some(_)) => {
                self.state = State::Done;
                let unfit = object::invalid("it begins with neither a bracket nor a brace");
                Some(Err(unfit.problem(&self.job.place, "")))
            }
        }
    }

    /// Ends the reading, with a problem if there is a fault.
    fn end(&mut self, fault: Option<std::io::Error>) -> Found {
        self.state = State::Done;
        let record = if self.number == 0 { String::new() } else { (self.number + 1).to_string() };
        fault.map(|error| Err(self.job.place.io(&record, &error)))
    }

    /// An element of an array, or its end.
    fn element(&mut self) -> Found {
        match self.scanner.peek() {
            Err(error) => self.end(Some(error)),
            Ok(None) => self.end(Some(Fault::Truncated.into())),
            Ok(Some(b',')) => {
                self.scanner.take();
                None
            }
            Ok(Some(b']')) => {
                self.scanner.take();
                self.state = if self.is_wrapped { State::Behind } else { State::Top };
                None
            }
            Ok(Some(b'}' | b':')) => {
                self.state = State::Done;
                let unfit = object::invalid("a bracket or a comma is out of place, and the rest cannot be told apart");
                Some(Err(unfit.problem(&self.job.place, &(self.number + 1).to_string())))
            }
            Ok(Some(_)) => self.value(),
        }
    }

    fn value(&mut self) -> Found {
        let limit = self.job.context.limits.document;
        match self.scanner.value(limit, Excess::Skip) {
            Scanned::Cut(_) => self.end(Some(Fault::Truncated.into())),
            Scanned::Failed(_, error) => self.end(Some(error)),
            Scanned::TooLong(_) => {
                self.number += 1;
                Some(Err(self.job.place.io(&self.number.to_string(), &Fault::TooLarge(limit).into())))
            }
            Scanned::Whole(bytes) => {
                self.number += 1;
                Some(Ok(object::raw(&self.job, self.number.to_string(), bytes, &self.note)))
            }
        }
    }

    /// An object that stands in nothing else: a document, or what holds an array of them.
    fn object(&mut self) -> Found {
        let limit = self.job.context.limits.document;
        match self.scanner.value(limit, Excess::Stop) {
            Scanned::Whole(bytes) if self.is_record(&bytes) => self.lone(bytes),
            Scanned::Whole(bytes) | Scanned::Cut(bytes) => self.wrapper(bytes, None, None),
            Scanned::TooLong(bytes) => self.wrapper(bytes, None, Some(Fault::TooLarge(limit).into())),
            Scanned::Failed(bytes, error) => self.wrapper(bytes, Some(error), None),
        }
    }

    /// Whether the object is a record itself, or at least holds none.
    fn is_record(&self, bytes: &[u8]) -> bool {
        let text = text::utf8(bytes.to_vec()).text;
        let Ok(Value::Object(object)) = serde_json::from_str(&text) else { return false };
        let holds_objects = |value: &Value| value.as_array().and_then(|all| all.first()).is_some_and(Value::is_object);
        object::is_document(&object, &self.job.context.columns) || !object.values().any(holds_objects)
    }

    /// A record that stands in nothing else; it has a number only where there are several.
    fn lone(&mut self, bytes: Vec<u8>) -> Found {
        let is_single = self.number == 0 && matches!(self.scanner.peek(), Ok(None));
        self.number += 1;
        let record = if is_single { String::new() } else { self.number.to_string() };
        Some(Ok(object::raw(&self.job, record, bytes, &self.note)))
    }

    /// Looks for the array of objects in an object of which the first bytes were read.
    fn wrapper(&mut self, head: Vec<u8>, error: Option<std::io::Error>, too_large: Option<std::io::Error>) -> Found {
        let record = head.clone();
        let rest = std::mem::replace(&mut self.scanner, Scanner::new(Box::new(std::io::empty()))).into_inner();
        self.scanner = scanner(Cursor::new(head).chain(Failing(error)).chain(rest));
        match self.find_array() {
            Ok(true) => {
                (self.state, self.is_wrapped) = (State::Array, true);
                None
            }
            Err(error) => self.end(Some(error)),
            Ok(false) if too_large.is_some() => self.end(too_large),
            Ok(false) => {
                self.number += 1;
                Some(Ok(object::raw(&self.job, String::new(), record, &self.note)))
            }
        }
    }

    /// Goes to the first element of the first array of objects; false if the object ends before.
    fn find_array(&mut self) -> std::io::Result<bool> {
        // Takes the brace with which the object begins.
        self.scanner.peek()?;
        self.scanner.take();
        loop {
            match self.scanner.peek()? {
                None => return Ok(false),
                Some(b'}') => {
                    self.scanner.take();
                    return Ok(false);
                }
                Some(b',' | b':' | b']') => self.scanner.take(),
                Some(b'[') => {
                    self.scanner.take();
                    if self.scanner.peek()? == Some(b'{') {
                        return Ok(true);
                    }
                    self.scanner.skip_array()?;
                }
                Some(_) => self.pass_over()?,
            }
        }
    }

    /// Passes over what stands in an object behind its array, and goes on behind the object.
    fn behind(&mut self) -> Found {
        let passed = match self.scanner.peek() {
            Err(error) => return self.end(Some(error)),
            Ok(None) => return self.end(Some(Fault::Truncated.into())),
            Ok(Some(byte @ (b'}' | b']' | b',' | b':'))) => {
                self.scanner.take();
                if byte == b'}' {
                    (self.state, self.is_wrapped) = (State::Top, false);
                }
                Ok(())
            }
            Ok(Some(_)) => self.pass_over(),
        };
        passed.map_or_else(|error| self.end(Some(error)), |()| None)
    }

    fn pass_over(&mut self) -> std::io::Result<()> {
        match self.scanner.value(0, Excess::Skip) {
            Scanned::Failed(_, error) => Err(error),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{outcomes, read};

    fn found(json: &str) -> Vec<String> {
        outcomes("a.json", json.as_bytes(), 100)
    }

    #[test]
    fn an_array_gives_its_objects() {
        let json = r#" [{"text": "one"}, {"text": "two", "id": "n-2"},
            {"text": "]}"}] "#;
        assert_eq!(found(json), ["1 one", "n-2 two", "3 ]}"]);
        assert_eq!(found("[]"), [" empty"]);
    }

    #[test]
    fn one_object_is_one_document() {
        assert_eq!(found(r#"{"text": "one", "tags": [{"a": 1}]}"#), [" one"]);
        assert_eq!(found("{\"text\": \"one\"}\n{\"text\": \"two\"}"), ["1 one", "2 two"]);
        assert_eq!(found(r#"{"a": "one"}"#), [" no_text_column"]);
    }

    #[test]
    fn an_object_may_hold_the_array_under_any_key() {
        let json = r#"{"count": 2, "tags": ["a", 1], "meta": {"x": [{}]}, "articles": [{"text": "one"}, {"text": "two"}], "z": 0}"#;
        assert_eq!(found(json), ["1 one", "2 two"]);
        assert_eq!(found(&format!("{json}\n{json}")).len(), 4);
        // Longer than a document may be: it is no document, but what holds some.
        let long = format!(r#"{{"about": "{}", "data": [{{"text": "one"}}]}}"#, "x".repeat(200));
        assert_eq!(found(&long), ["1 one"]);
        assert_eq!(found(&format!(r#"{{"text": "{}"}}"#, "x".repeat(200))), [" too_large"]);
    }

    #[test]
    fn a_bad_element_costs_no_more_than_itself() {
        let json =
            format!(r#"[{{"text": "one"}}, {{"text": x}}, 7, {{"text": "{}"}}, {{"text": "two"}}]"#, "x".repeat(200));
        assert_eq!(found(&json), ["1 one", "2 invalid_json", "3 invalid_json", "4 too_large", "5 two"]);
    }

    #[test]
    fn what_ends_too_early_keeps_what_stands_before() {
        for json in [r#"[{"text": "one"}, {"te"#, r#"[{"text": "one"}, "#, r#"{"data": [{"text": "one"}, {"te"#] {
            assert_eq!(found(json), ["1 one", "2 truncated"], "{json}");
        }
        assert_eq!(found(r#"{"te"#), [" invalid_json"]);
    }

    #[test]
    fn what_is_no_json_is_told() {
        assert_eq!(found("The county"), [" invalid_json"]);
        assert_eq!(found(r#"[{"text": "one"}}, {"text": "two"}]"#), ["1 one", "2 invalid_json"]);
    }

    #[test]
    fn other_encodings_are_read() {
        let json: Vec<u8> = "\u{FEFF}[{\"text\": \"会议\"}]".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let documents = read("a.json", &json);
        assert_eq!((documents[0].text.as_str(), documents[0].notes.as_str()), ("会议", "read as UTF-16LE"));
    }
}
