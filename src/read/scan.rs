//! Cuts a stream of JSON into its values without reading them, so that a file of any size takes little memory.

use std::io::{self, BufRead, ErrorKind};

/// A value cut out of the stream.
#[derive(Debug)]
pub(super) enum Scanned {
    /// All of the value.
    Whole(Vec<u8>),
    /// More than the limit; what was held is given back, if it was asked for.
    TooLong(Vec<u8>),
    /// The stream ended within the value.
    Cut(Vec<u8>),
    /// The stream failed within the value.
    Failed(Vec<u8>, io::Error),
}

/// What to do with a value beyond the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Excess {
    /// Pass over the rest of it, and forget what was held.
    Skip,
    /// Stop in the middle of it, and give back what was held.
    Stop,
}

/// How deep in a value the scan is.
#[derive(Debug, Default)]
struct Nesting {
    depth: u64,
    in_string: bool,
    is_escaped: bool,
    /// Whether the value is a number or a word, which ends before the next mark.
    is_bare: bool,
    is_begun: bool,
}

/// Where a byte stands with regard to the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Inside,
    Last,
    Behind,
}

impl Nesting {
    fn step(&mut self, byte: u8) -> Step {
        let is_first = !std::mem::replace(&mut self.is_begun, true);
        if self.in_string {
            return self.in_string(byte);
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' | b',' | b':' if self.depth == 0 => return Step::Behind,
            b'}' | b']' => {
                self.depth -= 1;
                return if self.depth == 0 { Step::Last } else { Step::Inside };
            }
            _ if self.is_bare && byte.is_ascii_whitespace() => return Step::Behind,
            _ => self.is_bare |= is_first,
        }
        Step::Inside
    }

    fn in_string(&mut self, byte: u8) -> Step {
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' => self.is_escaped = true,
            b'"' => {
                self.in_string = false;
                return if self.depth == 0 { Step::Last } else { Step::Inside };
            }
            _ => {}
        }
        Step::Inside
    }
}

/// Walks over JSON, value by value.
pub(super) struct Scanner<R> {
    input: R,
}

impl<R: BufRead> Scanner<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input }
    }

    /// What was not read yet.
    pub(super) fn into_inner(self) -> R {
        self.input
    }

    /// The next byte that is not blank, without taking it; `None` at the end.
    ///
    /// # Errors
    ///
    /// Those of the input.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let buffer = filled(&mut self.input)?;
            let blank = buffer.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let (next, is_end) = (buffer.get(blank).copied(), buffer.is_empty());
            self.input.consume(blank);
            if next.is_some() || is_end {
                return Ok(next);
            }
        }
    }

    /// Takes the byte that [`Self::peek`] gave.
    pub(super) fn take(&mut self) {
        self.input.consume(1);
    }

    /// The next value, if it has at most `limit` bytes; blanks before it must be gone.
    pub(super) fn value(&mut self, limit: u64, excess: Excess) -> Scanned {
        self.scan(Nesting::default(), limit, excess)
    }

    /// Passes over the rest of an array whose first bracket was taken.
    ///
    /// # Errors
    ///
    /// Those of the input.
    pub(super) fn skip_array(&mut self) -> io::Result<()> {
        match self.scan(Nesting { depth: 1, is_begun: true, ..Nesting::default() }, 0, Excess::Skip) {
            Scanned::Failed(_, error) => Err(error),
            _ => Ok(()),
        }
    }

    fn scan(&mut self, mut nesting: Nesting, limit: u64, excess: Excess) -> Scanned {
        let (mut held, mut is_long) = (Vec::new(), false);
        loop {
            let buffer = match filled(&mut self.input) {
                Ok([]) => return Scanned::Cut(held),
                Ok(buffer) => buffer,
                Err(error) => return Scanned::Failed(held, error),
            };
            let (count, is_end) = walk(&mut nesting, buffer);
            is_long |= held.len() as u64 + count as u64 > limit;
            if !is_long || excess == Excess::Stop {
                held.extend(buffer.iter().take(count));
            } else {
                held = Vec::new();
            }
            self.input.consume(count);
            match (is_long, is_end) {
                (false, true) => return Scanned::Whole(held),
                (true, _) if excess == Excess::Stop => return Scanned::TooLong(held),
                (true, true) => return Scanned::TooLong(held),
                (_, false) => {}
            }
        }
    }
}

/// Number of bytes of the buffer that belong to the value, and whether it ends with them.
fn walk(nesting: &mut Nesting, buffer: &[u8]) -> (usize, bool) {
    for (at, byte) in buffer.iter().enumerate() {
        match nesting.step(*byte) {
            Step::Inside => {}
            Step::Last => return (at + 1, true),
            Step::Behind => return (at, true),
        }
    }
    (buffer.len(), false)
}

/// What the input holds ready; an interrupted call is made again.
fn filled(input: &mut impl BufRead) -> io::Result<&[u8]> {
    while let Err(error) = input.fill_buf() {
        if error.kind() != ErrorKind::Interrupted {
            return Err(error);
        }
    }
    input.fill_buf()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn values_are_cut_where_they_end() {
        let json = br#" {"a}": "\"]}"} , [1, [2]] "x\\" 12.5, true}"#;
        // A buffer of one byte: the state must hold from one to the next.
        let mut scanner = Scanner::new(BufReader::with_capacity(1, &json[..]));
        let mut values = Vec::new();
        while let Some(next) = scanner.peek().unwrap() {
            if matches!(next, b',' | b'}') {
                scanner.take();
                continue;
            }
            let Scanned::Whole(value) = scanner.value(100, Excess::Skip) else { panic!("not whole") };
            values.push(String::from_utf8(value).unwrap());
        }
        assert_eq!(values, [r#"{"a}": "\"]}"}"#, "[1, [2]]", r#""x\\""#, "12.5", "true"]);
    }

    #[test]
    fn long_values_are_passed_over_or_given_back() {
        let json = b"[1,2,3,4][5]";
        let mut skips = Scanner::new(&json[..]);
        assert!(matches!(skips.value(5, Excess::Skip), Scanned::TooLong(held) if held.is_empty()));
        assert!(matches!(skips.value(5, Excess::Skip), Scanned::Whole(held) if held == b"[5]"));
        let mut stops = Scanner::new(BufReader::with_capacity(2, &json[..]));
        assert!(matches!(stops.value(5, Excess::Stop), Scanned::TooLong(held) if held == b"[1,2,3"));
    }

    #[test]
    fn the_rest_of_an_array_can_be_passed_over() {
        let mut scanner = Scanner::new(&b"1, \"]\", [2]] 7"[..]);
        scanner.skip_array().unwrap();
        assert_eq!(scanner.peek().unwrap(), Some(b'7'));
    }

    #[test]
    fn a_value_that_the_end_cuts_is_told() {
        let scanned = Scanner::new(&b"{\"a\": 1"[..]).value(99, Excess::Skip);
        assert!(matches!(scanned, Scanned::Cut(held) if held == b"{\"a\": 1"));
    }
}
