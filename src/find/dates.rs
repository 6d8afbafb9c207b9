//! DATE: calendar expressions that fix a day or a run of days.
//!
//! The finder reads what is written; a year or month that is not written is settled by `resolve`.

use super::{Candidate, Lexed, Phrasing, RuleInfo};
use crate::gazetteer::rows::WordClass;
use crate::model::Label;
use crate::text::{TokenKind, figures};

/// Rules of this finder.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        id: "date.month_day",
        label: Label::Date,
        explanation: "A month's name and a day, with or without year, in either order, or two days with a joint.",
        matches: &[
            ("It met on May 30.", "May 30"),
            ("From September 12 to 14 it rained.", "September 12 to 14"),
            ("Dec. 23, 2018 was cold.", "Dec. 23, 2018"),
            ("On the 20th of July they went.", "20th of July"),
            ("26 Jul, 2020 11:42", "26 Jul, 2020"),
            ("It rained on July 17 and July 22.", "July 22"),
        ],
        rejects: &[("He won the May 1 Medal.", "May 1"), ("In May 2023 it met.", "May 20")],
    },
    RuleInfo {
        id: "date.numeric",
        label: Label::Date,
        explanation: "Year, month and day in figures.",
        matches: &[
            ("Time: 2023-04-20 15:22:10", "2023-04-20"),
            ("Published 2023/4/5", "2023/4/5"),
            ("Updated: 21/08/2023", "21/08/2023"),
        ],
        rejects: &[("The plan (2021-2035) was read.", "2021-2035"), ("It scored 31/40/2000 points.", "31/40/2000")],
    },
    RuleInfo {
        id: "date.day",
        label: Label::Date,
        explanation: "An ordinal alone fixes a day where no noun follows that it could count.",
        matches: &[
            ("On the morning of the 21st, the group met.", "21st"),
            ("They must be ready by the 25th of this month.", "25th"),
        ],
        rejects: &[("The 20th National Congress met.", "20th")],
    },
    RuleInfo {
        id: "date.relative",
        label: Label::Date,
        explanation: "Today, yesterday and the days of the week tell a day.",
        matches: &[
            ("It met yesterday.", "yesterday"),
            ("It met on Tuesday.", "Tuesday"),
            ("It met from Tuesday to Friday.", "Tuesday to Friday"),
        ],
        rejects: &[("Recently it met.", "Recently"), ("This is the city of tomorrow.", "tomorrow")],
    },
];

/// A day as written: what is not written is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Day {
    /// Year.
    pub year: Option<i16>,
    /// Month, 1 to 12.
    pub month: Option<i8>,
    /// Day of the month, 1 to 31.
    pub day: Option<i8>,
}

/// What a DATE says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateExpression {
    /// One day.
    Day(Day),
    /// From one day to another.
    Range(Day, Day),
    /// Days from the day of the report.
    Relative(i64),
    /// Day of the week, 1 (Monday) to 7.
    Weekday(i8),
    /// From one day of the week to another.
    Weekdays(i8, i8),
}

/// Dates from the left, none overlapping another.
pub fn find(lexed: &Lexed, phrasing: &Phrasing) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < lexed.len() {
        let read = numeric(lexed, index)
            .or_else(|| numeric_day_first(lexed, index))
            .or_else(|| month_first(lexed, phrasing, index))
            .or_else(|| day_first(lexed, index))
            .or_else(|| ordinal_alone(lexed, phrasing, index))
            .or_else(|| relative(lexed, index));
        let Some((end, rule, date)) = read.filter(|(end, _, _)| lexed.same_sentence(index, end - 1)) else {
            index += 1;
            continue;
        };
        let mut candidate = Candidate::new(Label::Date, index, end, RULES[rule].id);
        candidate.date = Some(date);
        found.push(candidate);
        index = end;
    }
    found
}

type Read = (usize, usize, DateExpression);

fn number(lexed: &Lexed, index: usize) -> Option<i64> {
    let token = lexed.text.tokens.get(index)?;
    (token.kind == TokenKind::Number).then(|| lexed.word(index).parse().ok()).flatten()
}

fn day_number(lexed: &Lexed, index: usize) -> Option<i8> {
    let plain = number(lexed, index).or_else(|| figures::ordinal(lexed.word(index)).map(i64::from))?;
    i8::try_from(plain).ok().filter(|d| (1..=31).contains(d))
}

fn year_number(lexed: &Lexed, index: usize) -> Option<i16> {
    let year = number(lexed, index).filter(|y| (1900..=2100).contains(y) && lexed.word(index).len() == 4)?;
    i16::try_from(year).ok()
}

fn month_value(lexed: &Lexed, index: usize) -> Option<i8> {
    let hit = lexed.class_at(index, WordClass::Month).filter(|h| h.end == index + 1 && lexed.capital(index))?;
    lexed.value(hit).parse().ok()
}

/// `2023-04-20`, `2023/4/20`, `2023.4.20`.
fn numeric(lexed: &Lexed, index: usize) -> Option<Read> {
    let year = year_number(lexed, index)?;
    let glued = |i: usize| i < lexed.len() && lexed.token(i).glued;
    let mark = lexed.is(index + 1, "/") || lexed.is(index + 1, ".");
    let (month_at, day_at) = if glued(index + 1) && glued(index + 2) {
        (index + 1, index + 2)
    } else if mark && lexed.word(index + 1) == lexed.word(index + 3) {
        (index + 2, index + 4)
    } else {
        return None;
    };
    let month = number(lexed, month_at).and_then(|m| i8::try_from(m).ok()).filter(|m| (1..=12).contains(m))?;
    let day = number(lexed, day_at).and_then(|d| i8::try_from(d).ok()).filter(|d| (1..=31).contains(d))?;
    let day = Day { year: Some(year), month: Some(month), day: Some(day) };
    Some((day_at + 1, 1, DateExpression::Day(day)))
}

/// `21/08/2023`, `08/21/2023`: where either figure may be the month, both stay open.
fn numeric_day_first(lexed: &Lexed, index: usize) -> Option<Read> {
    let slashes = lexed.is(index + 1, "/") && lexed.is(index + 3, "/");
    let year = year_number(lexed, index + 4).filter(|_| slashes)?;
    let (first, second) = (day_number(lexed, index)?, day_number(lexed, index + 2)?);
    let (month, day) = match (first <= 12, second <= 12) {
        (false, false) => return None,
        (false, true) => (Some(second), Some(first)),
        (true, false) => (Some(first), Some(second)),
        (true, true) => (Some(first).filter(|_| first == second), Some(first).filter(|_| first == second)),
    };
    Some((index + 5, 1, DateExpression::Day(Day { year: Some(year), month, day })))
}

/// `May 30`, `Dec. 23, 2018`, `September 12 to 14`, `August 13 to August 22`.
fn month_first(lexed: &Lexed, phrasing: &Phrasing, index: usize) -> Option<Read> {
    let month = month_value(lexed, index)?;
    let at = index + 1 + usize::from(lexed.is(index + 1, "."));
    let day = day_number(lexed, at).filter(|_| lexed.same_sentence(index, at))?;
    let first = Day { year: None, month: Some(month), day: Some(day) };
    let mut end = at + 1;
    let mut last = None;
    if let Some((range_end, day)) = range_end(lexed, end, month) {
        (end, last) = (range_end, Some(day));
    }
    let year = trailing_year(lexed, end);
    end = year.map_or(end, |(end, _)| end);
    let dateline = index > 0 && matches!(lexed.word(index - 1), "," | "(");
    if year.is_none() && last.is_none() && !dateline && is_name_of_thing(lexed, phrasing, end) {
        return None;
    }
    let year = year.map(|(_, y)| y);
    let dated = |day: Day| Day { year, ..day };
    let date = last.map_or(DateExpression::Day(dated(first)), |last| DateExpression::Range(dated(first), dated(last)));
    Some((end, 0, date))
}

/// The second day of a range: "-14", "to 14", "and 2", "to August 22".
fn range_end(lexed: &Lexed, index: usize, month: i8) -> Option<(usize, Day)> {
    let glued = lexed.text.tokens.get(index).is_some_and(|t| t.glued);
    let joint = ["to", "and", "–", "—", "~"].iter().any(|word| lexed.is(index, word));
    let mut at = if glued {
        index
    } else if joint {
        index + 1
    } else {
        return None;
    };
    let second = month_value(lexed, at);
    if second.is_some() {
        at += 1 + usize::from(lexed.is(at + 1, "."));
    }
    // "July 17 and July 22" are two days, not a run.
    if second.is_some() && lexed.is(index, "and") {
        return None;
    }
    let day = day_number(lexed, at)?;
    // "May 30 and 12 others": a count, not a day.
    let counted = lexed.is(index, "and")
        && number(lexed, at).is_some()
        && lexed.is_plain_word(at + 1)
        && !lexed.has_any(at + 1, &[WordClass::Preposition, WordClass::Auxiliary]);
    let later = second.is_some() || day_number(lexed, index - 1).is_none_or(|first| first < day);
    (!counted && later && year_number(lexed, at).is_none())
        .then_some((at + 1, Day { year: None, month: Some(second.unwrap_or(month)), day: Some(day) }))
}

/// ", 2018" or " 2018" behind a day.
fn trailing_year(lexed: &Lexed, index: usize) -> Option<(usize, i16)> {
    let comma = usize::from(lexed.is(index, ","));
    let at = index + comma + usize::from(comma == 0 && lexed.is(index, "of"));
    year_number(lexed, at).filter(|_| lexed.same_sentence(index.saturating_sub(1), at)).map(|year| (at + 1, year))
}

/// "May 1 Medal": the day is part of the name of a thing.
fn is_name_of_thing(lexed: &Lexed, phrasing: &Phrasing, end: usize) -> bool {
    let function = [
        WordClass::Preposition,
        WordClass::Determiner,
        WordClass::Pronoun,
        WordClass::Conjunction,
        WordClass::Auxiliary,
        WordClass::Level,
    ];
    lexed.capital(end)
        && lexed.same_sentence(end - 1, end)
        && !lexed.token(end).glued
        && !lexed.has_any(end, &function)
        && phrasing.names.starting(end).is_none()
        && phrasing.place_starting(end).is_none()
        && phrasing.organ_starting(end).is_none()
        && lexed.class_at(end, WordClass::Label).is_none()
        && lexed.class_at(end, WordClass::RelativeDay).is_none()
}

/// `26 Jul, 2020`, `20th of July`.
fn day_first(lexed: &Lexed, index: usize) -> Option<Read> {
    let day = day_number(lexed, index)?;
    let at = index + 1 + usize::from(lexed.is_word(index + 1, "of"));
    let month = month_value(lexed, at).filter(|_| lexed.same_sentence(index, at))?;
    let end = at + 1;
    // "5 May 30" would read a count as a day: the month has its own day behind it.
    if number(lexed, end).is_some() && year_number(lexed, end).is_none() {
        return None;
    }
    let (end, year) = trailing_year(lexed, end).map_or((end, None), |(end, year)| (end, Some(year)));
    Some((end, 0, DateExpression::Day(Day { year, month: Some(month), day: Some(day) })))
}

/// "the 21st" where nothing follows that it could count.
fn ordinal_alone(lexed: &Lexed, phrasing: &Phrasing, index: usize) -> Option<Read> {
    let day = figures::ordinal(lexed.word(index))
        .map(i64::from)
        .and_then(|d| i8::try_from(d).ok())
        .filter(|d| (1..=31).contains(d))?;
    let next = index + 1;
    let last = !lexed.same_sentence(index, next);
    let function = [
        WordClass::Preposition,
        WordClass::Conjunction,
        WordClass::Auxiliary,
        WordClass::Determiner,
        WordClass::Pronoun,
        WordClass::Adverb,
    ];
    let ends = last
        || (lexed.is_mark(next) && !lexed.is(next, "(") && !lexed.is(next, "\"") && !lexed.is(next, "“"))
        || (lexed.is(next, "(") && lexed.capital(next + 1) && lexed.is_word(index.saturating_sub(1), "the"))
        || lexed.has_any(next, &function)
        || phrasing.names.starting(next).is_some()
        || lexed.is_verb(next);
    let preposition = index > 0
        && (lexed.has_any(index - 1, &[WordClass::Preposition, WordClass::Determiner, WordClass::Conjunction])
            || lexed.is(index - 1, ","));
    // "by the 25th of this month"
    let of_month = lexed.has(next + 1, WordClass::Determiner) && lexed.is_word(next + 2, "month");
    let of_ordinal = lexed.is_word(next, "of") && month_value(lexed, next + 1).is_none() && !of_month;
    let date = DateExpression::Day(Day { year: None, month: None, day: Some(day) });
    (ends && preposition && !of_ordinal && !lexed.token(index).glued).then_some((next, 2, date))
}

fn relative(lexed: &Lexed, index: usize) -> Option<Read> {
    if let Some(hit) = lexed.class_at(index, WordClass::RelativeDay) {
        let days = lexed.value(hit).parse().ok()?;
        // "today's meeting", "the city of tomorrow": no day on which something happens.
        let told = lexed.is_possessive(hit.end) || (index > 0 && lexed.is_word(index - 1, "of"));
        return (!told).then_some((hit.end, 3, DateExpression::Relative(days)));
    }
    let (end, first) = weekday(lexed, index)?;
    let last = weekday(lexed, end + 1).filter(|_| lexed.is_word(end, "to") && lexed.same_sentence(index, end + 1));
    Some(match last {
        Some((end, last)) => (end, 3, DateExpression::Weekdays(first, last)),
        None => (end, 3, DateExpression::Weekday(first)),
    })
}

fn weekday(lexed: &Lexed, index: usize) -> Option<(usize, i8)> {
    let hit = lexed.class_at(index, WordClass::Weekday).filter(|_| lexed.capital(index))?;
    Some((hit.end, lexed.value(hit).parse().ok()?))
}
