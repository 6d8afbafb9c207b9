//! JSON lines: one object a line, each parsed on its own, so that a bad line costs no more than itself.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use super::document::Raw;
use super::object;
use super::records::{Job, Records};
use super::stream::{Fault, Stream};
use super::text;

/// The documents of JSON lines.
pub(super) fn records(job: Job, stream: Stream) -> Records {
    match text::transcoded(stream) {
        Ok((stream, note)) => {
            let input = BufReader::with_capacity(1 << 16, stream);
            Box::new(Lines { job, input, note: note.into(), number: 0, is_done: false })
        }
        Err(error) => super::records::failed(&job.place, &error),
    }
}

struct Lines<R> {
    job: Job,
    input: R,
    /// In what encoding the file was read; empty for UTF-8.
    note: Arc<str>,
    /// Number of the line before, from 1.
    number: u64,
    is_done: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Raw, super::Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            self.number += 1;
            let (limit, record) = (self.job.context.limits.document, self.number.to_string());
            match next_line(&mut self.input, limit) {
                Ok(Line::End) => self.is_done = true,
                Ok(Line::TooLong) => return Some(Err(self.job.place.io(&record, &Fault::TooLarge(limit).into()))),
                Ok(Line::Bytes(bytes)) if bytes.trim_ascii().is_empty() => {}
                Ok(Line::Bytes(bytes)) => return Some(Ok(object::raw(&self.job, record, bytes, &self.note))),
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(self.job.place.io(&record, &error)));
                }
            }
        }
        None
    }
}

/// What stands up to the next end of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The line without its `\n`.
    Bytes(Vec<u8>),
    /// A line of more than the limit, which was passed over.
    TooLong,
    /// The end of the input.
    End,
}

/// Reads a line of at most `limit` bytes; of a longer one no more than that is ever held.
///
/// # Errors
///
/// Those of the input; what stands in the line before is lost.
pub(super) fn next_line(input: &mut impl BufRead, limit: u64) -> io::Result<Line> {
    let mut bytes = Vec::new();
    let count = input.by_ref().take(limit.saturating_add(1)).read_until(b'\n', &mut bytes)?;
    if count == 0 {
        return Ok(Line::End);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        return Ok(Line::Bytes(bytes));
    }
    if bytes.len() as u64 <= limit {
        return Ok(Line::Bytes(bytes));
    }
    drop(bytes);
    input.skip_until(b'\n')?;
    Ok(Line::TooLong)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{outcomes, read};
    use super::*;

    #[test]
    fn each_line_is_a_document_named_by_its_number() {
        let text = b"\xEF\xBB\xBF{\"id\": \"\", \"text\": \"one\"}\r\n\n{\"text\": \"two\", \"id\": \"n2\"}";
        let documents = read("a.jsonl", text);
        let records: Vec<_> = documents.iter().map(|d| (d.record.as_str(), d.text.as_str())).collect();
        assert_eq!(records, [("1", "one"), ("n2", "two")]);
    }

    #[test]
    fn a_bad_line_costs_no_more_than_itself() {
        let text = format!(
            "{{\"text\": \"one\"}}\n{{\"text\": \n{{\"text\": \"{}\"}}\n{{\"text\": \"two\"}}\n",
            "x".repeat(90)
        );
        let found = outcomes("a.jsonl", text.as_bytes(), 80);
        let expected = ["1 one", "2 invalid_json", "3 too_large", "4 two"];
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_are_cut_at_the_limit_but_not_within() {
        let mut input = &b"abc\nabcd\nab\n\nabc"[..];
        let bytes = |text: &[u8]| Line::Bytes(text.to_vec());
        let expected = [bytes(b"abc"), Line::TooLong, bytes(b"ab"), bytes(b""), bytes(b"abc"), Line::End];
        for line in expected {
            assert_eq!(next_line(&mut input, 3).unwrap(), line);
        }
    }

    #[test]
    fn other_encodings_are_told_from_the_head() {
        let text = "{\"text\": \"林河县召开经济工作会议，县委书记主持会议并讲话。\"}\n".repeat(3);
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        let documents = read("a.jsonl", &bytes);
        assert_eq!(documents.len(), 3);
        assert_eq!(documents[2].text, "林河县召开经济工作会议，县委书记主持会议并讲话。");
        assert_eq!(documents[2].notes, "read as GB18030");
    }
}
