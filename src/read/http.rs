//! Messages of HTTP as web archives keep them: headers off, chunks together, unpacked.

use std::io::{self, BufRead, Read};

use super::Compression;
use super::lines::{Line, next_line};
use super::stream::{self, Fault};

/// Most bytes of all headers.
const MOST: usize = 64 * 1024;

/// Most headers.
const HEADERS: usize = 200;

/// What the headers of a response say about its body.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) is_success: bool,
    /// The media type with its parameters, in small letters.
    pub(super) content: String,
    encoding: String,
    is_chunked: bool,
}

/// Reads the headers of a response, and takes their bytes from `left`; `None` for what is no response.
///
/// # Errors
///
/// Those of the input, and [`Fault::Damaged`] for headers without an end.
pub(super) fn head(input: &mut impl BufRead, left: &mut u64) -> io::Result<Option<Message>> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\n\r\n") && !bytes.ends_with(b"\n\n") {
        let before = bytes.len();
        input.by_ref().take(MOST as u64).read_until(b'\n', &mut bytes)?;
        *left = left.saturating_sub((bytes.len() - before) as u64);
        if bytes.len() == before || bytes.len() > MOST {
            return Ok(None);
        }
    }
    Ok(parsed(&bytes))
}

fn parsed(bytes: &[u8]) -> Option<Message> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    httparse::ParserConfig::default()
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut response, bytes)
        .ok()?;
    let mut message = Message { is_success: (200..300).contains(&response.code?), ..Message::default() };
    for header in response.headers.iter() {
        let value = String::from_utf8_lossy(header.value).trim().to_ascii_lowercase();
        match header.name.to_ascii_lowercase().as_str() {
            "content-type" => message.content = value,
            "content-encoding" => message.encoding = value,
            "transfer-encoding" => message.is_chunked = value.contains("chunked"),
            _ => {}
        }
    }
    Some(message)
}

/// The encoding that a media type names.
pub(super) fn charset(content: &str) -> Option<String> {
    let value = content.split(';').filter_map(|part| part.trim().strip_prefix("charset=")).next()?;
    Some(value.trim_matches(['"', '\'']).to_owned()).filter(|name| !name.is_empty())
}

impl Message {
    /// The body as the server meant it, of at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// [`Fault`] for what is packed in an unknown way, damaged or too long.
    pub(super) fn body(&self, bytes: Vec<u8>, limit: u64) -> io::Result<Vec<u8>> {
        let whole = self.is_chunked.then(|| joined(&bytes)).flatten().unwrap_or(bytes);
        let is_gzip = whole.starts_with(&[0x1F, 0x8B]);
        match self.encoding.as_str() {
            "gzip" | "x-gzip" if is_gzip => unpacked(whole, Compression::Gzip, limit),
            "zstd" => unpacked(whole, Compression::Zstd, limit),
            "deflate" => inflated(&whole, limit),
            "br" => brotli(&whole, limit),
            // A crawler may have unpacked the body and kept the header.
            "" | "identity" | "gzip" | "x-gzip" => Ok(whole),
            other => Err(Fault::Damaged(format!("packed as {other}, which is not read")).into()),
        }
    }
}

fn unpacked(bytes: Vec<u8>, compression: Compression, limit: u64) -> io::Result<Vec<u8>> {
    stream::read_all(stream::unpack(Box::new(io::Cursor::new(bytes)), compression, 0)?, limit)
}

fn brotli(bytes: &[u8], limit: u64) -> io::Result<Vec<u8>> {
    stream::read_all(brotli::Decompressor::new(bytes, 4096), limit).map_err(damaged)
}

/// An error of a decoder as a fault of the data.
fn damaged(error: io::Error) -> io::Error {
    if Fault::is_too_large(&error) { error } else { Fault::Damaged(error.to_string()).into() }
}

/// What some servers call deflate is zlib, what others call so is not.
fn inflated(bytes: &[u8], limit: u64) -> io::Result<Vec<u8>> {
    match stream::read_all(flate2::bufread::ZlibDecoder::new(bytes), limit) {
        Err(error) if !Fault::is_too_large(&error) => {
            stream::read_all(flate2::bufread::DeflateDecoder::new(bytes), limit).map_err(damaged)
        }
        other => other,
    }
}

/// The chunks of a body put together; `None` if it is not in chunks.
fn joined(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut input, mut body) = (bytes, Vec::new());
    loop {
        let Ok(Line::Bytes(line)) = next_line(&mut input, MOST as u64) else { return None };
        let size = String::from_utf8(line).ok()?;
        let size = u64::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        input.by_ref().take(size).read_to_end(&mut body).ok()?;
        match next_line(&mut input, MOST as u64) {
            Ok(Line::Bytes(line)) if line.trim_ascii().is_empty() => {}
            // A body that is cut has no last chunk.
            Ok(Line::End) => return Some(body),
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn headers_are_read_in_any_case() {
        let bytes = b"HTTP/1.1 200 OK\r\nCONTENT-TYPE: Text/HTML; charset=\"GBK\"\r\nBad header\r\n\r\nbody";
        let (mut input, mut left) = (&bytes[..], bytes.len() as u64);
        let message = head(&mut input, &mut left).unwrap().unwrap();
        assert_eq!((message.content.as_str(), message.is_success), ("text/html; charset=\"gbk\"", true));
        assert_eq!((input, left), (&b"body"[..], 4));
        assert_eq!(charset(&message.content).as_deref(), Some("gbk"));
        assert_eq!(head(&mut &b"no response"[..], &mut left).unwrap(), None);
    }

    #[test]
    fn bodies_are_unpacked_by_their_header() {
        let body = |encoding: &str, bytes: Vec<u8>| {
            let message = Message { encoding: encoding.to_owned(), ..Message::default() };
            message.body(bytes, 20).map_err(|error| error.to_string())
        };
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(b"text").unwrap();
        let mut packed = Vec::new();
        brotli::CompressorWriter::new(&mut packed, 4096, 5, 20).write_all(b"text").unwrap();
        assert_eq!(body("br", packed).unwrap(), b"text");
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"text").unwrap();
        assert_eq!(body("deflate", zlib.finish().unwrap()).unwrap(), b"text");
        assert_eq!(body("gzip", gzip.finish().unwrap()).unwrap(), b"text");
        assert_eq!(body("gzip", b"text".to_vec()).unwrap(), b"text");
        assert_eq!(
            body("zstd", zstd::encode_all(&[b'x'; 99][..], 0).unwrap()).unwrap_err().split(';').next(),
            Some("longer than 20 bytes")
        );
        let unknown = "the data are damaged (packed as compress, which is not read); fetch the file again";
        assert_eq!(body("compress", b"text".to_vec()).unwrap_err(), unknown);
    }

    #[test]
    fn chunks_without_an_end_are_still_put_together() {
        assert_eq!(joined(b"3\r\nabc\r\n2\r\nd"), Some(b"abcd".to_vec()));
        assert_eq!(joined(b"no chunks"), None);
    }
}
