//! Days: the day of publication, and the year, month and day that a date leaves out.
//!
//! A year is settled by the date of publication, by another full date of the text, or by a year that the text names;
//! nothing is taken from outside. What stays open is written with question marks (`????-05-30`).

use super::{BlockKind, Reading, layout};
use crate::find::dates::{DateExpression, Day};
use crate::gazetteer::rows::WordClass;
use crate::model::Label;
use jiff::ToSpan;
use jiff::civil::Date;

/// The values of a document's dates.
pub struct Dates {
    /// For each mention: the ISO value of a DATE, empty for other types.
    pub values: Vec<String>,
    /// Day of publication, empty if unknown.
    pub published: String,
}

/// Most days from the dateline to the publication.
const MOST_DELAY: i32 = 3;

/// Where the missing parts of dates come from.
struct Calendar {
    published: Option<Date>,
    /// Day on which the report was written, from which "today" counts: of its dateline, else of publication.
    written: Option<Date>,
    /// A full date of the text, or the first day of a year that it names.
    reference: Option<Date>,
    /// Whether the reference is only a year.
    only_year: bool,
}

/// Resolves every DATE of `reading`.
pub fn resolve(reading: &Reading) -> Dates {
    let calendar = calendar(reading);
    let mut values = vec![String::new(); reading.mentions.len()];
    let mut last: Option<Day> = calendar.published.map(full_day);
    for mention in reading.of(Label::Date) {
        let Some(expression) = reading.mentions[mention].date else { continue };
        let (value, day) = value(expression, &calendar, last, adjacent_day(reading, mention));
        values[mention] = value;
        last = day.or(last);
    }
    let published = calendar.published.map_or(String::new(), |d| d.to_string());
    Dates { values, published }
}

fn full_day(date: Date) -> Day {
    Day { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
}

fn date_of(day: Day) -> Option<Date> {
    Date::new(day.year?, day.month?, day.day?).ok()
}

fn first_day(expression: DateExpression) -> Option<Day> {
    match expression {
        DateExpression::Day(day) | DateExpression::Range(day, _) => Some(day),
        _ => None,
    }
}

fn calendar(reading: &Reading) -> Calendar {
    let given = reading.document.metadata.published.parse::<Date>().ok();
    let written = |m: usize| reading.mentions[m].date.and_then(first_day);
    let full = |m: usize| written(m).and_then(date_of);
    let published = given
        .or_else(|| reading.of(Label::Date).filter(|&m| layout::follows_label(reading, m, "date")).find_map(full))
        .or_else(|| reading.of(Label::Date).filter(|&m| is_stamp(reading, m)).find_map(full));
    let any = reading.of(Label::Date).find_map(full);
    let year = (published.is_none() && any.is_none()).then(|| year_of_text(reading)).flatten();
    let reference = published.or(any).or(year.and_then(|y| Date::new(y, 7, 1).ok()));
    let mut calendar = Calendar { published, written: None, reference, only_year: year.is_some() };
    let dispatched = reading
        .of(Label::Date)
        .filter(|&m| is_dateline(reading, m))
        .find_map(|m| date_of(complete(written(m)?, &calendar, None)));
    calendar.published = calendar.published.or(dispatched);
    calendar.written = dispatched.filter(|&day| is_shortly_before(day, calendar.published)).or(calendar.published);
    calendar
}

/// A report is written on the day of its publication or a few days before.
fn is_shortly_before(day: Date, published: Option<Date>) -> bool {
    published.and_then(|p| p.since(day).ok()).is_some_and(|distance| (0..=MOST_DELAY).contains(&distance.get_days()))
}

/// "People's Daily (May 3, 2022, page 1)": a short line that names a paper and a day.
fn is_imprint(reading: &Reading, mention: usize) -> bool {
    let lexed = reading.lexed;
    let sentence = reading.sentence(mention);
    let s = lexed.text.sentences[sentence];
    let block = &lexed.text.blocks[s.block];
    let short = block.end_sentence == block.first_sentence + 1 && s.end_token - s.first_token <= IMPRINT;
    let closed = lexed.is(s.end_token - 1, ".");
    short && !closed && reading.of_sentence(Label::Org, sentence).any(|m| layout::is_media(reading, m))
}

/// A full date in a metadata line, or at the very beginning of the text.
fn is_stamp(reading: &Reading, mention: usize) -> bool {
    let candidate = &reading.mentions[mention];
    let line_start = candidate.first - reading.lexed.sentence_start(candidate.first);
    let kind = reading.layout.kinds[reading.block(mention)];
    let early = reading.block(mention) < STAMP_LINES;
    (early && (kind == BlockKind::Metadata || is_imprint(reading, mention)))
        || (reading.block(mention) == 0 && line_start <= 3)
}

/// Lines at the head of the page in which it is dated, and the most tokens of one that only names paper and day.
const STAMP_LINES: usize = 12;
const IMPRINT: usize = 14;
/// Tokens at the beginning of a line in which the date of a dispatch stands, and behind it those in which its agency or
/// dash does.
const DATELINE: usize = 14;
const DATELINE_END: usize = 4;
const DATELINE_SENTENCES: usize = 12;

/// "Hunan Daily, December 10", "BEIJING, Nov. 15 (Xinhua)", "Harbin, March 27 --": the report's own date.
pub fn is_dateline(reading: &Reading, mention: usize) -> bool {
    let lexed = reading.lexed;
    let candidate = &reading.mentions[mention];
    let before = candidate.first - lexed.sentence_start(candidate.first);
    let comma = before > 0 && lexed.is(candidate.first - 1, ",");
    let outlet = || {
        reading
            .of_sentence(Label::Org, reading.sentence(mention))
            .any(|m| layout::is_media(reading, m) && reading.mentions[m].first.abs_diff(candidate.first) <= 8)
    };
    let early = before <= DATELINE && reading.sentence(mention) < DATELINE_SENTENCES;
    comma && early && (outlet() || (ends_dateline(reading, mention) && dateline_place(reading, mention).is_some()))
}

/// A dash close behind the date.
fn ends_dateline(reading: &Reading, mention: usize) -> bool {
    let lexed = reading.lexed;
    let end = reading.mentions[mention].end;
    let stop = lexed.sentence_end(end - 1).min(end + DATELINE_END);
    (end..stop).any(|i| matches!(lexed.word(i), "-" | "--" | "—" | "——" | "–"))
}

/// The place of a dispatch: the REGION directly before the comma and the date.
pub fn dateline_place(reading: &Reading, mention: usize) -> Option<usize> {
    let comma = reading.mentions[mention].first.checked_sub(1)?;
    let start = reading.lexed.sentence_start(comma);
    let ends = |m: &usize| reading.mentions[*m].label == Label::Region && reading.mentions[*m].end == comma;
    let outside = |m: &usize| {
        !reading.covering(reading.mentions[*m].first, comma).any(|o| o != *m && reading.mentions[o].label == Label::Org)
    };
    reading.within(start, comma).find(|m| ends(m) && outside(m))
}

/// The first year that the text names on its own ("the 6th meeting in 2023", "the 2023 provincial ...").
fn year_of_text(reading: &Reading) -> Option<i16> {
    let lexed = reading.lexed;
    let plain = |i: usize| {
        let word = lexed.word(i);
        let year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        let range = lexed.token(i).glued
            || lexed.text.tokens.get(i + 1).is_some_and(|t| t.glued && word_is_year(lexed.word(i + 1)));
        // "by 2025", "since 2012": a goal or a beginning, not the year of the report.
        let other = i > 0
            && lexed.has(i - 1, WordClass::Preposition)
            && !["in", "of", "for"].iter().any(|w| lexed.is_word(i - 1, w));
        (year && !range && !other).then(|| word.parse::<i16>().ok()).flatten().filter(|y| (1990..=2049).contains(y))
    };
    (0..lexed.len()).find_map(plain)
}

fn word_is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// A date in brackets beside "today": "today (July 25)".
fn adjacent_day(reading: &Reading, mention: usize) -> Option<Day> {
    let next = reading.mentions[mention + 1..].iter().find(|c| c.label == Label::Date)?;
    let end = reading.mentions[mention].end;
    let bracket = matches!(reading.lexed.word(end), "(" | "（" | ",") && next.first == end + 1;
    bracket.then(|| next.date.and_then(first_day)).flatten()
}

/// The value of an expression and the day that later dates may lean on.
fn value(
    expression: DateExpression,
    calendar: &Calendar,
    last: Option<Day>,
    adjacent: Option<Day>,
) -> (String, Option<Day>) {
    match expression {
        DateExpression::Day(day) => {
            let day = complete(day, calendar, last);
            (iso(day), Some(day))
        }
        DateExpression::Range(first, second) => {
            let second = complete(second, calendar, last);
            let first = Day { year: first.year.or(second.year), ..first };
            (format!("{}/{}", iso(first), iso(second)), Some(second))
        }
        DateExpression::Relative(days) => {
            let day = adjacent
                .map(|d| complete(d, calendar, last))
                .or_else(|| calendar.written.map(full_day).and_then(|d| shifted(d, days)));
            (day.map_or(String::new(), iso), None)
        }
        DateExpression::Weekday(weekday) => {
            let day = calendar.written.and_then(|date| weekday_before(date, weekday));
            (day.map_or(String::new(), |d| d.to_string()), day.map(full_day))
        }
        DateExpression::Weekdays(first, last) => {
            let last = calendar.published.and_then(|date| weekday_before(date, last));
            let run = last.and_then(|last| Some((weekday_before(last, first)?, last)));
            (run.map_or(String::new(), |(first, last)| format!("{first}/{last}")), run.map(|(_, last)| full_day(last)))
        }
    }
}

fn shifted(day: Day, days: i64) -> Option<Day> {
    date_of(day)?.checked_add(days.days()).ok().map(full_day)
}

/// The last such day of the week on or before `date`.
fn weekday_before(date: Date, weekday: i8) -> Option<Date> {
    let back = (i64::from(date.weekday().to_monday_one_offset()) - i64::from(weekday)).rem_euclid(7);
    date.checked_sub(back.days()).ok()
}

/// Fills in what `day` leaves out.
fn complete(day: Day, calendar: &Calendar, last: Option<Day>) -> Day {
    match (day.year, day.month) {
        (Some(_), _) => day,
        (None, Some(_)) => Day { year: year_for(day, calendar), ..day },
        (None, None) => with_month(day, calendar, last),
    }
}

/// The year that brings month and day nearest to the reference; a year named by the text is taken as it is.
fn year_for(day: Day, calendar: &Calendar) -> Option<i16> {
    let reference = calendar.reference?;
    if calendar.only_year {
        return Some(reference.year());
    }
    let distance = |year: i16| {
        let date = date_of(Day { year: Some(year), ..day })?;
        let days = date.since(reference).ok()?.get_days();
        // Reports tell of what was, seldom of what will be: a day long after the report is of the year before.
        Some(if days > 0 { days * 2 } else { -days })
    };
    [reference.year(), reference.year() - 1, reference.year() + 1]
        .into_iter()
        .filter(|&y| distance(y).is_some())
        .min_by_key(|&y| distance(y))
}

/// A day alone belongs to the month of the date before it, or to that of the report.
fn with_month(day: Day, calendar: &Calendar, last: Option<Day>) -> Day {
    let Some(last) = last.filter(|l| l.month.is_some()) else { return day };
    let candidate = Day { year: last.year, month: last.month, day: day.day };
    let published = calendar.published.map(full_day);
    let after = published == Some(last) && day.day > last.day;
    let settled = if after { month_before(candidate) } else { candidate };
    // A 30th behind a day of February belongs to a month that the text does not name.
    if settled.year.is_some() && date_of(settled).is_none() { day } else { settled }
}

fn month_before(day: Day) -> Day {
    match day.month {
        Some(1) => Day { year: day.year.map(|y| y - 1), month: Some(12), ..day },
        month => Day { month: month.map(|m| m - 1), ..day },
    }
}

/// ISO 8601 with question marks for what is unknown.
pub fn iso(day: Day) -> String {
    let year = day.year.map_or("????".to_string(), |y| format!("{y:04}"));
    let two = |n: Option<i8>| n.map_or("??".to_string(), |n| format!("{n:02}"));
    format!("{year}-{}-{}", two(day.month), two(day.day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: Option<i16>, month: Option<i8>, d: i8) -> Day {
        Day { year, month, day: Some(d) }
    }

    fn calendar(published: &str) -> Calendar {
        let date = published.parse().ok();
        Calendar { published: date, written: date, reference: date, only_year: false }
    }

    #[test]
    fn the_year_is_the_nearest_before() {
        let c = calendar("2023-01-05");
        assert_eq!(iso(complete(day(None, Some(12), 28), &c, None)), "2022-12-28");
        assert_eq!(iso(complete(day(None, Some(1), 3), &c, None)), "2023-01-03");
    }

    #[test]
    fn a_day_alone_leans_on_the_date_before() {
        let c = calendar("2021-03-02");
        let published = c.published.map(full_day);
        assert_eq!(iso(complete(day(None, None, 28), &c, published)), "2021-02-28");
        assert_eq!(iso(complete(day(None, None, 1), &c, Some(day(Some(2021), Some(2), 27)))), "2021-02-01");
    }

    #[test]
    fn a_day_that_its_month_does_not_have_stays_open() {
        let c = calendar("2021-03-02");
        assert_eq!(iso(complete(day(None, None, 30), &c, Some(day(Some(2021), Some(2), 27)))), "????-??-30");
        assert_eq!(iso(complete(day(None, None, 28), &c, Some(day(Some(2021), Some(2), 27)))), "2021-02-28");
    }

    #[test]
    fn without_reference_the_year_stays_open() {
        let c = Calendar { published: None, written: None, reference: None, only_year: false };
        assert_eq!(iso(complete(day(None, Some(5), 30), &c, None)), "????-05-30");
        assert_eq!(iso(complete(day(None, None, 21), &c, None)), "????-??-21");
    }

    #[test]
    fn weekdays_lie_on_or_before_the_report() {
        let date: Date = "2020-11-18".parse().unwrap();
        assert_eq!(weekday_before(date, 2).unwrap().to_string(), "2020-11-17");
        assert_eq!(weekday_before(date, 3).unwrap().to_string(), "2020-11-18");
        assert_eq!(weekday_before(date, 4).unwrap().to_string(), "2020-11-12");
    }
}
