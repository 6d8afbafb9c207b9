//! Whether a document is of the genre that the rules are made for: Chinese official reports, and news about China.
//!
//! Three kinds of text look like it and are not: a story about officials, a party report of another country, and news
//! in which nothing Chinese is named. What speaks for each stands in `triggers.csv` (`narrative`, `foreign`); whatever a
//! report shows of itself (a day of publication, an outlet, a byline) speaks against a story. The user is told in
//! `notes`; a story reports no events. What a document is about, stands in `jurisdiction.rs`.

use super::{Reading, layout};
use crate::find::cues;
use crate::gazetteer::rows::{RegionLevel, TriggerClass, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::model::Label;
use std::collections::BTreeMap;

/// What kind of text a document is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Genre {
    /// A Chinese report, or other news about China.
    #[default]
    Report,
    /// A page of a novel.
    Story,
    /// A party report of another country, by its name.
    Party(String),
    /// News in which nothing Chinese is named.
    Abroad,
}

/// Id of China in regions.csv.
const HOME: &str = "cn";
/// Value of a `narrative` row that stands on the page of a book ("next chapter"); others stand in the story.
const PAGE: &str = "page";
/// Least phrases of a book's page, and of narrative where nothing says that the text is a report.
const LEAST_PAGE: usize = 2;
const LEAST_SCENE: usize = 4;
/// Least phrases that name organs or slogans of another country.
const LEAST_FOREIGN: usize = 2;
/// Least names of foreign places in news from abroad.
const LEAST_PLACES: usize = 2;

impl Genre {
    /// The remark for `documents.csv`; empty for what is of the genre.
    pub fn note(&self) -> String {
        match self {
            Genre::Report => String::new(),
            Genre::Story => "out of the genre: a story, not a report".into(),
            Genre::Party(country) => format!("out of the genre: a party report of {country}"),
            Genre::Abroad => "out of the genre: news in which nothing Chinese is named".into(),
        }
    }

    /// Whether the text is a story, whose events are invented.
    pub fn is_story(&self) -> bool {
        *self == Genre::Story
    }
}

/// Weighs what `reading` shows of itself; `region_of` are the settled places, `published` its day.
pub fn find(reading: &Reading, region_of: &[Option<usize>], published: &str) -> Genre {
    let places = Places::count(reading, region_of);
    if is_story(reading, published) {
        return Genre::Story;
    }
    if let Some((country, named)) = foreign(reading).filter(|(_, named)| *named >= LEAST_FOREIGN)
        && named > places.divisions
    {
        return Genre::Party(country);
    }
    if places.abroad >= LEAST_PLACES && places.home == 0 && !is_chinese(reading) {
        Genre::Abroad
    } else {
        Genre::Report
    }
}

/// Phrases of `class` in the text, with their values.
fn phrases<'r>(reading: &'r Reading, class: TriggerClass) -> impl Iterator<Item = &'r str> {
    let lexed = reading.lexed;
    let hits = (0..lexed.len()).filter_map(move |i| cues::triggers_at(lexed, i, class).next());
    hits.map(move |h: Hit| cues::value(lexed, h))
}

fn is_story(reading: &Reading, published: &str) -> bool {
    let (page, scene): (Vec<&str>, Vec<&str>) =
        phrases(reading, TriggerClass::Narrative).partition(|value| *value == PAGE);
    let signed = !published.is_empty() || !layout::outlet(reading).is_empty();
    let byline = reading.of(Label::Person).any(|m| reading.mentions[m].byline);
    !signed && !byline && (page.len() >= LEAST_PAGE || scene.len() >= LEAST_SCENE)
}

/// The country whose organs and slogans are named most, and how often.
fn foreign(reading: &Reading) -> Option<(String, usize)> {
    let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
    for country in phrases(reading, TriggerClass::Foreign) {
        *countries.entry(country).or_default() += 1;
    }
    let most = countries.into_iter().max_by_key(|(country, n)| (*n, std::cmp::Reverse(*country)));
    most.map(|(country, n)| (country.to_string(), n))
}

/// Names of places in China, of its divisions among them, and of places elsewhere.
#[derive(Default)]
struct Places {
    home: usize,
    divisions: usize,
    abroad: usize,
}

impl Places {
    fn count(reading: &Reading, region_of: &[Option<usize>]) -> Self {
        let g = reading.lexed.gazetteers;
        let home = g.region_index.id(HOME);
        let mut places = Places::default();
        for row in reading.of(Label::Region).filter_map(|m| region_of[m]) {
            let chain = g.region_index.ancestors(row);
            let country = chain.iter().find(|&&r| g.regions[r].level == RegionLevel::Country);
            match country {
                Some(&c) if Some(c) != home => places.abroad += 1,
                _ => {
                    places.home += 1;
                    places.divisions += usize::from(Some(row) != home && country.is_some());
                }
            }
        }
        places
    }
}

/// Anything Chinese but places: a listed organisation or person, an organ with a level, an unlisted place or slogan.
fn is_chinese(reading: &Reading) -> bool {
    reading.mentions.iter().enumerate().any(|(m, c)| match c.label {
        Label::Slogan => true,
        Label::Org => is_listed(reading, m) || super::jurisdiction::level_of_mention(reading, m).is_some(),
        Label::Person => c.entry.is_some_and(|e| e.table == Table::Person),
        Label::Region => c.entry.is_none() && c.rule.starts_with("region."),
        _ => false,
    }) || (0..reading.lexed.len()).any(|i| nationality(reading, i) == Some(HOME))
}

/// Id of the country whose nationality word begins at `index`.
fn nationality<'r>(reading: &'r Reading, index: usize) -> Option<&'r str> {
    reading.lexed.class_at(index, WordClass::Nationality).map(|hit| reading.lexed.value(hit))
}

fn is_listed(reading: &Reading, mention: usize) -> bool {
    reading.mentions[mention].entry.is_some_and(|e| e.table == Table::Organization)
}
