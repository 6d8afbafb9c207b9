//! Tar archives, read from one end to the other without ever going back.
//!
//! The crate reads headers and extended names; the walk from member to member is made here, because a member must
//! be readable while the archive is waiting, which the crate's own iterator does not allow.

use std::io::{self, Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};

use tar::{Header, PaxExtensions};

use super::Problem;
use super::archive::{Verdict, is_single, judge};
use super::document::Raw;
use super::entry::Input;
use super::records::{self, Job, Records};
use super::stream::{self, Fault, Stream};
use super::text;

/// Bytes of a block; headers take one, contents are filled up to whole ones.
const BLOCK: usize = 512;

/// Most bytes of a long name or of extended headers.
const MOST_EXTENSIONS: u64 = 1_000_000;

/// The documents of a tar archive.
pub(super) fn records(job: Job, stream: Stream) -> Records {
    let stream = Arc::new(Mutex::new(Body { stream, left: 0, fill: 0 }));
    Box::new(Tar { job, body: stream, member: None, count: 0, is_done: false })
}

/// The archive from the member that is being read.
struct Body {
    stream: Stream,
    /// Bytes of the member that were not read.
    left: u64,
    /// Bytes behind the member that fill its last block.
    fill: u64,
}

impl Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let count = self.stream.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.left -= count as u64;
        if count == 0 { Err(Fault::Truncated.into()) } else { Ok(count) }
    }

    /// Goes to the next header and reads it; `None` at the end of the archive.
    fn header(&mut self) -> io::Result<Option<[u8; BLOCK]>> {
        self.left = self.left.saturating_add(std::mem::take(&mut self.fill));
        io::copy(&mut Read::take(Reader(self), u64::MAX), &mut io::sink())?;
        let mut block = [0; BLOCK];
        match self.stream.read(&mut block)? {
            0 => Ok(None),
            count => {
                let rest = block.get_mut(count..).unwrap_or_default();
                self.stream.read_exact(rest).map_err(short)?;
                Ok(Some(block))
            }
        }
    }

    fn begin(&mut self, size: u64) {
        self.left = size;
        self.fill = size.next_multiple_of(BLOCK as u64).saturating_sub(size);
    }
}

/// An archive that ends in the middle of a block is cut.
fn short(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::UnexpectedEof { Fault::Truncated.into() } else { error }
}

struct Reader<'b>(&'b mut Body);

impl Read for Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

/// The member that is being read, as a stream.
struct Member(Arc<Mutex<Body>>);

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read(buffer)
    }
}

struct Tar {
    job: Job,
    body: Arc<Mutex<Body>>,
    /// The records of the member that is being read.
    member: Option<Records>,
    /// Headers that were read.
    count: u64,
    is_done: bool,
}

/// What extended headers say about the member behind them.
#[derive(Default)]
struct Extended {
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

/// A member, as its header shows it.
struct Head {
    name: String,
    size: u64,
    is_file: bool,
    is_sparse: bool,
}

impl Tar {
    /// Goes on to the next member and gives its records; `None` at the end.
    fn advance(&mut self) -> io::Result<Option<Records>> {
        while let Some(head) = self.head()? {
            if !head.is_file && !head.is_sparse {
                continue;
            }
            match judge(&self.job, &head.name, head.size) {
                Verdict::Skip => {}
                Verdict::Bad(problem) => return Ok(Some(records::bad(problem))),
                Verdict::Read(job) if head.is_sparse => {
                    let detail = "a sparse file is not read from an archive; pack it again without gaps";
                    return Ok(Some(records::bad(job.place.problem("", "unreadable", detail))));
                }
                Verdict::Read(job) => return self.open(job).map(Some),
            }
        }
        Ok(None)
    }

    /// The records of a member. One that is a single document is read now, since the archive goes on before it.
    fn open(&self, job: Job) -> io::Result<Records> {
        let member = Member(Arc::clone(&self.body));
        if !is_single(&job) {
            return Ok(records::records(job, Box::new(|| Ok(Input::Stream(Box::new(member))))));
        }
        match stream::read_all(member, job.context.limits.document) {
            Ok(bytes) => Ok(records::records(job, Box::new(|| Ok(Input::Stream(Box::new(Cursor::new(bytes))))))),
            Err(error) => Ok(records::bad(job.place.io("", &error))),
        }
    }

    /// The next header of a member, with what extended headers before it say.
    fn head(&mut self) -> io::Result<Option<Head>> {
        let mut extended = Extended::default();
        let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let Some(block) = body.header()? else { return Ok(None) };
            if block.iter().all(|byte| *byte == 0) {
                return Ok(None);
            }
            let header = Header::from_byte_slice(&block);
            check(header, self.count)?;
            self.count += 1;
            let size = header.entry_size().map_err(|error| Fault::Damaged(error.to_string()))?;
            let kind = header.entry_type();
            if kind.is_gnu_longname() {
                body.begin(size);
                extended.name = Some(stream::read_all(Reader(&mut body), MOST_EXTENSIONS)?);
            } else if kind.is_pax_local_extensions() {
                body.begin(size);
                extended.add(&stream::read_all(Reader(&mut body), MOST_EXTENSIONS)?);
            } else {
                let size = extended.size.unwrap_or(size);
                // Links have a size in some archives, but never a content.
                let is_file = kind.is_file() || kind.is_contiguous();
                body.begin(if kind.is_hard_link() || kind.is_symlink() || kind.is_dir() { 0 } else { size });
                let name = extended.name.unwrap_or_else(|| header.path_bytes().into_owned());
                return Ok(Some(Head { name: shown(name), size, is_file, is_sparse: kind.is_gnu_sparse() }));
            }
        }
    }
}

impl Extended {
    fn add(&mut self, bytes: &[u8]) {
        for extension in PaxExtensions::new(bytes).flatten() {
            match extension.key_bytes() {
                b"path" => self.name = Some(extension.value_bytes().to_vec()),
                b"size" => self.size = extension.value().ok().and_then(|size| size.parse().ok()),
                _ => {}
            }
        }
    }
}

/// The name of a member as it is shown.
fn shown(mut name: Vec<u8>) -> String {
    while name.last() == Some(&0) {
        name.pop();
    }
    let name = text::decode(name, None).text;
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}

/// Whether a block is a header: the sum of its bytes stands in it.
fn check(header: &Header, count: u64) -> io::Result<()> {
    let bytes = header.as_bytes().iter().enumerate();
    let sum: u32 = bytes.map(|(at, byte)| u32::from(if (148..156).contains(&at) { b' ' } else { *byte })).sum();
    let reason = if count == 0 { "it is no tar archive" } else { "a header of the archive is not sound" };
    match header.cksum() {
        Ok(told) if told == sum => Ok(()),
        _ => Err(Fault::Damaged(reason.to_owned()).into()),
    }
}

impl Iterator for Tar {
    type Item = Result<Raw, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            if let Some(found) = self.member.as_mut().and_then(Iterator::next) {
                return Some(found);
            }
            self.member = None;
            match self.advance() {
                Ok(member) => {
                    self.is_done = member.is_none();
                    self.member = member;
                }
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(self.job.place.io("", &error)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{outcomes, read};

    fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, bytes) in members {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            builder.append_data(&mut header, name, *bytes).unwrap();
        }
        builder.into_inner().unwrap()
    }

    #[test]
    fn members_come_in_the_order_of_the_archive() {
        let packed = zstd::encode_all(&b"packed"[..], 0).unwrap();
        let bytes = tar(&[
            ("./b.txt", b"second"),
            ("a/c.jsonl", b"{\"text\": \"one\"}\n{\"text\": \"two\", \"id\": \"n\"}\n"),
            ("a/d.pdf", b"no"),
            (".hidden/e.txt", b"no"),
            ("f.txt.zst", &packed),
        ]);
        let expected = ["b.txt second", "a/c.jsonl:1 one", "a/c.jsonl:n two", "f.txt.zst packed"];
        assert_eq!(outcomes("a.tar", &bytes, 1000), expected);
    }

    #[test]
    fn long_names_are_read() {
        let name = format!("{}/a.txt", "folder".repeat(30));
        assert_eq!(read("a.tar", &tar(&[(&name, b"text")]))[0].record, name);
    }

    #[test]
    fn extended_headers_name_the_member_behind_them() {
        let mut builder = tar::Builder::new(Vec::new());
        builder.append_pax_extensions([("path", "会议/a.txt".as_bytes())]).unwrap();
        let mut header = tar::Header::new_ustar();
        header.set_size(4);
        header.set_path("b.txt").unwrap();
        header.set_cksum();
        builder.append(&header, &b"text"[..]).unwrap();
        assert_eq!(outcomes("a.tar", &builder.into_inner().unwrap(), 99), ["会议/a.txt text"]);
    }

    #[test]
    fn links_are_passed_over_and_archives_are_not_opened() {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        builder.append_link(&mut header, "a.txt", "/etc/passwd").unwrap();
        let mut bytes = builder.into_inner().unwrap();
        bytes.truncate(512);
        bytes.extend(tar(&[("b.zip", b"PK"), ("c.txt", b"text")]));
        assert_eq!(outcomes("a.tar", &bytes, 99), ["b.zip nested", "c.txt text"]);
    }

    #[test]
    fn a_long_member_costs_no_more_than_itself() {
        let bytes = tar(&[("a.txt", &[b'x'; 2000]), ("b.txt", b"text")]);
        assert_eq!(outcomes("a.tar", &bytes, 1000), ["a.txt too_large", "b.txt text"]);
    }

    #[test]
    fn a_cut_archive_keeps_what_stands_before() {
        let bytes = tar(&[("a.txt", b"text"), ("b.txt", &[b'x'; 2000])]);
        assert_eq!(outcomes("a.tar", &bytes[..2500], 9999), ["a.txt text", "b.txt truncated", " truncated"]);
        assert_eq!(outcomes("a.tar", &[b'x'; 2000], 9999), [" unreadable"]);
        assert_eq!(outcomes("a.tar", b"short", 9999), [" truncated"]);
    }
}
