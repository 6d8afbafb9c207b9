//! Who holds which office: titles linked to the names beside them.
//!
//! Names and titles of a sentence are read as one row with the gaps between them. A title directly before a name is
//! its holder's; behind a comma or "is" it belongs to the name before; a plural title is shared by the names of its
//! list; "was appointed" and its like link over a longer gap and give the status.

use super::office_names;
use super::rules::{BEFORE_NAME, BEHIND_NAME, COMMA, RESUME};
use crate::find::cues;
use crate::find::phrase::organs::place_level;
use crate::gazetteer::rows::{RegionLevel, TitleClass, TriggerClass, WordClass};
use crate::gazetteer::validate::{NO_JURISDICTION, STATUSES};
use crate::gazetteer::{Entry, Office, Table, month};
use crate::model::{EntityId, Evidence, Label, Level, MentionId, Place, Position};
use crate::resolve::jurisdiction::{centre, level_in};
use crate::resolve::{BlockKind, Reading, Resolved, places};
use crate::text::fold_word;
use std::collections::HashSet;

/// Longest gap over which "was appointed" links a person and a title, in tokens.
const LONGEST_GAP: usize = 14;

/// Farthest that "born in" stands behind the name that a resume opens with, in tokens.
const RESUME_REACH: usize = 4;
/// Longest remark in brackets between a name and a title, in tokens.
const LONGEST_REMARK: usize = 8;

/// A name, a pronoun, or a title in the row of a sentence.
#[derive(Debug, Clone, Copy)]
struct Item {
    mention: Option<usize>,
    person: Option<EntityId>,
    first: usize,
    end: usize,
}

/// What stands between two items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Adjacent,
    Comma,
    And,
    Copula,
    Appointment,
    /// A colon behind a title, before a list of names.
    Colon,
    /// Words of an apposition that are no title ("a native of Hunan and", "a cadre from Shanghai, now").
    Apposition,
    Other,
}

/// All positions of the document, one per person and wording.
pub fn find(reading: &Reading, resolved: &Resolved) -> Vec<Position> {
    let mut finder =
        Finder { reading, resolved, last: None, resume: None, seen: HashSet::new(), positions: Vec::new() };
    for sentence in 0..reading.lexed.text.sentences.len() {
        finder.sentence(sentence);
    }
    finder.positions
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    resolved: &'a Resolved,
    /// The last person named, for "he".
    last: Option<EntityId>,
    /// Whose resume the paragraph is.
    resume: Option<(usize, EntityId)>,
    seen: HashSet<(EntityId, String)>,
    positions: Vec<Position>,
}

/// A link between two items and what it says of the office.
struct Link {
    person: usize,
    title: usize,
    status: &'static str,
    rule: &'static str,
}

impl Finder<'_> {
    fn sentence(&mut self, sentence: usize) {
        let block = self.reading.lexed.text.sentences[sentence].block;
        if matches!(self.reading.layout.kinds[block], BlockKind::Boilerplate) {
            return;
        }
        let mut items = self.items(sentence);
        self.open_resume(&mut items, sentence);
        let gaps: Vec<Gap> = items.windows(2).map(|pair| self.gap(&pair[0], &pair[1])).collect();
        let row = Row { finder: self, items: &items, gaps: &gaps };
        let mut links = row.links();
        if let Some((_, person)) = self.resume {
            row.keep_to_resume(&mut links, person);
        }
        links.sort_by_key(|l| (l.person, l.title));
        for link in links {
            self.add(&items, &link, sentence);
        }
        self.last =
            items.iter().rev().find(|i| i.mention.is_some() && i.person.is_some()).and_then(|i| i.person).or(self.last);
    }

    /// "Li Shufen, female, born in ...": the paragraph is her resume, and its sentences go on without a subject.
    fn open_resume(&mut self, items: &mut Vec<Item>, sentence: usize) {
        let lexed = self.reading.lexed;
        let s = &lexed.text.sentences[sentence];
        let told = |i: &&Item| {
            let end = s.end_token.min(i.end + RESUME_REACH);
            (i.end..end).any(|t| cues::triggers_at(lexed, t, TriggerClass::Resume).next().is_some())
        };
        if let Some(person) = items.iter().filter(|i| i.mention.is_some()).find(told).and_then(|i| i.person) {
            self.resume = Some((s.block, person));
            return;
        }
        self.resume = self.resume.filter(|(block, _)| *block == s.block);
        if let Some((_, person)) = self.resume.filter(|_| !items.iter().any(|i| i.person.is_some())) {
            let (first, end) = (s.first_token, s.first_token);
            items.insert(0, Item { mention: None, person: Some(person), first, end });
        }
    }

    fn items(&self, sentence: usize) -> Vec<Item> {
        let s = &self.reading.lexed.text.sentences[sentence];
        let mut items: Vec<Item> = Vec::new();
        for mention in self.reading.within(s.first_token, s.end_token) {
            let candidate = &self.reading.mentions[mention];
            let person = candidate.label == Label::Person && !candidate.byline;
            if person && self.is_second_name(&items, candidate.first, candidate.end) {
                continue;
            }
            if !(person || candidate.label == Label::Title) || items.last().is_some_and(|i| candidate.first < i.end) {
                continue;
            }
            let id = if person { self.resolved.entity_of[mention] } else { None };
            items.push(Item { mention: Some(mention), person: id, first: candidate.first, end: candidate.end });
        }
        self.add_pronouns(&mut items, s.first_token, s.end_token);
        items.sort_by_key(|i| i.first);
        items
    }

    /// "Tsering Phuntsok (Cering Puncog)": the same name in another spelling.
    fn is_second_name(&self, items: &[Item], first: usize, end: usize) -> bool {
        let lexed = self.reading.lexed;
        let named = items.last().is_some_and(|i| i.person.is_some() && i.end + 1 == first);
        named && lexed.is(first - 1, "(") && end < lexed.len() && lexed.is(end, ")")
    }

    /// "he", "she", "his" and "her" stand for the person before them.
    fn add_pronouns(&self, items: &mut Vec<Item>, first: usize, end: usize) {
        let lexed = self.reading.lexed;
        for index in first..end {
            if !lexed.has(index, WordClass::Personal) {
                continue;
            }
            let named = items.iter().rfind(|i| i.mention.is_some() && i.person.is_some() && i.end <= index);
            let person = named.and_then(|i| i.person).or(self.last);
            if let Some(person) = person.filter(|_| !items.iter().any(|i| i.first <= index && index < i.end)) {
                items.push(Item { mention: None, person: Some(person), first: index, end: index + 1 });
            }
        }
    }

    fn gap(&self, left: &Item, right: &Item) -> Gap {
        let lexed = self.reading.lexed;
        let mut content: Vec<&str> = Vec::new();
        let mut copula = false;
        let mut index = left.end;
        while index < right.first {
            let hit = |class| cues::triggers_at(lexed, index, class).find(|h| h.end <= right.first);
            if let Some(h) = hit(TriggerClass::Appointment) {
                let near = h.end + 3 >= right.first || self.removed_from(right.first);
                return if right.first - left.end <= LONGEST_GAP && near { Gap::Appointment } else { Gap::Other };
            }
            if let Some(h) = hit(TriggerClass::Status) {
                if matches!(cues::value(lexed, h), "elect" | "removed") && !self.is_title(left) {
                    return if right.first - left.end <= LONGEST_GAP { Gap::Appointment } else { Gap::Other };
                }
                index = h.end;
                continue;
            }
            if let Some(h) = hit(TriggerClass::Copula) {
                copula |= !lexed.has(index, WordClass::Adverb) || lexed.is_word(index, "also");
                index = h.end;
                continue;
            }
            if let Some(end) = self.remark(index).filter(|&end| end <= right.first) {
                index = end;
                continue;
            }
            if !lexed.has_any(index, &[WordClass::Determiner, WordClass::Adverb, WordClass::Address]) {
                content.push(lexed.word(index));
            }
            index += 1;
        }
        let include = (left.end..right.first).any(|i| lexed.has(i, WordClass::Inclusion)) && content.len() <= 2;
        match content.as_slice() {
            [.., ":"] if self.heads_list(left, right) => Gap::Colon,
            [] if copula => Gap::Copula,
            [] => Gap::Adjacent,
            ["," | "(" | "、"] => Gap::Comma,
            ["and" | "&"] | [",", "and"] | ["as", "well", "as"] | [",", "as", "well", "as"] | [";", "and"] => Gap::And,
            _ if include && left.mention.is_none() => Gap::Copula,
            _ if self.is_apposition(left, right) => Gap::Apposition,
            _ => Gap::Other,
        }
    }

    /// "Members of the standing committee are: A, B and C": a title at the beginning, a colon, a name.
    fn heads_list(&self, left: &Item, right: &Item) -> bool {
        let lexed = self.reading.lexed;
        let verb = |i: usize| lexed.is_verb(i) && !lexed.has(i, WordClass::Be) && !lexed.has(i, WordClass::NounVerb);
        self.is_title(left) && !self.is_title(right) && !(left.end..right.first).any(verb)
    }

    /// "from the post of" ends before the title: the verb stands farther before.
    fn removed_from(&self, title: usize) -> bool {
        let lexed = self.reading.lexed;
        let ends = |end: usize| {
            cues::triggers_before(lexed, end, TriggerClass::Status).any(|h| cues::value(lexed, h) == "removed")
        };
        ends(title) || title > 0 && lexed.has(title - 1, WordClass::Determiner) && ends(title - 1)
    }

    /// A remark that says nothing of an office: "(female)", ", 36,". Tells where it ends.
    fn remark(&self, index: usize) -> Option<usize> {
        let lexed = self.reading.lexed;
        if lexed.is(index, "(") {
            let close = (index + 1..lexed.len().min(index + LONGEST_REMARK)).find(|&i| lexed.is(i, ")"))?;
            return Some(close + 1);
        }
        let number = |i: usize| i < lexed.len() && lexed.word(i).bytes().all(|b| b.is_ascii_digit());
        (lexed.is(index, ",") && number(index + 1) && index + 2 < lexed.len() && lexed.is(index + 2, ","))
            .then_some(index + 2)
    }

    /// Few words without a verb behind a name or title, closed by a comma, "and" or "who is".
    fn is_apposition(&self, left: &Item, right: &Item) -> bool {
        let lexed = self.reading.lexed;
        let copula = cues::triggers_before(lexed, right.first, TriggerClass::Copula)
            .find(|h| h.first >= left.end && lexed.has(h.first, WordClass::Linking));
        let end = copula.map_or(right.first, |h| h.first);
        let determiner = |i: &usize| !lexed.has(*i, WordClass::Determiner);
        let last = (left.end..end).rev().find(determiner);
        // "Li Hua, ailing mayor", "and of the other deputy mayor": one word may stand before the title.
        let one_word =
            right.first == left.end + 2 && !lexed.is_mark(right.first - 1) && !lexed.capital(right.first - 1);
        let closed = copula.is_some()
            || one_word && lexed.is(left.end, ",")
            || last.is_some_and(|i| lexed.is(i, ",") || lexed.is_word(i, "and"));
        let opened = left.person.is_none() || lexed.is(left.end, ",");
        let breaks = |i: usize| {
            lexed.is_verb(i) && !lexed.has(i, WordClass::NounVerb)
                || lexed.has_any(i, &[WordClass::Be, WordClass::Personal])
                || lexed.class_at(i, WordClass::Group).is_some()
                || matches!(lexed.word(i), ";" | "；" | ":" | "." | "“" | "\"")
        };
        closed && opened && right.first - left.end <= LONGEST_GAP && !(left.end..end).any(breaks)
    }

    fn is_title(&self, item: &Item) -> bool {
        item.person.is_none()
    }

    /// The status said by words directly before the title or inside it.
    fn status(&self, items: &[Item], title: usize) -> &'static str {
        let lexed = self.reading.lexed;
        let from = title.checked_sub(1).map_or(lexed.sentence_start(items[title].first), |i| items[i].end);
        let before = (from..items[title].first).flat_map(|i| cues::triggers_at(lexed, i, TriggerClass::Status)).last();
        let inside = (items[title].first..items[title].end)
            .flat_map(|i| cues::triggers_at(lexed, i, TriggerClass::Status))
            .next();
        before.or(inside).map_or("", |h| status_name(cues::value(lexed, h)))
    }

    /// The status said by an appointment between person and title.
    fn appointment(&self, from: usize, to: usize) -> &'static str {
        let lexed = self.reading.lexed;
        let start = lexed.sentence_start(from.min(lexed.len() - 1)).max(from);
        let hits = (start..to).flat_map(|i| {
            cues::triggers_at(lexed, i, TriggerClass::Appointment).chain(cues::triggers_at(
                lexed,
                i,
                TriggerClass::Status,
            ))
        });
        hits.map(|h| status_name(cues::value(lexed, h))).last().unwrap_or("")
    }

    fn add(&mut self, items: &[Item], link: &Link, sentence: usize) {
        let (Some(person), Some(title)) = (items[link.person].person, items[link.title].mention) else { return };
        let surface = self.reading.surface(title).split_whitespace().collect::<Vec<_>>().join(" ");
        if !self.seen.insert((person, fold_word(&surface))) {
            return;
        }
        let candidate = &self.reading.mentions[title];
        let region = self.office_region(items, link, person);
        let span = self.reading.lexed.span(candidate.first, candidate.end);
        let person_span = self.reading.lexed.span(items[link.person].first, items[link.person].end);
        let Office { role, organization } = office_names::office(self.reading, title, region.level);
        self.positions.push(Position {
            person,
            title: MentionId(title),
            wording: surface,
            role,
            organization,
            region,
            status: link.status,
            observed: self.resolved.profile.published.clone(),
            evidence: Evidence {
                sentence,
                span: span.join(person_span),
                support: self.reading.lexed.text.sentences[sentence].span,
                rule: link.rule.into(),
            },
        });
    }

    /// The place whose office it is: named in the title, told by its level, or that of the office beside it.
    fn office_region(&self, items: &[Item], link: &Link, person: EntityId) -> Place {
        let own = self.own_region(&items[link.title]);
        let Own::Nothing = own else { return own.into_place() };
        let title = &items[link.title];
        let beside = self.positions.iter().rev().find(|p| {
            p.person == person && p.evidence.sentence == self.reading.lexed.token(items[link.title].first).sentence
        });
        // The first office of a chain may be the bare one: "director and Party secretary of the Bureau".
        if let Some(row) = self.listed_at_centre(person) {
            return row;
        }
        let next = items[link.title + 1..]
            .iter()
            .take_while(|i| self.is_title(i))
            .map(|i| self.own_region(i))
            .find(|o| !matches!(o, Own::Nothing));
        match next {
            Some(Own::Place(place)) => return place,
            Some(Own::Private) => return Place::default(),
            _ => {}
        }
        let office = beside.filter(|p| self.tells_region(p, title));
        office.map_or(self.resolved.jurisdiction.place.clone(), |p| p.region.clone())
    }

    /// Whether the office beside a bare one tells its place. A seat in a higher committee tells nothing of it, but for
    /// the departments of the Party Committee itself ("Standing Committee member and head of the United Front Work
    /// Department").
    fn tells_region(&self, beside: &Position, title: &Item) -> bool {
        if self.is_seat(beside.title) {
            let seat = &self.reading.mentions[beside.title.0];
            let assembly = self.reading.phrasing.organs_in(seat.first, seat.end).any(|o| self.is_assembly(o.entry));
            let department = self.reading.phrasing.organs_in(title.first, title.end).next().is_some();
            return department && !assembly && !beside.region.path.is_empty();
        }
        !beside.region.path.is_empty() || self.is_private(beside.title.0)
    }

    fn is_seat(&self, title: MentionId) -> bool {
        let entry = self.reading.mentions[title.0].entry.filter(|e| e.table == Table::Title);
        entry.is_some_and(|e| self.reading.lexed.gazetteers.titles[e.row].class == TitleClass::Seat)
    }

    /// A bare "President" or "Secretary" of a person of whom only offices at the centre are known for the time of the
    /// report. A seat in a body is no office.
    fn listed_at_centre(&self, person: EntityId) -> Option<Place> {
        let g = self.reading.lexed.gazetteers;
        let id = self.resolved.entities[person.0].key.strip_prefix("person:")?;
        let offices = || g.post_index.of(id).iter().copied().filter(|&p| !g.post_index.is_seat(p));
        let day = month(&self.resolved.profile.published, 1);
        let current = || offices().filter(|&p| day.is_none_or(|day| g.post_index.term(p).holds(day)));
        let known: Vec<usize> = if current().next().is_some() { current().collect() } else { offices().collect() };
        let central = !known.is_empty() && known.iter().all(|&p| g.posts[p].region == "cn");
        central.then(|| centre(g))
    }

    fn own_region(&self, title: &Item) -> Own {
        let (first, end) = (title.first, title.end);
        let place = self.place_of(first, end).map(|mention| self.resolved.place(self.reading, mention));
        let foreign = place.as_ref().is_some_and(|p| p.level == Some(Level::Central));
        if title.mention.is_some_and(|m| self.is_private(m)) && !foreign {
            return Own::Private;
        }
        if let Some(place) = place {
            return Own::Place(place);
        }
        if let Some(place) = self.nationality(first, end) {
            return Own::Place(place);
        }
        let g = self.reading.lexed.gazetteers;
        if self.has_no_jurisdiction(title) {
            return Own::Unknown;
        }
        let Some(level) = level_in(self.reading, first, end) else { return Own::Nothing };
        if self.is_town_mayor(title, level) {
            return Own::Nothing;
        }
        match self.resolved.jurisdiction.at(g, level).or_else(|| self.named_before(level, title)) {
            Some(place) => Own::Place(place),
            None => Own::Unknown,
        }
    }

    /// The REGION inside a title that is its office's place. "Taiwan" in "Taiwan Affairs Office" is a topic.
    fn place_of(&self, first: usize, end: usize) -> Option<usize> {
        let lexed = self.reading.lexed;
        let topic = |m: usize| {
            let place = &self.reading.mentions[m];
            lexed.starting(place.first, Table::Organ).any(|h| h.end > place.end && h.end <= end)
        };
        let places = self.reading.within(first, end).filter(|&m| {
            let c = &self.reading.mentions[m];
            c.label == Label::Region && c.end <= end
        });
        let places: Vec<usize> = places.collect();
        places.iter().rev().copied().find(|&m| !topic(m)).or(places.last().copied())
    }

    /// A professor's chair and a post in a company belong to no jurisdiction.
    fn is_private(&self, title: usize) -> bool {
        let g = self.reading.lexed.gazetteers;
        let c = &self.reading.mentions[title];
        let rank = c.entry.is_some_and(|e| e.table == Table::Title && g.titles[e.row].level == NO_JURISDICTION);
        let company = |e: Entry| e.table == Table::Organ && g.organs[e.row].level == NO_JURISDICTION;
        rank || self.reading.phrasing.organs_in(c.first, c.end).any(|o| company(o.entry))
    }

    /// "Mayor" without more is a city's, but in the report of a town its own.
    fn is_town_mayor(&self, title: &Item, level: Level) -> bool {
        let lexed = self.reading.lexed;
        let told = (title.first..title.end).any(|i| lexed.has_any(i, &[WordClass::Level, WordClass::LevelNoun]));
        let organ = self.reading.phrasing.organs_in(title.first, title.end).next().is_some();
        self.resolved.jurisdiction.level == Some(Level::Township) && level == Level::Prefecture && !told && !organ
    }

    /// A bare "CPPCC" in a local report may be that of any level.
    fn has_no_jurisdiction(&self, title: &Item) -> bool {
        let organ = self.reading.phrasing.organs_in(title.first, title.end).max_by_key(|o| o.end - o.first);
        let open = organ.is_some_and(|o| {
            o.end == o.first + 1 && o.level.is_none_or(|l| l == Level::Central) && self.is_assembly(o.entry)
        });
        let told = level_in(self.reading, title.first, title.end).is_some_and(|l| l > Level::Central);
        open && !told && crate::relate::events::is_local(self.resolved.jurisdiction.level)
    }

    /// Assemblies that exist at every level under one name.
    fn is_assembly(&self, entry: Entry) -> bool {
        let g = self.reading.lexed.gazetteers;
        match entry.table {
            Table::Organization => matches!(g.organizations[entry.row].class.as_str(), "cppcc" | "congress"),
            Table::Organ => matches!(g.organs[entry.row].id.as_str(), "cppcc" | "peoples-congress"),
            _ => false,
        }
    }

    fn nationality(&self, first: usize, end: usize) -> Option<Place> {
        let lexed = self.reading.lexed;
        let hit = (first..end).find_map(|i| lexed.class_at(i, WordClass::Nationality))?;
        let row = lexed.gazetteers.region_index.id(lexed.value(hit))?;
        let china = lexed.gazetteers.region_index.id("cn") == Some(row);
        Some(if china { centre(lexed.gazetteers) } else { places::place(lexed.gazetteers, row, "") })
    }

    /// The last place of that level named before the title. Of townships and villages only one with the type word that
    /// the title has too: "Luhe Town" for "town party secretary".
    fn named_before(&self, level: Level, title: &Item) -> Option<Place> {
        let before = self.reading.of(Label::Region).filter(|&m| self.reading.mentions[m].first < title.first);
        let found = before.filter(|&m| self.is_place_of(level, m, title)).last()?;
        Some(self.resolved.place(self.reading, found))
    }

    fn is_place_of(&self, level: Level, place: usize, title: &Item) -> bool {
        let (g, lexed) = (self.reading.lexed.gazetteers, self.reading.lexed);
        let c = &self.reading.mentions[place];
        if let Some(row) = self.resolved.region_of[place] {
            let own = places::level_of(g, row).filter(|_| g.regions[row].level != RegionLevel::Country);
            // "Deputy mayor" may be one of a municipality under the centre.
            let municipality = g.regions[row].level == RegionLevel::Province && g.regions[row].zh.ends_with('市');
            return own == Some(level) || (municipality && level == Level::Prefecture);
        }
        let of_type = self.reading.phrasing.place_at(c.first, c.end).and_then(|p| place_level(&p.type_value));
        let shared = |i: usize| fold_word(lexed.word(i)) == fold_word(lexed.word(c.end - 1));
        level == Level::Township && of_type == Some(level) && (title.first..title.end).any(shared)
    }
}

/// What a title itself tells of its place.
enum Own {
    Place(Place),
    /// A level without a place.
    Unknown,
    /// An office of no jurisdiction: a professor's, a company's.
    Private,
    Nothing,
}

impl Own {
    fn into_place(self) -> Place {
        match self {
            Own::Place(place) => place,
            _ => Place::default(),
        }
    }
}

fn status_name(value: &str) -> &'static str {
    STATUSES.into_iter().find(|s| *s == value).unwrap_or("")
}

/// Names and titles of one sentence in a row.
struct Row<'a, 'b> {
    finder: &'a Finder<'b>,
    items: &'a [Item],
    gaps: &'a [Gap],
}

impl Row<'_, '_> {
    fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        let mut claimed = HashSet::new();
        self.before_names(&mut links, &mut claimed);
        self.behind_names(&mut links, &mut claimed);
        self.with_comma(&mut links, &claimed);
        links
    }

    /// In a resume all titles behind a name or without one are those of the person whose resume it is.
    fn keep_to_resume(&self, links: &mut Vec<Link>, person: EntityId) {
        let Some(own) = self.items.iter().position(|i| i.person == Some(person)) else { return };
        links.retain(|l| l.rule == BEFORE_NAME || self.items[l.person].person == Some(person));
        let linked: HashSet<usize> = links.iter().map(|l| l.title).collect();
        let open = (own + 1..self.items.len()).filter(|t| self.is_title(*t) && !linked.contains(t));
        links.extend(open.map(|title| self.link(own, title, RESUME)));
    }

    fn is_person(&self, index: usize) -> bool {
        self.items[index].person.is_some()
    }

    fn is_named(&self, index: usize) -> bool {
        self.is_person(index) && self.items[index].mention.is_some()
    }

    fn is_title(&self, index: usize) -> bool {
        !self.is_person(index)
    }

    /// "Deputy Secretary and Governor Mao Weiming": titles that end directly before a name.
    fn before_names(&self, links: &mut Vec<Link>, claimed: &mut HashSet<usize>) {
        for index in 0..self.gaps.len() {
            let direct = match self.gaps[index] {
                Gap::Adjacent => true,
                Gap::Colon => self.is_plural(index),
                _ => false,
            };
            if !(self.is_title(index) && self.is_named(index + 1) && direct) {
                continue;
            }
            let persons = self.shared(index, index + 1);
            for title in self.run_start(index)..=index {
                let plural = self.is_plural(title) || title == index;
                let holders = if plural { persons.as_slice() } else { &persons[..1] };
                for &person in holders {
                    links.push(self.link(person, title, BEFORE_NAME));
                }
                claimed.insert(title);
            }
        }
    }

    /// First title of the run that ends with `index` and belongs to the name behind it.
    fn run_start(&self, index: usize) -> usize {
        let joined = |i: usize, gaps: &[Gap]| i > 0 && self.is_title(i - 1) && gaps.contains(&self.gaps[i - 1]);
        let mut start = index;
        while joined(start, &[Gap::And, Gap::Comma]) {
            start -= 1;
        }
        let behind_name = start > 0
            && self.is_person(start - 1)
            && matches!(self.gaps[start - 1], Gap::Comma | Gap::Copula | Gap::Appointment);
        // Where that name has its title before it, the names of the row stand behind their titles.
        let titled = start > 1 && self.is_title(start - 2) && self.gaps[start - 2] == Gap::Adjacent;
        if !behind_name || titled {
            return start;
        }
        // The run begins behind another name: only what "and" joins to the last title goes with the name that follows.
        let mut start = index;
        while joined(start, &[Gap::And]) && !(start >= 2 && self.is_person(start - 2)) {
            start -= 1;
        }
        start
    }

    /// The names that a title before `person` is shared by: the whole list if the title is a plural.
    fn shared(&self, title: usize, person: usize) -> Vec<usize> {
        let mut persons = vec![person];
        let mut index = person;
        while self.is_plural(title)
            && index + 1 < self.items.len()
            && self.is_named(index + 1)
            && matches!(self.gaps[index], Gap::Comma | Gap::And)
        {
            index += 1;
            persons.push(index);
            // "And" closes the list: "deputy mayors A, B and C, and D, minister of ...".
            if self.gaps[index - 1] == Gap::And {
                break;
            }
        }
        persons
    }

    /// "Chen Lian, secretary of ... and mayor": titles behind a name.
    fn behind_names(&self, links: &mut Vec<Link>, claimed: &mut HashSet<usize>) {
        for index in 0..self.gaps.len() {
            let gap = self.gaps[index];
            let linking = if self.is_named(index) {
                matches!(gap, Gap::Comma | Gap::Copula | Gap::Appointment)
                    || gap == Gap::Apposition && !self.is_plural(index + 1)
                    || gap == Gap::Adjacent && self.is_elected(index)
            } else {
                matches!(gap, Gap::Copula | Gap::Appointment)
            };
            if !(self.is_person(index) && self.is_title(index + 1) && linking) || claimed.contains(&(index + 1)) {
                continue;
            }
            let (from, to) = (self.items[index].end, self.items[index + 1].first);
            let status = if gap == Gap::Appointment {
                self.finder.appointment(self.finder.reading.lexed.sentence_start(from), to)
            } else {
                ""
            };
            let mut shared = if self.items[index].mention.is_none() && status.is_empty() {
                self.finder.appointment(from, to)
            } else {
                status
            };
            let mut title = index + 1;
            while title < self.items.len() && self.is_title(title) && !claimed.contains(&title) {
                for person in self.holders(index, title) {
                    let mut link = self.link(person, title, BEHIND_NAME);
                    if !shared.is_empty() {
                        link.status = shared;
                    }
                    links.push(link);
                }
                claimed.insert(title);
                match self.gaps.get(title) {
                    Some(Gap::Comma | Gap::And) => {}
                    Some(Gap::Apposition) if title + 1 < self.items.len() && !self.is_plural(title + 1) => {}
                    // "former mayor, was appointed as secretary": another office of the same person.
                    Some(Gap::Appointment) if title + 1 < self.items.len() && self.is_title(title + 1) => {
                        shared = self.finder.appointment(self.items[title].end, self.items[title + 1].first);
                    }
                    _ => break,
                }
                title += 1;
            }
        }
    }

    /// "The plenum elected Chen Lian deputy secretary": the verb stands directly before the name.
    fn is_elected(&self, person: usize) -> bool {
        let lexed = self.finder.reading.lexed;
        cues::triggers_before(lexed, self.items[person].first, TriggerClass::Appointment).next().is_some()
    }

    /// A plural title behind a list belongs to all its names back to the last title.
    fn holders(&self, person: usize, title: usize) -> Vec<usize> {
        let mut persons = vec![person];
        let mut index = person;
        while self.is_plural(title)
            && index > 0
            && self.is_named(index - 1)
            && matches!(self.gaps[index - 1], Gap::Comma | Gap::And)
        {
            index -= 1;
            persons.push(index);
        }
        persons
    }

    /// "The secretary of the committee, Zhang Liwei, said": title, comma, name.
    fn with_comma(&self, links: &mut Vec<Link>, claimed: &HashSet<usize>) {
        for index in 0..self.gaps.len() {
            let free = self.is_title(index) && !claimed.contains(&index) && !self.is_plural(index);
            let own = index + 2 < self.items.len()
                && self.is_title(index + 2)
                && matches!(self.gaps[index + 1], Gap::Comma | Gap::Copula);
            let opens = self.items[index].first == self.finder.reading.lexed.sentence_start(self.items[index].first)
                || index > 0
                || self.is_named(index + 1);
            if free && opens && self.is_person(index + 1) && self.gaps[index] == Gap::Comma && !own {
                let lexed = self.finder.reading.lexed;
                let end = self.items[index + 1].end;
                if lexed.is(end, ",") || lexed.is_verb(end) {
                    links.push(self.link(index + 1, index, COMMA));
                }
            }
        }
    }

    fn link(&self, person: usize, title: usize, rule: &'static str) -> Link {
        Link { person, title, status: self.finder.status(self.items, title), rule }
    }

    /// Whether the rank of the title is a plural.
    fn is_plural(&self, title: usize) -> bool {
        let lexed = self.finder.reading.lexed;
        let item = &self.items[title];
        let rank =
            (item.first..item.end).filter_map(|i| lexed.title_at(i, TitleClass::Rank)).find(|h| h.end <= item.end);
        rank.is_some_and(|h| {
            let plain = |i: usize| lexed.word(i).to_lowercase();
            (h.first..h.end)
                .any(|i| (plain(i).ends_with('s') && !plain(i).ends_with("ss")) || plain(i).ends_with("men"))
        })
    }
}
