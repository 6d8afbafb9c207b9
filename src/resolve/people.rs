//! Which person of people.csv a name means: one of whose posts agrees with the text in place or title, and in date.
//!
//! A name alone links only the very well known, because most officials have namesakes. Where several persons agree, or
//! none, the name stays unlinked.

use super::{Jurisdiction, Reading, jurisdiction, places};
use crate::find::cues;
use crate::gazetteer::rows::{Linking, TriggerClass};
use crate::gazetteer::{Gazetteers, Table, month};
use crate::model::{Candidate, Label, Level};
use crate::text::fold_word;

/// Id of the centre in posts.csv.
const CENTRE: &str = "cn";
/// Id of the status of past offices in triggers.csv.
const FORMER: &str = "former";
/// What is missing where a listed person is not linked.
const MANY: &str = "several listed persons fit";
const NO_PLACE: &str = "no post in a place that the text names";
const NO_TIME: &str = "posts there, but not at that time";
const NO_POST: &str = "only the name agrees";
/// Most tokens between a name and a title beside it, and between a title and the word that says it is past.
const BESIDE: usize = 1;

/// What a text says about the places and days in which a name stands.
pub struct Context<'a> {
    reading: &'a Reading<'a>,
    jurisdiction: &'a Jurisdiction,
    region_of: &'a [Option<usize>],
    /// Month of publication, where it is known.
    month: Option<i32>,
}

impl<'a> Context<'a> {
    /// The context of a document published on the day `published` (ISO, or empty).
    pub fn new(
        reading: &'a Reading<'a>,
        jurisdiction: &'a Jurisdiction,
        region_of: &'a [Option<usize>],
        published: &str,
    ) -> Self {
        Self { reading, jurisdiction, region_of, month: month(published, 1) }
    }

    /// The row of people.csv that a PERSON mention means, if it is plain. `local` tells whether a local title stands
    /// beside the name anywhere in the text: then it is nobody of the centre.
    pub fn find(&self, mention: usize, local: bool) -> Option<usize> {
        let candidate = &self.reading.mentions[mention];
        let hits = self.reading.lexed.starting(candidate.first, Table::Person).filter(|h| h.end == candidate.end);
        let rows: Vec<usize> = hits.map(|h| h.entry.row).filter(|&row| self.agrees(row, mention, local)).collect();
        if let [only] = rows.as_slice() {
            return Some(*only);
        }
        let titled: Vec<usize> = rows.into_iter().filter(|&row| self.has_title(row, mention)).collect();
        if let [only] = titled.as_slice() { Some(*only) } else { None }
    }

    /// The rows of people.csv with the name of a mention that is linked to none, and why.
    pub fn candidates(&self, mention: usize, local: bool) -> Vec<Candidate> {
        let g = self.gazetteers();
        let candidate = &self.reading.mentions[mention];
        let hits = self.reading.lexed.starting(candidate.first, Table::Person).filter(|h| h.end == candidate.end);
        let about = |row: usize| Candidate {
            key: super::persons::listed_key(&g.people[row]),
            name: g.people[row].name.clone(),
            name_zh: g.people[row].zh.clone(),
            wikidata: g.people[row].wikidata.clone(),
            about: g.describe(row),
            why: self.why(row, mention, local).into(),
        };
        hits.map(|h| about(h.entry.row)).collect()
    }

    fn why(&self, person: usize, mention: usize, local: bool) -> &'static str {
        let g = self.gazetteers();
        let posts = g.post_index.of(&g.people[person].id);
        let is_placed = |&post: &usize| {
            let region = &g.posts[post].region;
            if region == CENTRE { !local } else { self.is_in_place(region, mention) }
        };
        if posts.is_empty() {
            NO_POST
        } else if self.agrees(person, mention, local) {
            MANY
        } else if posts.iter().any(is_placed) {
            if posts.iter().filter(|p| is_placed(p)).any(|&p| self.is_in_time(p, mention)) { NO_POST } else { NO_TIME }
        } else {
            NO_PLACE
        }
    }

    fn agrees(&self, person: usize, mention: usize, local: bool) -> bool {
        let g = self.gazetteers();
        let row = &g.people[person];
        let link = row.link.unwrap_or(Linking::Post);
        if link == Linking::Name && !local {
            return true;
        }
        g.post_index.of(&row.id).iter().any(|&post| {
            let placed = if g.posts[post].region == CENTRE {
                !local && (link != Linking::Strict || (!g.post_index.is_seat(post) && self.is_central(post, mention)))
            } else {
                self.is_in_place(&g.posts[post].region, mention)
            };
            placed && self.is_in_time(post, mention)
        })
    }

    fn gazetteers(&self) -> &'a Gazetteers {
        self.reading.lexed.gazetteers
    }

    /// A text without a date contradicts none; a former holder is named after the term.
    fn is_in_time(&self, post: usize, mention: usize) -> bool {
        let term = self.gazetteers().post_index.term(post);
        self.month.is_none_or(|m| term.holds(m) || (term.has_begun(m) && self.is_former(mention)))
    }

    /// The report is one of the centre, or the title beside the name is that of the post.
    fn is_central(&self, post: usize, mention: usize) -> bool {
        self.jurisdiction.level == Some(Level::Central) || self.has_title_of(post, mention)
    }

    /// The province of the post is the document's, or one that the sentence names.
    fn is_in_place(&self, region: &str, mention: usize) -> bool {
        let g = self.gazetteers();
        let Some(post) = g.region_index.id(region) else { return false };
        let province = |row: usize| g.regions[row].code.get(..2);
        let beside = self.reading.of_sentence(Label::Region, self.reading.sentence(mention));
        let named = beside.filter_map(|m| self.region_of[m]).chain(self.jurisdiction.chain.iter().copied());
        province(post).is_some_and(|code| named.into_iter().any(|row| province(row) == Some(code)))
    }

    /// TITLE mentions that touch the name, or that a comma or one word parts from it.
    fn titles(&self, mention: usize) -> impl Iterator<Item = usize> {
        let person = &self.reading.mentions[mention];
        self.reading.of_sentence(Label::Title, self.reading.sentence(mention)).filter(move |&t| {
            let title = &self.reading.mentions[t];
            let before = title.end <= person.first && person.first - title.end <= BESIDE;
            let after = title.first >= person.end && title.first - person.end <= BESIDE;
            before || after
        })
    }

    /// The title beside the name is one of a province or of what lies below it.
    pub fn is_local(&self, mention: usize) -> bool {
        self.titles(mention).any(|t| {
            let title = &self.reading.mentions[t];
            let level = jurisdiction::level_in(self.reading, title.first, title.end);
            let place = places::place_in(self.reading, title.first, title.end).and_then(|m| self.region_of[m]);
            let placed = place.and_then(|row| places::level_of(self.gazetteers(), row));
            level.or(placed).is_some_and(|level| level != Level::Central)
        })
    }

    fn has_title(&self, person: usize, mention: usize) -> bool {
        let g = self.gazetteers();
        g.post_index.of(&g.people[person].id).iter().any(|&post| self.has_title_of(post, mention))
    }

    fn has_title_of(&self, post: usize, mention: usize) -> bool {
        let wanted = fold_word(&self.gazetteers().posts[post].title);
        self.titles(mention).any(|t| fold_word(self.reading.surface(t)).contains(&wanted))
    }

    /// A word before the title beside the name, or before the name, says that the office is past.
    fn is_former(&self, mention: usize) -> bool {
        let lexed = self.reading.lexed;
        let former = |end: usize| {
            cues::triggers_before(lexed, end, TriggerClass::Status).any(|hit| cues::value(lexed, hit) == FORMER)
        };
        let begins = self.titles(mention).map(|t| self.reading.mentions[t].first);
        begins.chain([self.reading.mentions[mention].first]).any(former)
    }
}
