//! Bytes to text: UTF-8, with or without a byte order mark. Other encodings are refused, not guessed.

use std::path::Path;

use super::Problem;

const BOM: &str = "\u{FEFF}";

/// The text of a file, without a leading byte order mark.
pub(super) fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, Problem> {
    let mut text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
    if text.starts_with(BOM) {
        text.drain(..BOM.len());
    }
    if text.trim().is_empty() {
        return Err(Problem::new(path, "empty", "the file holds no text; remove it or fetch it again"));
    }
    Ok(text)
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> Problem {
    let at = error.utf8_error().valid_up_to();
    let hint = match error.as_bytes() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "it looks like UTF-16",
        _ => "Chinese text is often GB18030",
    };
    Problem::new(path, "not_utf8", format!("no UTF-8 at byte {at}; convert the file to UTF-8 ({hint})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Result<String, (&'static str, String)> {
        decode(Path::new("a.txt"), bytes.to_vec()).map_err(|problem| (problem.problem, problem.detail))
    }

    #[test]
    fn one_byte_order_mark_is_stripped() {
        assert_eq!(decoded(b"\xEF\xBB\xBFcounty\r\n"), Ok("county\r\n".to_owned()));
        assert_eq!(decoded("\u{FEFF}\u{FEFF}a".as_bytes()), Ok("\u{FEFF}a".to_owned()));
        assert_eq!(decoded("提法".as_bytes()), Ok("提法".to_owned()));
    }

    #[test]
    fn other_encodings_are_refused() {
        let detail = |at, hint| format!("no UTF-8 at byte {at}; convert the file to UTF-8 ({hint})");
        assert_eq!(decoded(b"ab\xCC\xE1"), Err(("not_utf8", detail(2, "Chinese text is often GB18030"))));
        assert_eq!(decoded(b"\xFF\xFEa\0"), Err(("not_utf8", detail(0, "it looks like UTF-16"))));
    }

    #[test]
    fn blank_is_empty() {
        for bytes in ["", "\u{FEFF}", " \r\n\t\u{3000}\n"] {
            assert_eq!(decoded(bytes.as_bytes()).unwrap_err().0, "empty", "{bytes:?}");
        }
    }
}
