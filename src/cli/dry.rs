//! `tifa extract --dry-run`: what would be read.

use std::error::Error;
use std::fmt::Write;

use indicatif::{DecimalBytes, HumanCount};
use tifa::read::{self, Compression, Listed};

use super::plan::InputPlan;
use super::summary::{SHOWN, plural};
use super::{Outcome, console};

/// Lines that are printed at once.
const CHUNK: usize = 1000;

pub(super) fn run(input: &InputPlan) -> Result<Outcome, Box<dyn Error>> {
    let (mut files, mut bytes, mut problems, mut text) = (0, 0, 0, String::new());
    for listed in read::listing(&input.paths, &input.options)? {
        match listed {
            Ok(file) => {
                files += 1;
                bytes += file.bytes;
                let _ = writeln!(text, "{}", line(&file));
            }
            Err(problem) => {
                problems += 1;
                if problems <= SHOWN {
                    console::message(problem);
                }
            }
        }
        if files % CHUNK == 0 {
            console::result(&std::mem::take(&mut text))?;
        }
    }
    console::result(&text)?;
    let (counted, problems_counted) = (HumanCount(files as u64), plural(problems as u64, "problem"));
    let name = if files == 1 { "file" } else { "files" };
    console::line(format_args!("{counted} {name}, {}, {problems_counted}; nothing was written", DecimalBytes(bytes)));
    Ok(if problems == 0 { Outcome::Complete } else { Outcome::Partial })
}

/// Format, bytes and path, between tabs.
fn line(file: &Listed) -> String {
    let packed = match file.compression {
        Compression::None => String::new(),
        packed => format!("+{}", packed.name()),
    };
    format!("{}{packed}\t{}\t{}", file.format.name(), file.bytes, file.path.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tifa::read::Format;

    #[test]
    fn a_line_tells_format_bytes_and_path() {
        let (format, compression) = (Format::Csv, Compression::Gzip);
        let file = Listed { path: "a/b.csv.gz".into(), format, compression, bytes: 17 };
        assert_eq!(line(&file), "csv+gzip\t17\ta/b.csv.gz");
        assert_eq!(line(&Listed { compression: Compression::None, ..file }), "csv\t17\ta/b.csv.gz");
    }
}
