//! Zip archives, by their directory; each member can be unpacked on whatever thread.
//!
//! The directory is read in pieces, so that an archive of millions of members takes no more memory than a small one.

use std::collections::VecDeque;
use std::io::{self, BufReader};
use std::sync::Arc;

use rawzip::{
    CompressionMethod, MAX_CENTRAL_DIRECTORY_RECORD_SIZE, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder,
    ZipFileHeaderRecord, ZipLocator,
};

use super::Problem;
use super::archive::{Verdict, judge};
use super::document::Raw;
use super::entry::Input;
use super::records::{self, Job, Records, failed};
use super::seek::Seekable;
use super::stream::{Account, Fault, Stream, Unpacked};
use super::text;

/// Members whose entries are held at a time.
const BATCH: usize = 16_384;

impl ReaderAt for Seekable {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        Seekable::read_at(self, buffer, offset)
    }
}

type Archive = Arc<ZipArchive<Seekable>>;

/// The documents of a zip archive.
pub(super) fn records(job: Job, input: Input) -> Records {
    match input.seekable().and_then(|bytes| Zip::open(&job, bytes)) {
        Ok(zip) => Box::new(zip),
        Err(error) => failed(&job.place, &error),
    }
}

/// A member, as the directory shows it.
struct Entry {
    name: String,
    way: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    is_encrypted: bool,
    weight: u64,
}

struct Zip {
    job: Job,
    archive: Archive,
    batch: VecDeque<Entry>,
    /// Entries of the directory that were read.
    read: usize,
    is_read: bool,
    /// The records of the member that is being read.
    member: Option<Records>,
}

impl Zip {
    fn open(job: &Job, bytes: Seekable) -> io::Result<Self> {
        let (len, mut buffer) = (bytes.len(), vec![0; rawzip::RECOMMENDED_BUFFER_SIZE]);
        let located = ZipLocator::new().locate_in_reader(bytes, &mut buffer, len);
        let archive = Arc::new(located.map_err(|(_, error)| damaged(&error))?);
        let batch = VecDeque::new();
        Ok(Self { job: job.clone(), archive, batch, read: 0, is_read: false, member: None })
    }

    /// Reads the next piece of the directory.
    fn refill(&mut self) -> io::Result<()> {
        let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE.max(rawzip::RECOMMENDED_BUFFER_SIZE)];
        let mut entries = self.archive.entries(&mut buffer);
        let mut at = 0;
        self.is_read = true;
        while let Some(entry) = entries.next_entry().map_err(|error| damaged(&error))? {
            at += 1;
            if at <= self.read {
                continue;
            }
            self.read = at;
            self.batch.extend(member(&entry));
            if self.batch.len() >= BATCH {
                self.is_read = false;
                break;
            }
        }
        Ok(())
    }

    /// The records of the next member; `None` at the end.
    fn advance(&mut self) -> io::Result<Option<Records>> {
        loop {
            let Some(entry) = self.batch.pop_front() else {
                if self.is_read {
                    return Ok(None);
                }
                self.refill()?;
                continue;
            };
            match judge(&self.job, &entry.name, entry.weight) {
                Verdict::Skip => {}
                Verdict::Bad(problem) => return Ok(Some(records::bad(problem))),
                Verdict::Read(job) => return Ok(Some(self.open_member(job, &entry))),
            }
        }
    }

    fn open_member(&self, job: Job, entry: &Entry) -> Records {
        if entry.is_encrypted {
            let detail = "it is encrypted; unpack the archive with its password, and give the files";
            return records::bad(job.place.problem("", "encrypted", detail));
        }
        let (archive, ratio) = (Arc::clone(&self.archive), job.context.limits.ratio);
        let (way, method) = (entry.way, entry.method);
        records::records(job, Box::new(move || unpacked(&archive, way, method, ratio).map(Input::Stream)))
    }
}

/// A file in the directory; what is a folder or a link is passed over.
fn member(entry: &ZipFileHeaderRecord<'_>) -> Option<Entry> {
    if entry.is_dir() || entry.mode().is_symlink() {
        return None;
    }
    let name = text::decode(entry.file_path().as_bytes().to_vec(), None).text;
    Some(Entry {
        name: name.strip_prefix("./").unwrap_or(&name).to_owned(),
        way: entry.wayfinder(),
        method: entry.compression_method(),
        is_encrypted: entry.flags().is_encrypted(),
        weight: entry.uncompressed_size_hint(),
    })
}

/// A member as a stream, which checks length and sum at its end.
fn unpacked(
    archive: &ZipArchive<Seekable>,
    way: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    ratio: u64,
) -> io::Result<Stream> {
    let entry = archive.get_entry(way).map_err(|error| damaged(&error))?;
    let (start, end) = entry.compressed_data_range();
    let packed = BufReader::new(archive.get_ref().window(start, end));
    let plain: Stream = match method {
        CompressionMethod::STORE => Box::new(packed),
        CompressionMethod::DEFLATE => Box::new(flate2::bufread::DeflateDecoder::new(packed)),
        CompressionMethod::DEFLATE64 => Box::new(deflate64::Deflate64Decoder::with_buffer(packed)),
        CompressionMethod::ZSTD => Box::new(zstd::Decoder::with_buffer(packed)?),
        other => {
            let reason = format!("packed by method {}, which is not read; pack it by deflate", other.as_u16());
            return Err(Fault::Damaged(reason).into());
        }
    };
    // Each member for itself: which one is read first, must not show.
    let account = Account::new(end.saturating_sub(start), ratio);
    Ok(Box::new(Unpacked::new(entry.verifying_reader(plain), account)))
}

fn damaged(error: &rawzip::Error) -> io::Error {
    Fault::Damaged(error.to_string()).into()
}

impl Iterator for Zip {
    type Item = Result<Raw, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.member.as_mut().and_then(Iterator::next) {
                return Some(found);
            }
            match self.advance() {
                Ok(member) => self.member = Some(member?),
                Err(error) => {
                    (self.is_read, self.member) = (true, None);
                    self.batch.clear();
                    return Some(Err(self.job.place.io("", &error)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::outcomes;
    use rawzip::path::EntryPath;
    use rawzip::{CompressionMethod, ZipArchiveWriter};
    use std::io::Write;

    fn zip(members: &[(&str, CompressionMethod, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = ZipArchiveWriter::new(&mut bytes);
        for (name, method, content) in members {
            let (mut entry, config) =
                archive.new_file(EntryPath::verbatim(name.as_bytes())).compression_method(*method).start().unwrap();
            let packed = match *method {
                CompressionMethod::DEFLATE => {
                    let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
                    let mut writer = config.wrap(encoder);
                    writer.write_all(content).unwrap();
                    let (encoder, descriptor) = writer.finish().unwrap();
                    encoder.finish().unwrap();
                    descriptor
                }
                _ => {
                    let mut writer = config.wrap(&mut entry);
                    writer.write_all(content).unwrap();
                    writer.finish().unwrap().1
                }
            };
            entry.finish(packed).unwrap();
        }
        archive.finish().unwrap();
        bytes
    }

    const STORE: CompressionMethod = CompressionMethod::STORE;
    const DEFLATE: CompressionMethod = CompressionMethod::DEFLATE;

    #[test]
    fn members_come_in_the_order_of_the_archive() {
        let bytes = zip(&[
            ("b.txt", DEFLATE, b"second"),
            ("a/c.csv", STORE, b"id,text\n,one\nn,two\n"),
            ("a/d.pdf", STORE, b"no"),
            ("__MACOSX/._b.txt", STORE, b"no"),
            ("e.zip", STORE, b"PK"),
            ("../../evil.txt", DEFLATE, b"harmless"),
        ]);
        let expected = ["b.txt second", "a/c.csv:1 one", "a/c.csv:n two", "e.zip nested", "../../evil.txt harmless"];
        assert_eq!(outcomes("a.zip", &bytes, 1000), expected);
    }

    #[test]
    fn a_damaged_member_costs_no_more_than_itself() {
        let mut bytes = zip(&[("a.txt", STORE, b"the county"), ("b.txt", STORE, b"the town")]);
        let at = bytes.windows(10).position(|part| part == b"the county").unwrap();
        bytes[at] = b'T';
        assert_eq!(outcomes("a.zip", &bytes, 1000), ["a.txt unreadable", "b.txt the town"]);
    }

    #[test]
    fn a_long_member_costs_no_more_than_itself() {
        let bytes = zip(&[("a.txt", DEFLATE, &[b'x'; 2000]), ("b.txt", STORE, b"text")]);
        assert_eq!(outcomes("a.zip", &bytes, 1000), ["a.txt too_large", "b.txt text"]);
    }

    #[test]
    fn what_is_no_zip_or_cut_is_told() {
        assert_eq!(outcomes("a.zip", b"no zip at all", 99), [" unreadable"]);
        let bytes = zip(&[("a.txt", DEFLATE, b"text")]);
        assert_eq!(outcomes("a.zip", &bytes[..bytes.len() - 30], 99), [" unreadable"]);
    }
}
