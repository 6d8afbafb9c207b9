//! Which format and which compression a file has: by its name, else by its first bytes.

use serde::{Deserialize, Serialize};

/// What a file holds when it is unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Plain text, one document.
    Text,
    /// A page of the web, one document.
    Html,
    /// Rows with a header, between commas or semicolons.
    Csv,
    /// Rows with a header, between tabs.
    Tsv,
    /// One JSON object a line.
    #[serde(rename = "jsonl")]
    JsonLines,
    /// A JSON array of objects, or an object.
    Json,
    /// Apache Parquet.
    Parquet,
    /// A web archive.
    Warc,
    /// An archive of files.
    Zip,
    /// An archive of files.
    Tar,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 10] = [
        Self::Text,
        Self::Html,
        Self::Csv,
        Self::Tsv,
        Self::JsonLines,
        Self::Json,
        Self::Parquet,
        Self::Warc,
        Self::Zip,
        Self::Tar,
    ];

    /// The name by which options and tables call it (`text`, `jsonl`).
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::JsonLines => "jsonl",
            Self::Json => "json",
            Self::Parquet => "parquet",
            Self::Warc => "warc",
            Self::Zip => "zip",
            Self::Tar => "tar",
        }
    }

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether a file of this format holds other files.
    pub fn is_archive(self) -> bool {
        matches!(self, Self::Zip | Self::Tar)
    }
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compression {
    /// Not at all.
    #[default]
    None,
    /// gzip, `.gz`.
    Gzip,
    /// Zstandard, `.zst`.
    Zstd,
}

impl Compression {
    /// The name by which tables call it (`none`, `gzip`, `zstd`).
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// The extensions that a folder is searched for, in short.
pub(super) const KNOWN: &str =
    ".txt .md .html .csv .tsv .jsonl .json .parquet .warc, each also .gz or .zst, .zip and .tar";

/// Format and compression by the extensions of a file name; `None` where the name does not tell the format.
pub(super) fn of_name(name: &str) -> Option<(Format, Compression)> {
    let lower = name.to_lowercase();
    let (stem, compression) = compression_of(&lower);
    if lower.ends_with(".tgz") {
        return Some((Format::Tar, Compression::Gzip));
    }
    let (before, extension) = stem.rsplit_once('.')?;
    // A zip is packed already; `.zip.gz` is not taken up from a folder.
    let format = of_extension(extension).filter(|format| *format != Format::Zip || compression == Compression::None)?;
    (!before.is_empty() && !before.ends_with('/')).then_some((format, compression))
}

/// The name without the extension of a compression, and that compression.
pub(super) fn compression_of(lower: &str) -> (&str, Compression) {
    let gzip = lower.strip_suffix(".gz").map(|stem| (stem, Compression::Gzip));
    let zstd = || lower.strip_suffix(".zst").map(|stem| (stem, Compression::Zstd));
    gzip.or_else(zstd).unwrap_or((lower, Compression::None))
}

fn of_extension(extension: &str) -> Option<Format> {
    Some(match extension {
        "txt" | "md" => Format::Text,
        "html" | "htm" => Format::Html,
        "csv" => Format::Csv,
        "tsv" => Format::Tsv,
        "jsonl" | "ndjson" => Format::JsonLines,
        "json" => Format::Json,
        "parquet" => Format::Parquet,
        "warc" => Format::Warc,
        "zip" => Format::Zip,
        "tar" => Format::Tar,
        _ => return None,
    })
}

/// The compression that the first bytes of a file show.
pub(super) fn packed(head: &[u8]) -> Compression {
    match head {
        [0x1F, 0x8B, ..] => Compression::Gzip,
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Compression::Zstd,
        _ => Compression::None,
    }
}

/// The format that the first bytes of a file show, once it is unpacked; plain text where they show none.
pub(super) fn of_bytes(head: &[u8]) -> Format {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Format::Zip
    } else if head.starts_with(b"PAR1") {
        Format::Parquet
    } else if head.starts_with(b"WARC/") {
        Format::Warc
    } else if head.get(257..262) == Some(b"ustar") {
        Format::Tar
    } else {
        of_text(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start())
    }
}

fn of_text(head: &[u8]) -> Format {
    let opens = |word: &[u8]| head.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    match head {
        [b'[', ..] => Format::Json,
        [b'{', ..] => of_object(head),
        _ if opens(b"<!doctype html") || opens(b"<html") => Format::Html,
        _ => Format::Text,
    }
}

/// JSON lines if the first line is a whole object and another follows, else JSON.
fn of_object(head: &[u8]) -> Format {
    let (line, rest) = head.split_at(head.iter().position(|byte| *byte == b'\n').unwrap_or(head.len()));
    let is_whole = serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    // A single line is left to the reader of JSON, who knows objects that hold the documents.
    if is_whole && rest.trim_ascii_start().starts_with(b"{") { Format::JsonLines } else { Format::Json }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Compression::{Gzip, None as Plain, Zstd};

    #[test]
    fn names_tell_format_and_compression() {
        let cases = [
            ("a.txt", Format::Text, Plain),
            ("A.TXT.GZ", Format::Text, Gzip),
            ("a.md", Format::Text, Plain),
            ("x/2022.htm", Format::Html, Plain),
            ("a.html.zst", Format::Html, Zstd),
            ("a.csv", Format::Csv, Plain),
            ("a.tsv.gz", Format::Tsv, Gzip),
            ("a.jsonl.gz", Format::JsonLines, Gzip),
            ("a.ndjson", Format::JsonLines, Plain),
            ("a.json.zst", Format::Json, Zstd),
            ("a.parquet", Format::Parquet, Plain),
            ("a.warc.gz", Format::Warc, Gzip),
            ("a.zip", Format::Zip, Plain),
            ("a.tar", Format::Tar, Plain),
            ("a.tgz", Format::Tar, Gzip),
            ("a.tar.zst", Format::Tar, Zstd),
        ];
        for (name, format, compression) in cases {
            assert_eq!(of_name(name), Some((format, compression)), "{name}");
        }
    }

    #[test]
    fn other_names_tell_nothing() {
        for name in ["a", "a.gz", "a.pdf", ".txt", "x/.txt", "txt", "a.zip.gz", "a.txt.bz2", ""] {
            assert_eq!(of_name(name), None, "{name}");
        }
    }

    #[test]
    fn first_bytes_tell_the_format() {
        let tar = [&[b'a'; 257][..], b"ustar\0"].concat();
        let cases: [(&[u8], Format); 12] = [
            (b"PK\x03\x04..", Format::Zip),
            (b"PAR1\x15", Format::Parquet),
            (b"WARC/1.0\r\n", Format::Warc),
            (&tar, Format::Tar),
            (b"\xEF\xBB\xBF \n[{", Format::Json),
            (b"{\"a\": 1}\n{\"a\": 2}", Format::JsonLines),
            (b"{\n  \"a\": 1\n}", Format::Json),
            (b"{\"a\": [{}]}\n", Format::Json),
            (b"\n<!DOCTYPE HTML>", Format::Html),
            (b"<html lang=en>", Format::Html),
            (b"The county", Format::Text),
            (b"", Format::Text),
        ];
        for (head, format) in cases {
            assert_eq!(of_bytes(head), format, "{}", String::from_utf8_lossy(head));
        }
        assert_eq!([packed(b"\x1F\x8B\x08"), packed(b"\x28\xB5\x2F\xFD"), packed(b"ab")], [Gzip, Zstd, Plain]);
    }

    #[test]
    fn every_format_has_its_name() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
            assert_eq!(serde_json::to_value(format).unwrap(), format.name());
        }
        assert_eq!(Format::from_name("pdf"), None);
    }
}
