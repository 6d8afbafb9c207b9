//! Facts of gold and output compared, document by document: offices, participation, slogan use,
//! meetings, and the document's own data.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};

use super::gold::{EventFact, Gold};
use super::norm::{norm, norm_region, norm_title};
use super::report::tuple;
use super::tables::{DocumentRow, MeetingRow, ParticipationRow, PositionRow, SloganRow};
use super::tally::{Accuracies, Tally};

/// The facts that are counted, in the order in which they are reported.
pub(super) const KEYS: [&str; 5] = [POSITION, POSITION_REGION, PARTICIPATION, SLOGAN_USE, MEETING];
const POSITION: &str = "position";
const POSITION_REGION: &str = "position+region";
const PARTICIPATION: &str = "participation";
const SLOGAN_USE: &str = "slogan use";
const MEETING: &str = "meeting";

/// The facts of one document, as the gold has them and as the run found them.
pub(super) struct Facts<'a> {
    pub(super) stem: &'a str,
    pub(super) gold: &'a Gold,
    pub(super) document: Option<&'a DocumentRow>,
    pub(super) positions: &'a [PositionRow],
    pub(super) meetings: &'a [MeetingRow],
    pub(super) participation: &'a [ParticipationRow],
    pub(super) slogans: &'a [SloganRow],
}

impl Facts<'_> {
    /// Compares all facts of the document.
    pub(super) fn count(&self, tally: &mut Tally, accuracy: &mut Accuracies) {
        self.positions(tally);
        self.regions_of_positions(tally);
        self.participation(tally);
        self.slogan_use(tally);
        self.meetings(tally, accuracy);
        self.document(accuracy);
    }

    fn positions(&self, tally: &mut Tally) {
        let office = |person: &str, title: &str| [self.gold.person(person), norm_title(title)];
        let gold = self.gold.positions.iter().map(|fact| office(&fact.person, &fact.title)).collect();
        let found = self.positions.iter().map(|row| office(&row.person, &row.title)).collect();
        tally.compare(POSITION, self.stem, &gold, &found, |office| tuple(office));
    }

    /// Offices whose region the gold states, against those whose region the run states.
    fn regions_of_positions(&self, tally: &mut Tally) {
        let office = |person: &str, title: &str, region: &str| {
            [self.gold.person(person), norm_title(title), norm_region(region)]
        };
        let positions = self.gold.positions.iter();
        let gold = positions.filter_map(|f| Some(office(&f.person, &f.title, f.region.as_deref()?))).collect();
        let rows = self.positions.iter().filter(|row| !row.region.is_empty());
        let found = rows.map(|row| office(&row.person, &row.title, &row.region)).collect();
        tally.compare(POSITION_REGION, self.stem, &gold, &found, |office| tuple(office));
    }

    fn reported(&self) -> Vec<&MeetingRow> {
        self.meetings.iter().filter(|row| row.is_reported()).collect()
    }

    /// Who took part in the reported meetings, whichever of them.
    fn participation(&self, tally: &mut Tally) {
        let part = |person: &str, role: &str| [self.gold.person(person), role.to_owned()];
        let reported: HashSet<&str> = self.reported().iter().map(|row| row.meeting_id.as_str()).collect();
        let rows = self.participation.iter().filter(|row| reported.contains(row.meeting_id.as_str()));
        let found = rows.map(|row| part(&row.person, &row.role)).collect();
        let gold = self.gold.parts.iter().map(|fact| part(&fact.person, &fact.role)).collect();
        tally.compare(PARTICIPATION, self.stem, &gold, &found, |part| tuple(part));
    }

    fn slogan_use(&self, tally: &mut Tally) {
        let one_use = |zh: &str, speaker: &str| [zh.to_owned(), self.speaker(speaker)];
        let gold = self.gold.uses.iter().map(|fact| one_use(&fact.zh, &fact.speaker)).collect();
        let rows = self.slogans.iter().filter(|row| !row.slogan_zh.is_empty());
        let found = rows.map(|row| one_use(&row.slogan_zh, row.said_by())).collect();
        tally.compare(SLOGAN_USE, self.stem, &gold, &found, |slogan| tuple(slogan));
    }

    fn speaker(&self, speaker: &str) -> String {
        match speaker {
            "meeting" | "document" => speaker.to_owned(),
            person => self.gold.person(person),
        }
    }

    /// Gives each event of the gold, in the order of the file, a reported meeting of the run.
    fn meetings(&self, tally: &mut Tally, accuracy: &mut Accuracies) {
        let mut left = self.reported();
        for event in &self.gold.events {
            let met = take_nearest(&mut left, &event.name);
            match met {
                Some(_) => tally.hits(MEETING, 1),
                None => tally.missed(MEETING, self.stem, event.name.clone()),
            }
            judge_event(event, met, accuracy);
        }
        left.iter().for_each(|row| tally.wrong(MEETING, self.stem, row.name.clone()));
    }

    fn document(&self, accuracy: &mut Accuracies) {
        let row = self.document;
        for fact in &self.gold.documents {
            accuracy.judge("doc_published", fact.published.as_deref(), |v| row.is_some_and(|r| r.published == v));
            accuracy.judge("doc_level", fact.level.as_deref(), |v| row.is_some_and(|r| r.level == v));
            let region = norm_region(row.map_or("", |r| &r.region));
            accuracy.judge("doc_region", fact.region.as_deref(), |v| region == norm_region(v));
        }
    }
}

impl SloganRow {
    /// The person who speaks, or else the kind of speaker.
    fn said_by(&self) -> &str {
        if self.speaker_type == "person" { &self.speaker } else { &self.speaker_type }
    }
}

fn words(name: &str) -> BTreeSet<String> {
    norm(name).split_whitespace().map(str::to_owned).collect()
}

/// Takes the meeting that shares most words with `name`, the first of equals, if it shares at least
/// half of the words of `name`. An event without a name takes the first meeting that is left.
fn take_nearest<'r>(left: &mut Vec<&'r MeetingRow>, name: &str) -> Option<&'r MeetingRow> {
    let wanted = words(name);
    let shared = left.iter().map(|row| words(&row.name).intersection(&wanted).count());
    let (best, shared) = shared.enumerate().min_by_key(|&(_, shared)| Reverse(shared))?;
    (2 * shared >= wanted.len()).then(|| left.remove(best))
}

/// Judges what the gold states for certain about an event; of a missed event nothing is right.
fn judge_event(event: &EventFact, met: Option<&MeetingRow>, accuracy: &mut Accuracies) {
    let mut judge = |key, gold: &Option<String>, right: fn(&MeetingRow, &str) -> bool| {
        let certain = gold.as_deref().filter(|value| !value.contains('?'));
        accuracy.judge(key, certain, |value| met.is_some_and(|row| right(row, value)));
    };
    judge("meeting_date", &event.date, |row, value| row.date() == value);
    judge("meeting_region", &event.region, |row, value| norm_region(&row.region) == norm_region(value));
    judge("meeting_kind", &event.kind, |row, value| row.kind == value);
    judge("meeting_place", &event.place, |row, value| norm_region(&row.place) == norm_region(value));
}
