//! Bytes to text: which encoding they are in, and what of them had to be replaced.
//!
//! Line ends and composed or decomposed letters stay as they are.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::document::Draft;
use super::records::notes;
use super::stream::{self, Stream};

/// Bytes that are looked at to tell an encoding.
pub(super) const HEAD: usize = 64 * 1024;

/// Bytes in which UTF-16 without a mark must show itself.
const PLAIN: usize = 4096;

/// The encoding of a text of which `head` is the beginning (all of it, if `is_whole`).
///
/// A byte order mark counts most, then `declared`, the name that a page gives, unless the bytes contradict it.
pub(super) fn encoding(head: &[u8], is_whole: bool, declared: Option<&str>) -> &'static Encoding {
    let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    let named = || declared.and_then(|name| Encoding::for_label(name.as_bytes())).filter(|named| *named != REPLACEMENT);
    if let Some(encoding) = marked.or_else(|| wide(head)) {
        return encoding;
    }
    if is_utf8(head, is_whole) {
        return UTF_8;
    }
    match named() {
        // What says that it is UTF-16 in letters of one byte, is not.
        Some(named) if named != UTF_8 && named != UTF_16LE && named != UTF_16BE => widest(named),
        _ if is_nearly_utf8(head) => UTF_8,
        _ => detected(head, is_whole),
    }
}

/// GB18030 holds all of GBK and GB2312.
fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// UTF-16 without a mark, where the bytes plainly say so: every second one is mostly zero.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.get(..PLAIN).unwrap_or(head);
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second, units) = (zeros(0), zeros(1), head.len() / 2);
    let plain = |many: usize, few: usize| units > 1 && many * 10 > units * 3 && few * 20 < units;
    if plain(second, first) {
        Some(UTF_16LE)
    } else if plain(first, second) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether all bytes are UTF-8, but for a character that the end of the head cuts.
fn is_utf8(head: &[u8], is_whole: bool) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && !is_whole,
    }
}

/// Whether the bytes are UTF-8 with few or no broken places: by far more characters beyond ASCII are whole.
fn is_nearly_utf8(head: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in head.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // A character that is cut by the end is no sign of another encoding.
        let is_cut = std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
        broken += usize::from(!chunk.invalid().is_empty() && !is_cut);
    }
    broken == 0 || whole > broken.saturating_mul(4)
}

fn detected(head: &[u8], is_whole: bool) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, is_whole);
    let likely = detector.guess(None, Utf8Detection::Deny);
    let is_usual = [GBK, GB18030, BIG5, WINDOWS_1252].contains(&likely);
    // What looks like none of the usual ones is most likely short and Chinese.
    widest(if is_usual { likely } else { detector.guess(Some(b"cn"), Utf8Detection::Deny) })
}

/// A stream of records as UTF-8, and a note on the encoding; its head settles the encoding of all of it.
///
/// A stream that is UTF-8 already is not looked at further; each record is decoded by itself.
///
/// # Errors
///
/// Those of reading the head.
pub(super) fn transcoded(stream: Stream) -> io::Result<(Stream, String)> {
    let (head, mut stream) = stream::peek(stream, HEAD)?;
    let encoding = encoding(&head, head.len() < HEAD, None);
    if encoding != UTF_8 {
        let reader = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).strip_bom(true).build(stream);
        return Ok((Box::new(reader), note(encoding)));
    }
    if head.starts_with(b"\xEF\xBB\xBF") {
        stream.read_exact(&mut [0; 3])?;
    }
    Ok((stream, String::new()))
}

/// A text, with a note on how it was read; the note is empty for plain UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) note: String,
}

/// The text of a whole document, without a leading byte order mark.
pub(super) fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Decoded {
    let encoding = encoding(&bytes, true, declared);
    if encoding == UTF_8 { utf8(bytes) } else { other(&bytes, encoding) }
}

/// The document of a plain text in bytes; `declared` is the encoding that comes with it.
pub(super) fn draft(bytes: Vec<u8>, declared: Option<&str>) -> Draft {
    let Decoded { text, note } = decode(bytes, declared);
    Draft { text, notes: notes(note), ..Draft::default() }
}

/// The text of UTF-8 bytes, in which what is broken is replaced and counted.
pub(super) fn utf8(mut bytes: Vec<u8>) -> Decoded {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, note: String::new() },
        Err(error) => repaired(error.as_bytes()),
    }
}

fn repaired(bytes: &[u8]) -> Decoded {
    let broken: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let count = if broken == 1 { "1 byte was".to_owned() } else { format!("{broken} bytes were") };
    let note = format!("{count} not UTF-8 and {} replaced", if broken == 1 { "was" } else { "were" });
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), note }
}

fn other(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    let broken = if had_errors { "; bytes that it does not know were replaced" } else { "" };
    Decoded { text: text.into_owned(), note: format!("{}{broken}", note(encoding)) }
}

/// What a document in another encoding than UTF-8 says of itself.
pub(super) fn note(encoding: &'static Encoding) -> String {
    let name = match encoding.name() {
        "gb18030" => "GB18030".to_owned(),
        "windows-1252" => "Windows-1252".to_owned(),
        name => name.to_owned(),
    };
    format!("read as {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHINESE: &str = "林河县召开经济工作会议，县委书记主持会议并讲话。会议强调，要坚持稳中求进工作总基调。";

    fn decoded(bytes: &[u8]) -> (String, String) {
        let decoded = decode(bytes.to_vec(), None);
        (decoded.text, decoded.note)
    }

    fn same(text: &str, note: &str) -> (String, String) {
        (text.to_owned(), note.to_owned())
    }

    #[test]
    fn one_byte_order_mark_is_stripped() {
        assert_eq!(decoded(b"\xEF\xBB\xBFcounty\r\n"), same("county\r\n", ""));
        assert_eq!(decoded("\u{FEFF}\u{FEFF}a".as_bytes()), same("\u{FEFF}a", ""));
        assert_eq!(decoded("cafe\u{301} 提法".as_bytes()), same("cafe\u{301} 提法", ""));
    }

    #[test]
    fn utf16_is_known_by_its_mark_or_its_zeros() {
        let wide = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        assert_eq!(decoded(&wide("\u{FEFF}会议 held", false)), same("会议 held", "read as UTF-16LE"));
        assert_eq!(decoded(&wide("\u{FEFF}会议 held", true)), same("会议 held", "read as UTF-16BE"));
        assert_eq!(decoded(&wide("the county’s meeting", false)), same("the county’s meeting", "read as UTF-16LE"));
        assert_eq!(decoded(&wide("the county’s meeting", true)), same("the county’s meeting", "read as UTF-16BE"));
    }

    #[test]
    fn chinese_and_western_encodings_are_detected() {
        let (bytes, _, _) = GB18030.encode(CHINESE);
        assert_eq!(decoded(&bytes), same(CHINESE, "read as GB18030"));
        let english =
            "The county\u{2019}s leaders met on Monday. \u{201C}We must act,\u{201D} the mayor said \u{2013} twice.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(english);
        assert_eq!(decoded(&bytes), same(english, "read as Windows-1252"));
    }

    #[test]
    fn a_few_broken_bytes_do_not_change_the_encoding() {
        let mut bytes = CHINESE.as_bytes().to_vec();
        bytes.splice(3..3, [0xFF, 0xFE, 0xC0]);
        let (text, note) = decoded(&bytes);
        assert_eq!(text, CHINESE.replacen("林", "林\u{FFFD}\u{FFFD}\u{FFFD}", 1));
        assert_eq!(note, "3 bytes were not UTF-8 and were replaced");
        let (text, note) = decoded(b"cut \xE6\x8F");
        assert_eq!((text.as_str(), note.as_str()), ("cut \u{FFFD}", "2 bytes were not UTF-8 and were replaced"));
        assert_eq!(utf8(b"a\xFF".to_vec()).note, "1 byte was not UTF-8 and was replaced");
    }

    #[test]
    fn what_a_page_declares_counts_unless_it_is_wrong() {
        let named = |bytes: &[u8], name| encoding(bytes, true, Some(name)).name();
        assert_eq!(named(b"\xC1\xD6", "gb2312"), "gb18030");
        assert_eq!(named("林河".as_bytes(), "gb2312"), "UTF-8");
        assert_eq!(named(b"plain", "utf-16"), "UTF-8");
        assert_eq!(named(b"caf\xE9 noir", "iso-8859-1"), "windows-1252");
        assert_eq!(named(b"\xEF\xBB\xBFa", "gbk"), "UTF-8");
    }

    #[test]
    fn a_stream_becomes_utf8() {
        let read = |bytes: &[u8]| {
            let (stream, note) = transcoded(Box::new(io::Cursor::new(bytes.to_vec()))).unwrap();
            (String::from_utf8(stream::read_all(stream, 1_000_000).unwrap()).unwrap(), note)
        };
        assert_eq!(read(b"\xEF\xBB\xBFa,b"), same("a,b", ""));
        assert_eq!(read(b"\xFF\xFEa\0,\0b\0"), same("a,b", "read as UTF-16LE"));
        let (bytes, _, _) = GB18030.encode(CHINESE);
        assert_eq!(read(&bytes.repeat(1000)), same(&CHINESE.repeat(1000), "read as GB18030"));
    }

    #[test]
    fn the_cut_end_of_a_head_says_nothing() {
        let bytes = CHINESE.as_bytes();
        assert_eq!(encoding(&bytes[..bytes.len() - 1], false, Some("gbk")), UTF_8);
        assert_eq!(encoding(&bytes[..bytes.len() - 1], false, None), UTF_8);
    }
}
