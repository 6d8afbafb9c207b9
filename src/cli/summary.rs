//! What is told at the end of a run.

use tifa::read::Problem;
use tifa::write::Totals;

use super::console;
use super::plan::{ExtractPlan, Voice};

/// Problems that are shown; all of them are in the table.
pub(super) const SHOWN: usize = 5;

/// Tells what went wrong, and unless the run is a quiet one, what was done.
pub(super) fn close(plan: &ExtractPlan, totals: &Totals, problems: &[Problem], bytes: u64, seconds: f64) {
    problems.iter().for_each(console::message);
    let more = totals.rows("problems").saturating_sub(problems.len() as u64);
    if more > 0 {
        console::message(format_args!("{more} more in {}", plan.tables.problems().display()));
    }
    totals.messages.iter().for_each(console::message);
    if plan.voice == Voice::Quiet {
        return;
    }
    let output = plan.tables.output.display();
    match plan.shard {
        Some(shard) => {
            console::line(part(totals, bytes, seconds));
            console::line(format_args!("part {}/{} in {output}, for `tifa merge`", shard.index, shard.count));
        }
        None => {
            lines(totals, Some(bytes), seconds).iter().for_each(console::line);
            console::line(format_args!("tables in {output}"));
        }
    }
}

/// What was done in a part of a run, which has no tables.
fn part(totals: &Totals, bytes: u64, seconds: f64) -> String {
    let (documents, problems) = (totals.rows("documents"), totals.rows("problems"));
    let (documents, problems) = (plural(documents, "document"), plural(problems, "problem"));
    format!("{documents} ({:.1} MB) in {seconds:.1} s: {problems}", bytes as f64 / 1e6)
}

/// What was done.
pub(super) fn lines(totals: &Totals, bytes: Option<u64>, seconds: f64) -> Vec<String> {
    let counted = |table: &str, one: &str| plural(totals.rows(table), one);
    let megabytes = bytes.map_or(String::new(), |bytes| format!(" ({:.1} MB)", bytes as f64 / 1e6));
    let mut lines = vec![format!(
        "{}{megabytes} in {seconds:.1} s: {}, {}, {}",
        counted("documents", "document"),
        counted("mentions", "mention"),
        plural(totals.facts(), "fact"),
        counted("problems", "problem"),
    )];
    if totals.left_out > 0 {
        lines.push(format!("{} left out", plural(totals.left_out, "reprint")));
    }
    if totals.rows("ambiguous") > 0 {
        lines.push(format!("{} in the table ambiguous: who is who", counted("ambiguous", "open question")));
    }
    for (kind, names) in &totals.frequent {
        let name = |(name, count): &(String, u64)| format!("{name} ({count})");
        lines.push(format!("{kind:<8} {}", names.iter().map(name).collect::<Vec<_>>().join(", ")));
    }
    lines
}

pub(super) fn plural(count: u64, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_in_the_right_number() {
        let rows = vec![("documents", 1), ("mentions", 20), ("positions", 2), ("slogans", 3), ("problems", 0)];
        let names = vec![("Ann Oak".to_owned(), 7), ("Bo Ash".to_owned(), 4)];
        let frequent = vec![("PERSON".to_owned(), names), ("REGION".to_owned(), vec![("Elm".to_owned(), 4)])];
        let totals = Totals { rows, frequent, ..Totals::default() };
        let expected = [
            "1 document (1.3 MB) in 0.5 s: 20 mentions, 5 facts, 0 problems",
            "PERSON   Ann Oak (7), Bo Ash (4)",
            "REGION   Elm (4)",
        ];
        assert_eq!(lines(&totals, Some(1_250_001), 0.456), expected);
    }

    #[test]
    fn what_is_open_or_left_out_is_told() {
        let totals = Totals { rows: vec![("ambiguous", 2)], left_out: 1, ..Totals::default() };
        let expected = [
            "0 documents in 0.0 s: 0 mentions, 0 facts, 0 problems",
            "1 reprint left out",
            "2 open questions in the table ambiguous: who is who",
        ];
        assert_eq!(lines(&totals, None, 0.0), expected);
        let totals = Totals { rows: vec![("documents", 2), ("problems", 1)], ..Totals::default() };
        assert_eq!(part(&totals, 1_000_000, 2.0), "2 documents (1.0 MB) in 2.0 s: 1 problem");
    }
}
