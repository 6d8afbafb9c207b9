//! Days of publication, from the many ways in which containers write them, to ISO 8601.
//!
//! What could be two days (03/04/2022) is not read.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use regex::{Captures, Regex};

/// Most characters of a date that a note shows.
const SHOWN: usize = 60;

/// Year, month and day in figures: `2022-05-30T08:00:00Z`, `2022/5/30`, `2022.05.30`, `2022年5月30日 08:00`.
static FIGURES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^([12][0-9]{3})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*(?:[日号]|$|[T\s,])").ok()
});

/// Year, month and day without anything between: `20220530`, `20220530T0800`, `20220530080000`.
static RUN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([12][0-9]{3})([0-9]{2})([0-9]{2})(?:$|T|\s|[0-9]{6}$)").ok());

/// The month by its name, before the day: `May 30, 2022`, `Mon May 30 2022 08:00:00 GMT`.
static MONTH_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:[a-z]+,?\s+)?([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([12][0-9]{3})(?:[^0-9]|$)")
        .ok()
});

/// The month by its name, behind the day: `30 May 2022`, `Mon, 30 May 2022 08:00:00 +0800`.
static DAY_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:[a-z]+,?\s+)?([0-9]{1,2})(?:st|nd|rd|th)?[-\s]+(?:of\s+)?([a-z]{3,9})\.?,?[-\s]+([12][0-9]{3})(?:[^0-9]|$)",
    )
    .ok()
});

/// The day as `YYYY-MM-DD`; `None` for what is no date, or could be two.
pub(super) fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let day = seconds(text).or_else(|| in_figures(text)).or_else(|| in_words(text))?;
    Some(day.to_string())
}

/// What a document says of a date that is not understood.
pub(super) fn date_note(text: &str) -> String {
    let shown: String = text.trim().chars().take(SHOWN).collect();
    format!("date not understood: {shown}")
}

/// Seconds or milliseconds since 1970, of which there are 10 or 13 digits.
fn seconds(text: &str) -> Option<Date> {
    let whole = text.strip_suffix(".0").unwrap_or(text);
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let moment = match whole.len() {
        10 => Timestamp::from_second(number),
        13 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    Some(moment.ok()?.to_zoned(TimeZone::UTC).date())
}

fn captures<'t>(regex: &LazyLock<Option<Regex>>, text: &'t str) -> Option<Captures<'t>> {
    LazyLock::force(regex).as_ref()?.captures(text)
}

fn group<'t>(captures: &Captures<'t>, number: usize) -> &'t str {
    captures.get(number).map_or("", |found| found.as_str())
}

fn in_figures(text: &str) -> Option<Date> {
    let found = captures(&FIGURES, text).or_else(|| captures(&RUN, text))?;
    let [year, month, day] = [1, 2, 3].map(|number| group(&found, number));
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn in_words(text: &str) -> Option<Date> {
    let (month, day, year) = match captures(&MONTH_FIRST, text) {
        Some(found) => (group(&found, 1), group(&found, 2), group(&found, 3)),
        None => captures(&DAY_FIRST, text).map(|found| (group(&found, 2), group(&found, 1), group(&found, 3)))?,
    };
    let start = month.get(..3)?;
    let date = Date::strptime("%d %b %Y", format!("{day} {start} {year}")).ok()?;
    let name = date.strftime("%B").to_string().to_lowercase();
    name.starts_with(&month.to_lowercase()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_many_ways() {
        let ways = [
            "2022-05-30",
            " 2022-05-30T08:00:00+08:00 ",
            "2022-05-30 23:59",
            "2022-05-30T23:59:00Z",
            "2022/5/30",
            "2022.05.30",
            "20220530",
            "20220530T080000Z",
            "20220530080000",
            "2022年5月30日",
            "2022年05月30日 08:00",
            "2022 年 5 月 30 日",
            "May 30, 2022",
            "May 30th, 2022 8:00 AM",
            "MAY 30 2022",
            "Monday, May 30, 2022",
            "Mon May 30 2022 08:00:00 GMT+0800",
            "30 May 2022",
            "30th of May, 2022",
            "30-May-2022",
            "Mon, 30 May 2022 08:00:00 +0800",
            "1653897600",
            "1653897600000",
            "1653897600.0",
        ];
        for way in ways {
            assert_eq!(date(way).as_deref(), Some("2022-05-30"), "{way}");
        }
        assert_eq!(date("Sept. 3, 2021").as_deref(), Some("2021-09-03"));
    }

    #[test]
    fn what_could_be_two_days_or_none_is_not_read() {
        let none =
            ["", "03/04/2022", "30/05/2022", "2022", "2022-05", "2022-13-01", "2022-02-30", "yesterday", "123456789"];
        for text in none.iter().chain(&["Mayor 30, 2022", "Maybe 30, 2022", "2022-05-301", "30 2022", "202205301"]) {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(date_note(" 03/04/2022 "), "date not understood: 03/04/2022");
        assert_eq!(date_note(&"x".repeat(100)).len(), "date not understood: ".len() + 60);
    }
}
