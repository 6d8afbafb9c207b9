//! Dates that cannot be, or that contradict each other.

use super::{Finding, Kind};
use crate::gazetteer::month;
use crate::gazetteer::source::load::Placed;
use crate::gazetteer::source::rows::*;
use crate::gazetteer::source::{Sources, variants};
use crate::text::fold_word;
use std::collections::{BTreeMap, BTreeSet};

/// Months that two holders of one office may overlap: announcements and elections differ, and years alone are rough.
const OVERLAP: i32 = 12;
/// Years of age at which nobody holds an office yet.
const MINOR: i32 = 16;
/// Clashes from which on an office is taken for one that several persons share.
const COLLECTIVE: usize = 3;

/// All findings about dates.
pub fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        sources.regions.iter().filter_map(|p| reversed(p, &p.row.from, &p.row.to)).collect();
    findings.extend(sources.posts.iter().filter_map(|p| reversed(p, &p.row.from, &p.row.to)));
    findings.extend(sources.people.iter().filter_map(|p| reversed(p, &p.row.born, &p.row.died)));
    findings.extend(lives(sources));
    findings.extend(holders(sources));
    findings
}

/// Dates that are none, or an end before its beginning.
fn reversed<R: Row>(placed: &Placed<R>, from: &str, to: &str) -> Option<Finding> {
    let wrong = [from, to].into_iter().find(|date| !date.is_empty() && !is_date(date));
    let message = match (wrong, month(from, 1), month(to, 12)) {
        (Some(date), ..) => format!("`{date}` is no date; write YYYY or YYYY-MM"),
        (None, Some(begin), Some(end)) if end < begin => format!("`{to}` is before `{from}`"),
        _ => return None,
    };
    Some(Finding::new(Kind::Date, placed, message))
}

fn is_date(date: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match date.split_once('-') {
        None => digits(date) && date.len() <= 4,
        Some((year, month)) => {
            digits(year) && digits(month) && matches!(month.parse::<u8>(), Ok(1..=12)) && month.len() == 2
        }
    }
}

/// Posts before a person was grown up, or after death.
fn lives(sources: &Sources) -> Vec<Finding> {
    let people: BTreeMap<&str, &PersonRow> = sources.people.iter().map(|p| (p.row.id.as_str(), &p.row)).collect();
    let fault = |post: &PostRow| {
        let person = people.get(post.person.as_str())?;
        let (from, to) = (month(&post.from, 12), month(&post.to, 1));
        let grown = month(&person.born, 1).map(|born| born + MINOR * 12);
        let died = month(&person.died, 12);
        let late = from.zip(died).is_some_and(|(from, died)| from > died)
            || to.zip(died).is_some_and(|(to, died)| to > died + OVERLAP);
        if from.zip(grown).is_some_and(|(from, grown)| from < grown) {
            Some(format!("begins {}, but `{}` was born {}", post.from, post.person, person.born))
        } else {
            late.then(|| format!("`{}` died {}; is it a namesake?", post.person, person.died))
        }
    };
    sources.posts.iter().filter_map(|p| Some(Finding::new(Kind::Date, p, fault(&p.row)?))).collect()
}

/// Two persons in one office at one time. Deputies and members are many; so are the holders of offices with many
/// clashes (state councillors).
fn holders(sources: &Sources) -> Vec<Finding> {
    let shared = shared_words(sources);
    let mut offices: BTreeMap<(&str, &str, &str), Vec<&Placed<PostRow>>> = BTreeMap::new();
    for placed in &sources.posts {
        let PostRow { title, organization, region, .. } = &placed.row;
        if !title.split(' ').any(|word| shared.contains(&fold_word(word))) {
            offices.entry((title, organization, region)).or_default().push(placed);
        }
    }
    let clashes = offices.values().map(|posts| overlapping(posts));
    clashes.filter(|findings| findings.len() < COLLECTIVE).flatten().collect()
}

/// Folded words of titles that several persons have at a time.
fn shared_words(sources: &Sources) -> BTreeSet<String> {
    let many = |class| matches!(class, TitleClass::Modifier | TitleClass::Seat);
    let rows = sources.titles.iter().filter(|p| many(p.row.class));
    let forms =
        rows.flat_map(|p| [&p.row.en, &p.row.variants]).flat_map(|c| variants::expand_cell(c).unwrap_or_default());
    forms.map(|form| fold_word(&form)).collect()
}

fn overlapping(posts: &[&Placed<PostRow>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, later) in posts.iter().enumerate() {
        let clash = posts[..index].iter().find(|earlier| {
            earlier.row.person != later.row.person && common_months(&earlier.row, &later.row) > OVERLAP
        });
        if let Some(Placed { row, line, .. }) = clash {
            let message =
                format!("holds the office at the same time as `{}` (line {line}); check from and to", row.person);
            findings.push(Finding::new(Kind::Date, later, message));
        }
    }
    findings
}

/// Months that two terms have in common; 0 where one of them is open at an unknown beginning.
fn common_months(a: &PostRow, b: &PostRow) -> i32 {
    let begin = |post: &PostRow| month(&post.from, 12);
    let end = |post: &PostRow| month(&post.to, 1).unwrap_or(i32::MAX / 2);
    match (begin(a), begin(b)) {
        (Some(x), Some(y)) => end(a).min(end(b)) - x.max(y),
        _ => 0,
    }
}
