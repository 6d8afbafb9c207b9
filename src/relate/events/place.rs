//! Where an event took place, and whose event it is.

use super::Finder;
use crate::find::Candidate;
use crate::find::cues;
use crate::gazetteer::rows::{VerbClass, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::model::{Label, Level, Place};
use crate::resolve::{dates, places};

/// Tokens of a venue before the place in its name ("in the ancestral hall of X Village").
const VENUE: usize = 8;
/// Least tokens of a venue's proper name.
const VENUE_NAME: usize = 2;

impl Finder<'_> {
    /// The place told in the event's sentence: a region behind "in", the region of a venue, "here"; else the place of
    /// the dateline, else the venue by its name.
    pub(super) fn place(&self, sentence: usize) -> String {
        let region = self.region_behind_in(sentence).or_else(|| self.venue_region(sentence));
        region
            .map(|m| self.place_name(m))
            .or_else(|| self.own_seat(sentence))
            .or_else(|| self.dateline_place().map(|m| self.place_name(m)))
            .or_else(|| self.venue(sentence))
            .unwrap_or_default()
    }

    /// A place as written; one in capitals by its ordinary name.
    fn place_name(&self, region: usize) -> String {
        let written = self.words(region);
        let shouted = written.len() > 1 && !written.chars().any(char::is_lowercase);
        let row = self.resolved.region_of[region].filter(|_| shouted);
        row.map_or(written, |r| self.reading.lexed.gazetteers.regions[r].base.clone())
    }

    /// "in the city", "on the third floor of the township government": the jurisdiction's own place.
    fn own_seat(&self, sentence: usize) -> Option<String> {
        let lexed = self.reading.lexed;
        let s = lexed.text.sentences[sentence];
        let own = |i: usize| {
            let level = lexed.class_at(i, WordClass::LevelNoun).and_then(|h| Level::parse(lexed.value(h)));
            level.is_some() && level == self.resolved.jurisdiction.level && !lexed.capital(i)
        };
        let inside = |i: usize| {
            let located =
                ["in", "at", "on"].iter().any(|w| lexed.is_word(i, w)) && lexed.has(i + 1, WordClass::Determiner);
            let city = own(i + 2) && !lexed.is_plain_word(i + 3);
            let of = (i + 2..s.end_token.min(i + VENUE)).find(|&j| lexed.is_word(j, "of"));
            let hall =
                of.is_some_and(|j| (i + 2..j).all(|j| self.is_common(j)) && own(j + 2) && lexed.is_plain_word(j + 3));
            located && (city || hall)
        };
        let name = self.resolved.jurisdiction.place.name();
        ((s.first_token..s.end_token).any(inside) && !name.is_empty()).then(|| name.to_string())
    }

    fn region_behind_in(&self, sentence: usize) -> Option<usize> {
        let lexed = self.reading.lexed;
        let mut regions = self.reading.of_sentence(Label::Region, sentence);
        let told = |first: usize| first > 0 && lexed.is_word(first - 1, "in") && self.is_own_place(first);
        let found = regions.find(|&m| told(self.reading.mentions[m].first))?;
        Some(self.innermost(found))
    }

    fn is_own_place(&self, first: usize) -> bool {
        !cues::is_cited(self.reading.lexed, first) && !self.in_meeting(first)
    }

    /// Of places that follow each other without a comma ("Dehong Mangshi") the last, which lies in the others.
    fn innermost(&self, region: usize) -> usize {
        let end = self.reading.mentions[region].end;
        let next = self.reading.within(end, end + 1).find(|&m| self.reading.mentions[m].label == Label::Region);
        next.filter(|_| self.reading.lexed.same_sentence(end - 1, end)).map_or(region, |m| self.innermost(m))
    }

    fn in_meeting(&self, token: usize) -> bool {
        self.reading.covering(token, token + 1).any(|m| self.reading.mentions[m].label == Label::Meeting)
    }

    /// "in the ancestral hall of X Village": a noun, "of" and a region behind "in" or "at".
    fn venue_region(&self, sentence: usize) -> Option<usize> {
        let lexed = self.reading.lexed;
        let is_venue = |first: usize| {
            let from = lexed.sentence_start(first).max(first.saturating_sub(VENUE));
            let open = (from..first).rev().find(|&i| lexed.is_word(i, "in") || lexed.is_word(i, "at"));
            let of = first > from && lexed.is_word(first - 1, "of");
            of && open.is_some_and(|i| {
                (i + 1..first - 1).all(|i| self.is_common(i)) && lexed.has(i + 1, WordClass::Determiner)
            })
        };
        let mut regions = self.reading.of_sentence(Label::Region, sentence);
        regions.find(|&m| is_venue(self.reading.mentions[m].first) && self.is_own_place(self.reading.mentions[m].first))
    }

    /// A word that is neither a name nor a verb nor a mark.
    fn is_common(&self, index: usize) -> bool {
        let lexed = self.reading.lexed;
        lexed.is_plain_word(index) && !lexed.capital(index) && !lexed.has(index, WordClass::Preposition)
    }

    /// The place before the date of the dispatch.
    fn dateline_place(&self) -> Option<usize> {
        let date = self.reading.of(Label::Date).find(|&m| dates::is_dateline(self.reading, m))?;
        dates::dateline_place(self.reading, date)
    }

    /// "at the Binhu Convention Center": the proper name of a building behind "at" or "in".
    fn venue(&self, sentence: usize) -> Option<String> {
        let lexed = self.reading.lexed;
        let s = lexed.text.sentences[sentence];
        let named = |i: usize| {
            let first = i + 1 + usize::from(lexed.has(i + 1, WordClass::Determiner));
            let end = (first..s.end_token).find(|&j| !self.is_proper(j)).unwrap_or(s.end_token);
            (first > i + 1 && end >= first + VENUE_NAME && !self.names_other(first, end)).then_some((first, end))
        };
        let (first, end) = (s.first_token..s.end_token)
            .filter(|&i| lexed.is_word(i, "at") || lexed.is_word(i, "in"))
            .find_map(named)?;
        Some(lexed.surface(first, end).split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn is_proper(&self, index: usize) -> bool {
        let lexed = self.reading.lexed;
        let joint = lexed.is_word(index, "and") && index + 1 < lexed.len() && lexed.capital(index + 1);
        (lexed.is_plain_word(index) && lexed.capital(index)) || joint
    }

    /// Persons, titles and meetings are no venues.
    fn names_other(&self, first: usize, end: usize) -> bool {
        let label = |m: usize| self.reading.mentions[m].label;
        self.reading.within(first, end).any(|m| matches!(label(m), Label::Person | Label::Title | Label::Meeting))
    }

    /// The place that an inspection went to: the region behind its trigger, if it is one and not a list.
    pub(super) fn visited(&self, sentence: usize, trigger: Hit) -> String {
        let behind: Vec<usize> = self
            .reading
            .of_sentence(Label::Region, sentence)
            .filter(|&m| self.reading.mentions[m].first >= trigger.first && self.is_free(m))
            .collect();
        // "China's Qinghai Province": the country only leads to the place.
        let lexed = self.reading.lexed;
        let leads_on = |m: &&usize| lexed.is_possessive(self.reading.mentions[**m].end);
        let behind = &behind[behind.iter().take_while(leads_on).count()..];
        let Some(&first) = behind.first() else { return String::new() };
        if self.is_listed(first, &behind[1..]) { String::new() } else { self.place_name(first) }
    }

    /// The region stands for itself, not in the name of an organ, title or meeting.
    fn is_free(&self, region: usize) -> bool {
        let c = &self.reading.mentions[region];
        let holds = |m: usize| matches!(self.reading.mentions[m].label, Label::Org | Label::Title | Label::Meeting);
        !self.reading.covering(c.first, c.end).any(holds)
    }

    /// The next place stands beside this one: "A and B", "A, B and C"; but not "A Town, B District".
    fn is_listed(&self, region: usize, others: &[usize]) -> bool {
        let lexed = self.reading.lexed;
        let end = self.reading.mentions[region].end;
        let Some(&next) = others.first().filter(|&&m| self.reading.mentions[m].first == end + 1) else { return false };
        lexed.has(end, WordClass::Conjunction) || (lexed.is(end, ",") && self.level(next) >= self.level(region))
    }

    /// Level of a region by its row, else by the type word of its name; villages are below the townships.
    fn level(&self, region: usize) -> (Level, bool) {
        let c = &self.reading.mentions[region];
        let row = self.resolved.region_of[region].and_then(|r| places::level_of(self.reading.lexed.gazetteers, r));
        let phrase = self.reading.phrasing.place_at(c.first, c.end);
        let typed = || phrase.and_then(|p| Level::parse(&p.type_value));
        let village = phrase.is_some_and(|p| p.type_value == "village");
        (row.or_else(typed).unwrap_or(Level::Township), village)
    }

    /// Whose event it is: the place that held it by its own name ("X County then held ..."), else the jurisdiction.
    pub(super) fn region(&self, sentence: usize) -> Place {
        self.holding_place(sentence).unwrap_or_else(|| self.resolved.jurisdiction.place.clone())
    }

    /// A division directly before the verb of holding.
    fn holding_place(&self, sentence: usize) -> Option<Place> {
        let lexed = self.reading.lexed;
        let holds = |i: usize| {
            let hold = |h: &Hit| lexed.gazetteers.verbs[h.entry.row].class == VerbClass::Hold;
            lexed.starting(i, Table::Verb).any(|h| hold(&h))
        };
        let verb = |m: usize| {
            let end = self.reading.mentions[m].end;
            holds(end) || (lexed.has(end, WordClass::Adverb) && holds(end + 1))
        };
        let region = self.reading.of_sentence(Label::Region, sentence).find(|&m| self.is_free(m) && verb(m))?;
        self.resolved.region_of[region]?;
        Some(self.resolved.place(self.reading, region)).filter(|p| p.level > Some(Level::Central))
    }

    fn is_at_home(&self, region: usize) -> bool {
        let home = &self.resolved.jurisdiction;
        let Some(row) = self.resolved.region_of[region] else { return false };
        let chain = self.reading.lexed.gazetteers.region_index.ancestors(row);
        home.row.is_none_or(|own| chain.contains(&own)) || home.chain.contains(&row)
    }

    /// The division in the name of an event, before its topic: the jurisdiction, a part of it, or what it is a part of.
    pub(super) fn named_place(&self, c: &Candidate) -> Option<Place> {
        let g = self.reading.lexed.gazetteers;
        let topic = (c.first..c.end).find(|&i| self.reading.lexed.is_word(i, "on")).unwrap_or(c.end);
        let inside = self.reading.within(c.first, topic).filter(|&m| self.reading.mentions[m].label == Label::Region);
        let division = |m: &usize| {
            self.resolved.region_of[*m].and_then(|r| places::level_of(g, r)).is_some_and(|l| l > Level::Central)
        };
        let found = inside.filter(division).filter(|m| self.is_at_home(*m)).last()?;
        Some(self.resolved.place(self.reading, found))
    }
}
