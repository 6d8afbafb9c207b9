//! Posts by person, with their terms in months.

use super::rows::{PostRow, TitleClass, TitleRow};
use super::source::variants;
use crate::text::fold_word;
use std::collections::{HashMap, HashSet};

/// Months before and after a term in which a report may still tell of it: an election follows an appointment, a
/// report follows a meeting.
const SLACK: i32 = 3;

/// From when to when, in months since the year 0; what is unknown is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    from: Option<i32>,
    to: Option<i32>,
}

impl Term {
    fn new(post: &PostRow) -> Self {
        Self { from: month(&post.from, 1), to: month(&post.to, 12) }
    }

    /// Whether a text of this month can tell of the holder.
    pub fn holds(self, month: i32) -> bool {
        self.has_begun(month) && self.to.is_none_or(|to| month <= to + SLACK)
    }

    /// Whether the term had begun by this month.
    pub fn has_begun(self, month: i32) -> bool {
        self.from.is_none_or(|from| month >= from - SLACK)
    }
}

/// Months since the year 0 of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a year alone stands for its month `default`.
pub fn month(date: &str, default: i32) -> Option<i32> {
    let mut parts = date.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month = parts.next().map_or(Some(default), |m| m.parse().ok())?;
    Some(year * 12 + month - 1)
}

/// Posts of posts.csv by person; posts are named by their row index.
#[derive(Debug, Clone, Default)]
pub struct PostIndex {
    by_person: HashMap<String, Vec<usize>>,
    terms: Vec<Term>,
    seats: Vec<bool>,
}

impl PostIndex {
    pub(super) fn new(posts: &[PostRow], titles: &[TitleRow]) -> Self {
        let mut by_person: HashMap<String, Vec<usize>> = HashMap::new();
        for (row, post) in posts.iter().enumerate() {
            by_person.entry(post.person.clone()).or_default().push(row);
        }
        let seats = seats(titles);
        // "Alternate Member": the rank is the last word.
        let is_seat = |post: &PostRow| post.title.rsplit(' ').next().is_some_and(|w| seats.contains(&fold_word(w)));
        Self { by_person, terms: posts.iter().map(Term::new).collect(), seats: posts.iter().map(is_seat).collect() }
    }

    /// Posts of a person, by id, in the order of the file.
    pub fn of(&self, person: &str) -> &[usize] {
        self.by_person.get(person).map_or(&[], Vec::as_slice)
    }

    /// Term of a post.
    pub fn term(&self, post: usize) -> Term {
        self.terms[post]
    }

    /// Whether a post is only a seat in a body ("Member").
    pub fn is_seat(&self, post: usize) -> bool {
        self.seats[post]
    }
}

/// Folded words of the ranks that are seats.
fn seats(titles: &[TitleRow]) -> HashSet<String> {
    let seats = titles.iter().filter(|title| title.class == TitleClass::Seat);
    let cells = seats.flat_map(|title| [&title.en, &title.variants]);
    cells.flat_map(|cell| variants::expand_cell(cell).unwrap_or_default()).map(|form| fold_word(&form)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(from: &str, to: &str) -> Term {
        Term { from: month(from, 1), to: month(to, 12) }
    }

    #[test]
    fn terms_are_compared_by_months_with_a_little_room() {
        let at = |date: &str| month(date, 1).unwrap();
        let term_of_2017 = term("2017-10", "2022-10");
        assert!(term_of_2017.holds(at("2017-07")) && !term_of_2017.holds(at("2017-06")));
        assert!(term_of_2017.holds(at("2023-01")) && !term_of_2017.holds(at("2023-02")));
        assert!(term_of_2017.has_begun(at("2030-01")) && !term_of_2017.has_begun(at("2010-01")));
    }

    #[test]
    fn a_year_is_the_whole_year_and_nothing_is_open() {
        let at = |date: &str| month(date, 1).unwrap();
        assert!(term("2013", "2016").holds(at("2016-12-31")) && term("2013", "2016").holds(at("2013-01-01")));
        assert!(term("", "2016").holds(at("1999-01")) && term("2013", "").holds(at("2030-01")));
        assert_eq!(month("soon", 1), None);
    }
}
