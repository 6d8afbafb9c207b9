//! Web archives: the pages and texts that a crawler was given, record by record.
//!
//! The crates for this format hold each record in memory, however long it is; so the few lines of headers are read
//! here. What stands in the HTTP message is in `http.rs`.

use std::io::{self, BufRead, BufReader, Read};

use super::document::{Draft, Raw};
use super::lines::{Line, next_line};
use super::records::{Job, Records};
use super::stream::{self, Fault, Stream};
use super::{Problem, html, http, text};

/// Most bytes of a line in the headers of a record, and most lines.
const HEADERS: (u64, usize) = (64 * 1024, 1000);

/// The documents of a web archive.
pub(super) fn records(job: Job, stream: Stream) -> Records {
    let input = BufReader::with_capacity(1 << 16, stream);
    Box::new(Warc { job, input, left: 0, number: 0, is_done: false })
}

struct Warc<R> {
    job: Job,
    input: R,
    /// Bytes of the record that were not read.
    left: u64,
    /// Number of the record, from 1.
    number: u64,
    is_done: bool,
}

/// The headers of a record that matter.
#[derive(Debug, Default, PartialEq, Eq)]
struct Head {
    kind: String,
    content: String,
    url: String,
    length: u64,
}

impl<R: BufRead> Warc<R> {
    /// The headers of the next record; `None` at the end.
    fn head(&mut self) -> io::Result<Option<Head>> {
        let skipped = io::copy(&mut self.input.by_ref().take(self.left), &mut io::sink())?;
        if skipped < self.left {
            return Err(Fault::Truncated.into());
        }
        self.left = 0;
        let Some(version) = self.first_line()? else { return Ok(None) };
        if !version.starts_with(b"WARC/") {
            return Err(Fault::Damaged("a record does not begin with WARC/".to_owned()).into());
        }
        let head = self.headers()?;
        (self.left, self.number) = (head.length, self.number + 1);
        Ok(Some(head))
    }

    /// The first line of a record, behind the blank ones that end the record before.
    fn first_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                Some(line) => return Ok(Some(line)),
            }
        }
    }

    /// A line without its end; `None` at the end of the input.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        match next_line(&mut self.input, HEADERS.0)? {
            Line::End => Ok(None),
            Line::TooLong => Err(Fault::Damaged("a header is too long".to_owned()).into()),
            Line::Bytes(line) => Ok(Some(line.trim_ascii().to_vec())),
        }
    }

    fn headers(&mut self) -> io::Result<Head> {
        let mut head = Head::default();
        for _ in 0..HEADERS.1 {
            let line = self.line()?.ok_or(Fault::Truncated)?;
            if line.is_empty() {
                return Ok(head);
            }
            head.add(&String::from_utf8_lossy(&line))?;
        }
        Err(Fault::Damaged("a record has too many headers".to_owned()).into())
    }

    /// The document of a record; `None` for one that is none.
    fn document(&mut self, head: &Head) -> io::Result<Option<Raw>> {
        match head.kind.as_str() {
            "response" if head.content.starts_with("application/http") => self.response(head),
            "resource" | "conversion" => {
                let Some(kind) = Kind::new(&head.content) else { return Ok(None) };
                let bytes = self.block()?;
                let declared = http::charset(&head.content);
                let url = head.url.clone();
                Ok(Some(self.raw(bytes.len(), move || Ok(kind.draft(bytes, declared.as_deref(), &url)))))
            }
            _ => Ok(None),
        }
    }

    fn response(&mut self, head: &Head) -> io::Result<Option<Raw>> {
        let Some(message) = http::head(&mut self.input.by_ref().take(self.left), &mut self.left)? else {
            return Ok(None);
        };
        let Some(kind) = Kind::new(&message.content).filter(|_| message.is_success) else { return Ok(None) };
        let (bytes, limit, url) = (self.block()?, self.job.context.limits.document, head.url.clone());
        let (place, record) = (self.job.place.clone(), self.number.to_string());
        Ok(Some(self.raw(bytes.len(), move || {
            let body = message.body(bytes, limit).map_err(|error| place.io(&record, &error))?;
            Ok(kind.draft(body, http::charset(&message.content).as_deref(), &url))
        })))
    }

    /// What is left of the record.
    fn block(&mut self) -> io::Result<Vec<u8>> {
        let (limit, left) = (self.job.context.limits.document, self.left);
        if left > limit {
            return Err(Fault::TooLarge(limit).into());
        }
        let bytes = stream::read_all(self.input.by_ref().take(left), limit)?;
        self.left -= bytes.len() as u64;
        if self.left > 0 { Err(Fault::Truncated.into()) } else { Ok(bytes) }
    }

    fn raw(&self, weight: usize, finish: impl FnOnce() -> Result<Draft, Problem> + Send + 'static) -> Raw {
        Raw::new(&self.job.place, self.number.to_string(), weight, self.job.context.limits.document, finish)
    }

    /// The next document; `None` at the end.
    fn advance(&mut self) -> io::Result<Option<Raw>> {
        while let Some(head) = self.head()? {
            if let Some(raw) = self.document(&head)? {
                return Ok(Some(raw));
            }
        }
        Ok(None)
    }
}

impl Head {
    fn add(&mut self, line: &str) -> io::Result<()> {
        let Some((name, value)) = line.split_once(':') else { return Ok(()) };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "content-type" => self.content = value.to_ascii_lowercase(),
            "warc-target-uri" => self.url = value.trim_start_matches('<').trim_end_matches('>').to_owned(),
            "content-length" => {
                let bad = |_| Fault::Damaged("the length of a record is no number".to_owned());
                self.length = value.parse().map_err(bad)?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// What a record holds, if it can be a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Html,
    Text,
}

impl Kind {
    fn new(content: &str) -> Option<Self> {
        let media = content.split(';').next().unwrap_or_default().trim();
        match media {
            "text/html" | "application/xhtml+xml" => Some(Self::Html),
            "text/plain" => Some(Self::Text),
            _ => None,
        }
    }

    fn draft(self, bytes: Vec<u8>, declared: Option<&str>, url: &str) -> Draft {
        match self {
            Self::Html => html::draft(bytes, declared, url),
            Self::Text => {
                let mut draft = text::draft(bytes, declared);
                draft.metadata.url = url.to_owned();
                draft
            }
        }
    }
}

impl<R: BufRead> Iterator for Warc<R> {
    type Item = Result<Raw, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        match self.advance() {
            Ok(Some(raw)) => Some(Ok(raw)),
            Ok(None) => {
                self.is_done = true;
                None
            }
            Err(error) => {
                // Only a record that is too long leaves the reader where it can go on.
                self.is_done = !Fault::is_too_large(&error);
                Some(Err(self.job.place.io(&self.number.to_string(), &error)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{outcomes, read};

    fn record(kind: &str, content: &str, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <http://x.example/1>\r\nContent-Type: {content}\r\n\
             Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    fn response(headers: &str, body: &str) -> String {
        record("response", "application/http; msgtype=response", &format!("HTTP/1.1 {headers}\r\n\r\n{body}"))
    }

    #[test]
    fn pages_and_texts_are_documents() {
        let warc = [
            record("warcinfo", "application/warc-fields", "software: x"),
            record("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"),
            response("200 OK\r\nContent-Type: text/html", "<body><p>The county"),
            response("404 Not Found\r\nContent-Type: text/html", "<p>Nothing"),
            response("200 OK\r\nContent-Type: image/png", "PNG"),
            record("resource", "text/plain", "The town"),
        ];
        let documents = read("a.warc", warc.concat().as_bytes());
        let short: Vec<_> = documents.iter().map(|d| (d.record.as_str(), d.text.as_str())).collect();
        assert_eq!(short, [("3", "The county"), ("6", "The town")]);
        assert!(documents.iter().all(|document| document.metadata.url == "http://x.example/1"));
        assert!(documents.iter().all(|document| document.metadata.published.is_empty()));
    }

    #[test]
    fn chunks_are_put_together_and_packed_ones_unpacked() {
        let chunked = response(
            "200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain; charset=utf-8",
            "4;x=y\r\nThe \r\n6\r\ncounty\r\n0\r\n\r\n",
        );
        assert_eq!(outcomes("a.warc", chunked.as_bytes(), 999), ["1 The county"]);
        // A crawler may have put the chunks together and kept the header.
        let plain = response("200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain", "The county");
        assert_eq!(outcomes("a.warc", plain.as_bytes(), 999), ["1 The county"]);
    }

    #[test]
    fn a_long_record_costs_no_more_than_itself() {
        let long = record("resource", "text/plain", &"x".repeat(2000));
        let warc = [record("resource", "text/plain", "one"), long, record("resource", "text/plain", "two")];
        assert_eq!(outcomes("a.warc", warc.concat().as_bytes(), 999), ["1 one", "2 too_large", "3 two"]);
    }

    #[test]
    fn what_is_cut_or_no_archive_is_told() {
        let warc = [record("resource", "text/plain", "one"), record("resource", "text/plain", "two")].concat();
        assert_eq!(outcomes("a.warc", &warc.as_bytes()[..warc.len() - 6], 999), ["1 one", "2 truncated"]);
        assert_eq!(outcomes("a.warc", b"no archive", 999), ["0 unreadable"]);
    }
}
