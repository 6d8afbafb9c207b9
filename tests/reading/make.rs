//! Makes the files that the tests read: one article in every format, packed in every way.
//!
//! All names and places in it are invented.

use std::io::Write;
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use rawzip::path::EntryPath;
use rawzip::{CompressionMethod, ZipArchiveWriter};

pub const TITLE: &str = "Linhe County holds an economic work conference";

pub const PARAGRAPHS: [&str; 3] = [
    "On May 30, Linhe County held an economic work conference, which summed up the work of the past year.",
    "Qu Hongbo, secretary of the county party committee, presided over the conference and said: \"We must act, now.\"",
    "Leading cadres of all townships attended; the county’s “five projects” (五大工程) were discussed at length.",
];

/// The article as plain text: the headline, and a paragraph a line.
pub fn text() -> String {
    [&[TITLE], &PARAGRAPHS[..]].concat().join("\n")
}

pub fn html() -> String {
    let paragraphs: String = PARAGRAPHS.iter().map(|text| format!("<p>{text}</p>\n")).collect();
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{TITLE} | Elm Daily</title>
        <meta property=\"og:site_name\" content=\"Elm Daily\">
        <script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"datePublished\": \"2022-05-30T08:00:00+08:00\"}}</script>
        </head><body><div class=\"nav\"><a href=\"/\">Home</a> <a href=\"/news\">News</a></div>
        <div class=\"article\"><h1>{TITLE}</h1>\n{paragraphs}</div>
        <!-- a comment --><script>track();</script>
        <div class=\"footer\"><a href=\"/about\">About us</a> Copyright</div></body></html>"
    )
}

/// A table with the usual columns and one row.
pub fn table(delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(["title", "content", "date", "source"]).unwrap();
    writer.write_record([TITLE, &text(), "2022-05-30", "Elm Daily"]).unwrap();
    writer.into_inner().unwrap()
}

pub fn object() -> String {
    serde_json::json!({"title": TITLE, "content": text(), "date": "2022-05-30", "source": "Elm Daily"}).to_string()
}

pub fn parquet() -> Vec<u8> {
    let schema = "message m { required binary title (UTF8); required binary content (UTF8);
        required binary date (UTF8); required binary source (UTF8); }";
    let mut bytes = Vec::new();
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::default()).unwrap();
    let mut rows = writer.next_row_group().unwrap();
    for cell in [TITLE, &text(), "2022-05-30", "Elm Daily"] {
        let mut column = rows.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&[ByteArray::from(cell)], None, None).unwrap();
        column.close().unwrap();
    }
    rows.close().unwrap();
    writer.close().unwrap();
    bytes
}

pub fn warc() -> Vec<u8> {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}", html());
    let headers = "WARC-Type: response\r\nContent-Type: application/http; msgtype=response";
    format!("WARC/1.0\r\n{headers}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n", block.len()).into_bytes()
}

/// The article in every format that is no archive, by file name.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a.txt", text().into_bytes()),
        ("a.md", text().into_bytes()),
        ("a.html", html().into_bytes()),
        ("a.htm", html().into_bytes()),
        ("a.csv", table(b',')),
        ("semicolon.csv", table(b';')),
        ("a.tsv", table(b'\t')),
        ("a.jsonl", format!("{}\n", object()).into_bytes()),
        ("a.ndjson", object().into_bytes()),
        ("a.json", format!("[{}]", object()).into_bytes()),
        ("one.json", object().into_bytes()),
        ("held.json", format!("{{\"articles\": [{}]}}", object()).into_bytes()),
        ("a.parquet", parquet()),
        ("a.warc", warc()),
    ]
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 0).unwrap()
}

pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        // The crate's own way of naming refuses names that lead outside.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, content) in members {
        let file = archive.new_file(EntryPath::verbatim(name.as_bytes()));
        let (mut entry, config) = file.compression_method(CompressionMethod::DEFLATE).start().unwrap();
        let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast());
        let mut writer = config.wrap(encoder);
        writer.write_all(content).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}
