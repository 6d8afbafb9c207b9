//! What zip and tar have in common: which members are read, and how a member finds its reader.
//!
//! Names of members serve to be shown and to tell the format; nothing is ever written or opened by them.

use super::document::Place;
use super::records::Job;
use super::{Format, Problem, format};

/// What is to be done with a member.
pub(super) enum Verdict {
    /// It is hidden, of an unknown kind, or not asked for.
    Skip,
    /// It cannot be read.
    Bad(Problem),
    /// It is read by this job.
    Read(Job),
}

/// Judges a member by its name, with `/` between its parts; `weight` is its length in bytes as it is told.
pub(super) fn judge(archive: &Job, name: &str, weight: u64) -> Verdict {
    let Some((format, compression)) = format::of_name(name) else { return Verdict::Skip };
    if is_hidden(name) || !is_wanted(archive, name) {
        return Verdict::Skip;
    }
    let place = archive.place.with_member(name);
    if format.is_archive() {
        return Verdict::Bad(nested(&place));
    }
    let weight = weight.min(archive.context.limits.document);
    let weight = usize::try_from(weight).unwrap_or(usize::MAX);
    Verdict::Read(Job { place, format, compression, weight, ..archive.clone() })
}

fn nested(place: &Place) -> Problem {
    place.problem("", "nested", "an archive in an archive is not read; unpack the outer one")
}

/// Whether any part of the name begins with a dot, but for those that mean a folder.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') && part != "." && part != "..")
}

/// Whether the globs let the member through, by its name in the archive or below the archive's path.
fn is_wanted(archive: &Job, name: &str) -> bool {
    let (filter, below) = (&archive.context.filter, format!("{}/{name}", archive.place.relative()));
    let is_excluded = filter.excludes(name) || filter.excludes(&below);
    let is_included = !archive.selects || filter.includes(name) || filter.includes(&below);
    !is_excluded && is_included
}

/// Whether the text of a member is read as one, and not record by record.
pub(super) fn is_single(job: &Job) -> bool {
    matches!(job.format, Format::Text | Format::Html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_names_are_told() {
        assert!(is_hidden("__MACOSX/._a.txt") && is_hidden(".git/a.txt"));
        assert!(!is_hidden("./a.txt") && !is_hidden("../../evil.txt") && !is_hidden("a/b.txt"));
    }
}
