//! `tifa gazetteer`: what the gazetteers know, what is wrong with them, copies of them, and how two of them differ.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use tifa::gazetteer::check;
use tifa::gazetteer::tools::diff::{self, Cell, Change, Difference};
use tifa::gazetteer::tools::export;
use tifa::gazetteer::tools::lookup::{self, Found, Lookup, Near};
use tifa::gazetteer::tools::records::{Record, RecordFile, Records};

use super::args::{CheckArgs, DiffArgs, ExportArgs, GazetteerCommand, LookupArgs};
use super::{Outcome, console};

/// The built-in files, where a folder may be named.
const SHIPPED: &str = "shipped";
/// Names that are shown where nothing is found.
const NEAREST: usize = 3;

pub(super) fn run(command: &GazetteerCommand) -> Result<Outcome, Box<dyn Error>> {
    match command {
        GazetteerCommand::Check(args) => check(args),
        GazetteerCommand::Lookup(args) => look_up(args),
        GazetteerCommand::Export(args) => export(args),
        GazetteerCommand::Diff(args) => compare(args),
    }
}

/// Findings go to the output stream, one a line; their number to the error stream.
fn check(args: &CheckArgs) -> Result<Outcome, Box<dyn Error>> {
    let findings = args.folder.as_deref().map_or_else(|| Ok(check::shipped()), check::folder)?;
    console::result(&findings.iter().map(|finding| format!("{finding}\n")).collect::<String>())?;
    console::line(plural(findings.len(), "finding"));
    Ok(if findings.is_empty() { Outcome::Complete } else { Outcome::Negative })
}

fn look_up(args: &LookupArgs) -> Result<Outcome, Box<dyn Error>> {
    let words = args.words.join(" ");
    let upper = args.gazetteers.as_deref().map_or_else(|| Ok(Records::none()), Records::of_folder)?;
    let lookup = Lookup { lower: Records::shipped()?, upper };
    let found = lookup.find(&words);
    if found.is_empty() {
        console::message(nothing(&words, &lookup.nearest(&words, NEAREST)));
        return Ok(Outcome::Negative);
    }
    console::result(&found.iter().map(shown).collect::<Vec<_>>().join("\n"))?;
    Ok(Outcome::Complete)
}

fn nothing(words: &str, nearest: &[Near<'_>]) -> String {
    let name = |near: &Near<'_>| format!("`{}` ({})", one_line(&near.name), near.file.name);
    let names: Vec<String> = nearest.iter().map(name).collect();
    let advice = if names.is_empty() {
        "try fewer words, the id, or the Chinese name".to_owned()
    } else {
        format!("like it: {}", names.join(", "))
    };
    format!("no row has `{words}`; {advice}")
}

/// A row that was found: where it stands, its cells, how it was found and what holds for it.
fn shown(found: &Found<'_>) -> String {
    let Found { file, record, .. } = found;
    let mut text = format!("{}  {}\n", place(file, record), record.key);
    let cells = file.cells(record).filter(|(_, cell)| !cell.is_empty());
    cells.for_each(|(column, cell)| line(&mut text, column, &one_line(cell)));
    let matches = found.matches.iter().map(|m| format!("{} \"{}\"", m.by, m.words)).collect::<Vec<_>>();
    line(&mut text, "matched", &matches.join(", "));
    let policies =
        lookup::policies(file, record).iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>();
    if !policies.is_empty() {
        line(&mut text, "policies", &policies.join(", "));
    }
    if let Some((file, record)) = found.replaces {
        line(&mut text, "replaces", &place(file, record));
    }
    if let Some(off) = found.off {
        line(&mut text, "switched off", &format!("{} ({}:{})", off.row.reason, off.file, off.line));
    }
    text
}

fn place(file: &RecordFile, record: &Record) -> String {
    format!("{}:{}", file.label, record.line)
}

fn line(text: &mut String, name: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "  {name}: {value}");
}

fn one_line(cell: &str) -> String {
    cell.split(['\r', '\n']).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn export(args: &ExportArgs) -> Result<Outcome, Box<dyn Error>> {
    let count = export::export(&args.folder, &args.files, args.force)?;
    let folder = args.folder.display();
    console::line(format_args!("{} in {folder}", plural(count, "file")));
    console::line(format_args!(
        "keep only the rows that you change, below the header, and use the folder with --gazetteers {folder}"
    ));
    Ok(Outcome::Complete)
}

fn compare(args: &DiffArgs) -> Result<Outcome, Box<dyn Error>> {
    let (a, b) = (records(&args.a)?, records(&args.b)?);
    let differences = if args.overlay { diff::overlay(&a, &b)? } else { diff::compare(&a, &b) };
    console::result(&differences.iter().map(told).collect::<String>())?;
    console::line(counts(&differences, args.overlay));
    Ok(if differences.is_empty() { Outcome::Complete } else { Outcome::Negative })
}

fn records(folder: &Path) -> Result<Records, tifa::error::Error> {
    if folder == Path::new(SHIPPED) { Records::shipped() } else { Records::of_folder(folder) }
}

/// `+ file  key`, with what has changed in the lines below.
fn told(difference: &Difference) -> String {
    let (sign, details) = match &difference.change {
        Change::Added => ('+', Vec::new()),
        Change::Removed => ('-', Vec::new()),
        Change::Changed(cells) => ('~', cells.iter().map(cell).collect()),
        Change::Off(reason) => ('-', vec![format!("    switched off: {reason}\n")]),
    };
    format!("{sign} {}  {}\n{}", difference.file, one_line(&difference.key), details.concat())
}

fn cell(cell: &Cell) -> String {
    let shown = |text: &str| if text.is_empty() { "(empty)".to_owned() } else { one_line(text) };
    format!("    {}: {} -> {}\n", cell.column, shown(&cell.old), shown(&cell.new))
}

fn counts(differences: &[Difference], overlay: bool) -> String {
    let count = |is: fn(&Change) -> bool| differences.iter().filter(|d| is(&d.change)).count();
    let added = count(|c| matches!(c, Change::Added));
    let changed = count(|c| matches!(c, Change::Changed(_)));
    if overlay {
        let off = count(|c| matches!(c, Change::Off(_)));
        format!("{added} added, {changed} replaced, {off} switched off")
    } else {
        let removed = count(|c| matches!(c, Change::Removed));
        format!("{added} added, {removed} removed, {changed} changed")
    }
}

fn plural(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_a_line_with_its_cells_below() {
        let cells = vec![
            Cell { column: "en".into(), old: String::new(), new: "two\r\nlines".into() },
            Cell { column: "zh".into(), old: "甲".into(), new: "乙".into() },
        ];
        let difference = |change| Difference { file: "slogans.csv".into(), key: "a".into(), change };
        let all = [Change::Changed(cells), Change::Off("old".into()), Change::Added].map(difference);
        let text = "~ slogans.csv  a\n    en: (empty) -> two lines\n    zh: 甲 -> 乙\n";
        assert_eq!(told(&all[0]), text);
        assert_eq!(told(&all[1]), "- slogans.csv  a\n    switched off: old\n");
        assert_eq!(told(&all[2]), "+ slogans.csv  a\n");
        assert_eq!(counts(&all, true), "1 added, 1 replaced, 1 switched off");
        assert_eq!(counts(&all[2..], false), "1 added, 0 removed, 0 changed");
    }

    #[test]
    fn a_file_is_counted_in_the_right_number() {
        assert_eq!([plural(1, "file"), plural(2, "file")], ["1 file", "2 files"]);
    }
}
