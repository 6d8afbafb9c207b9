//! Verbs and who does them: the ground on which roles and speakers stand.
//!
//! The subject of a verb is the row of names and titles that ends before it, "the meeting", a pronoun, or, behind
//! "and", the subject of the verb before. Passives ("chaired by") and inverted sentences ("also present were") have
//! their doers behind.

use crate::find::cues;
use crate::find::cues::is_head;
use crate::gazetteer::rows::{TriggerClass, VerbClass, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::model::{EntityId, Label, Role};
use crate::resolve::{BlockKind, Reading, Resolved};
use std::collections::HashMap;

/// Who does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Persons, in the order of the list, as mentions (for a pronoun: the mention it stands for).
    Persons(Vec<usize>),
    /// The meeting.
    Meeting,
    /// Something else, or nobody that could be settled.
    Other,
}

/// A verb with its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// First token of the verb.
    pub first: usize,
    /// One past the verb.
    pub end: usize,
    /// Who does it.
    pub subject: Subject,
    /// Class of the verb.
    pub class: VerbClass,
    /// Role at an event that the verb gives, if any.
    pub role: Option<Role>,
    /// Gazetteer entry that made it.
    pub rule: String,
    /// Whether the subject stands before the verb.
    pub active: bool,
}

/// What a verb without a subject of its own may go on with.
#[derive(Clone, Copy)]
struct Before<'a> {
    /// The subject of the verb before.
    previous: Option<&'a Subject>,
    /// The names that open the sentence.
    opening: Option<&'a Subject>,
}

/// Farthest that the comma of an opening adverbial stands from the beginning, in tokens.
const OPENING_REACH: usize = 15;

/// Farthest that "were" stands behind an inverted opening, in tokens.
const INVERSION_REACH: usize = 12;

/// Farthest that "by" stands behind a passive, in tokens.
const AGENT_REACH: usize = 6;
/// Longest phrase that is skipped in a row of names ("leaders of the relevant units"), in tokens.
const VAGUE_REACH: usize = 18;

/// All clauses of the document, in the order of the text.
pub fn read(reading: &Reading, resolved: &Resolved) -> Vec<Clause> {
    let mut reader = Reader {
        reading,
        resolved,
        last: None,
        item_end: HashMap::new(),
        item_start: HashMap::new(),
        date_end: HashMap::new(),
        place_end: HashMap::new(),
        behind: None,
        clauses: Vec::new(),
    };
    reader.index();
    for sentence in 0..reading.lexed.text.sentences.len() {
        let block = reading.lexed.text.sentences[sentence].block;
        if matches!(reading.layout.kinds[block], BlockKind::Body | BlockKind::Headline) {
            reader.sentence(sentence);
        }
    }
    let mut clauses = reader.clauses;
    clauses.sort_by_key(|c| (c.first, c.end, c.role));
    clauses
}

struct Reader<'a> {
    reading: &'a Reading<'a>,
    resolved: &'a Resolved,
    /// The last person named in an earlier sentence, for "he".
    last: Option<usize>,
    /// PERSON and TITLE mentions by end token and by first token, the longest of each.
    item_end: HashMap<usize, usize>,
    item_start: HashMap<usize, usize>,
    /// First tokens of DATE mentions by end token.
    date_end: HashMap<usize, usize>,
    /// First tokens of REGION and ORG mentions by end token, the longest of each.
    place_end: HashMap<usize, usize>,
    /// The last row of doers behind a passive or companion.
    behind: Option<Behind>,
    clauses: Vec<Clause>,
}

/// A row of doers that stand behind their verb: "accompanied by Li Shufen and Chen Tao".
#[derive(Debug, Clone, Copy)]
struct Behind {
    /// First token of the passive or companion.
    first: usize,
    /// One past the last doer.
    end: usize,
}

impl Reader<'_> {
    fn index(&mut self) {
        let dates = self.reading.mentions.iter().filter(|c| c.label == Label::Date);
        self.date_end = dates.map(|c| (c.end, c.first)).collect();
        for c in self.reading.mentions.iter().filter(|c| matches!(c.label, Label::Region | Label::Org)) {
            self.place_end.entry(c.end).and_modify(|first| *first = c.first.min(*first)).or_insert(c.first);
        }
        for (mention, c) in self.reading.mentions.iter().enumerate() {
            if !matches!(c.label, Label::Person | Label::Title) {
                continue;
            }
            let length = |m: usize| self.reading.mentions[m].end - self.reading.mentions[m].first;
            let longest = |old: usize| if length(mention) > length(old) { mention } else { old };
            self.item_end.entry(c.end).and_modify(|m| *m = longest(*m)).or_insert(mention);
            self.item_start.entry(c.first).and_modify(|m| *m = longest(*m)).or_insert(mention);
        }
    }

    fn sentence(&mut self, sentence: usize) {
        let s = self.reading.lexed.text.sentences[sentence];
        let mut previous: Option<Subject> = None;
        let opening = self.opening(s.first_token, s.end_token);
        self.behind = None;
        let mut index = s.first_token;
        while index < s.end_token {
            if let Some(end) = self.behind(index, s.first_token, s.end_token) {
                index = end;
                continue;
            }
            let Some(verb) = self.verb_at(index) else {
                index += 1;
                continue;
            };
            let before = Before { previous: previous.as_ref(), opening: opening.as_ref() };
            let subject = match self.is_told(&verb) {
                true => self.impersonal(verb.first),
                false => self.subject(verb.first, s.first_token, before),
            };
            self.push(verb, subject.clone());
            if subject != Subject::Other {
                previous = Some(subject);
            }
            index = verb.end.max(index + 1);
        }
        let mut named = self.reading.of_sentence(Label::Person, sentence).filter(|&m| self.is_actor(m));
        self.last = self.main_person(sentence).or(named.next_back()).or(self.last);
    }

    /// The person that the sentence is about: the last subject.
    fn main_person(&self, sentence: usize) -> Option<usize> {
        let of_sentence = |c: &&Clause| self.reading.lexed.token(c.first).sentence == sentence;
        self.clauses.iter().rev().filter(of_sentence).find_map(|c| match &c.subject {
            Subject::Persons(persons) if persons.len() == 1 => persons.first().copied(),
            _ => None,
        })
    }

    fn push(&mut self, verb: Hit, subject: Subject) {
        let row = &self.reading.lexed.gazetteers.verbs[verb.entry.row];
        let role = if row.class == VerbClass::Report { Some(Role::Spoke) } else { Role::parse(&row.role) };
        self.clauses.push(Clause {
            first: verb.first,
            end: verb.end,
            subject,
            class: row.class,
            role,
            active: true,
            rule: self.reading.lexed.rule(verb.entry),
        });
    }

    /// The longest verb that reports or gives a role, unless it is a passive whose doer stands behind.
    fn verb_at(&self, index: usize) -> Option<Hit> {
        let lexed = self.reading.lexed;
        let class = |h: &Hit| lexed.gazetteers.verbs[h.entry.row].class;
        let wanted = |h: &Hit| matches!(class(h), VerbClass::Report | VerbClass::Role);
        let hit = lexed.starting(index, Table::Verb).find(wanted)?;
        // "joined the Party" is longer than "joined", and no attendance.
        let attends = lexed.gazetteers.verbs[hit.entry.row].role == Role::Attended.name();
        if attends && lexed.starting(index, Table::Verb).any(|h| h.end > hit.end && class(&h) == VerbClass::Other) {
            return None;
        }
        let passive = self.is_passive(&hit);
        let noun = index > 0
            && lexed.same_sentence(index - 1, index)
            && (lexed.is_possessive(index - 1) || lexed.has(index - 1, WordClass::Determiner));
        let infinitive = index > 0 && lexed.is_word(index - 1, "to");
        (!passive && !noun && !infinitive).then_some(hit)
    }

    /// "were inspected on July 16 by": a form of "be" before, "by" behind.
    fn is_passive(&self, hit: &Hit) -> bool {
        let lexed = self.reading.lexed;
        let by = self.agent(hit).is_some();
        by && (lexed.is_word(hit.end, "by") || self.follows_be(hit.first)) && !lexed.is_word(hit.end - 1, "by")
    }

    fn follows_be(&self, index: usize) -> bool {
        let be = |i: usize| self.reading.lexed.has(i, WordClass::Be);
        (index.saturating_sub(3)..index).any(be)
    }

    /// "was told", "were asked": the subject hears and does not speak.
    fn is_told(&self, verb: &Hit) -> bool {
        let lexed = self.reading.lexed;
        let report = lexed.gazetteers.verbs[verb.entry.row].class == VerbClass::Report;
        let be = verb.first.checked_sub(1).is_some_and(|i| lexed.has(i, WordClass::Be));
        report && be && !lexed.word(verb.first).ends_with("ing")
    }

    /// "It was stressed that": the meeting's words, as the passive names nobody else.
    fn impersonal(&self, verb: usize) -> Subject {
        let it = verb.checked_sub(2).is_some_and(|i| self.reading.lexed.is_word(i, "it"));
        if it { Subject::Meeting } else { Subject::Other }
    }

    /// First token behind the "by" of a passive.
    fn agent(&self, hit: &Hit) -> Option<usize> {
        let lexed = self.reading.lexed;
        let end = lexed.sentence_end(hit.first).min(hit.end + AGENT_REACH);
        (hit.end..end).take_while(|&i| !lexed.is_mark(i)).find(|&i| lexed.is_word(i, "by")).map(|i| i + 1)
    }

    /// The names that open the sentence as the subject of its first verb, whatever verb that is.
    fn opening(&self, start: usize, end: usize) -> Option<Subject> {
        let lexed = self.reading.lexed;
        let comma = (start..end).take(OPENING_REACH).find(|&i| lexed.is(i, ","));
        let behind_comma = comma.filter(|&c| !(start..c).any(|i| self.item_start.contains_key(&i))).map(|c| c + 1);
        let first = behind_comma.unwrap_or(start);
        let (persons, stop) = self.run_right(first, end, true);
        (!persons.is_empty() && lexed.is_verb(self.skip_adverbs(stop, end))).then_some(Subject::Persons(persons))
    }

    /// The first token from `index` on that is neither an adverb nor an auxiliary.
    fn skip_adverbs(&self, index: usize, end: usize) -> usize {
        let little = |&i: &usize| self.reading.lexed.has_any(i, &[WordClass::Adverb, WordClass::Auxiliary]);
        (index..end).find(|i| !little(i)).unwrap_or(end.saturating_sub(1))
    }

    fn subject(&self, verb: usize, start: usize, before: Before) -> Subject {
        let lexed = self.reading.lexed;
        let mut end = self.skip_adverbials(verb, start);
        if lexed.is(end.saturating_sub(1), ")") {
            end = self.bracket_start(end, start).unwrap_or(end);
        }
        let (persons, run_start) = self.run_beside(end, start);
        if !persons.is_empty() {
            return if self.is_relative(run_start, start) { Subject::Other } else { Subject::Persons(persons) };
        }
        if end > start && lexed.has(end - 1, WordClass::Personal) {
            return if self.is_relative(end - 1, start) { Subject::Other } else { self.pronoun(end - 1, start) };
        }
        let goes_on = end > start
            && lexed.is_word(end - 1, "it")
            && self.clauses.last().is_some_and(|c| c.subject == Subject::Meeting);
        if self.is_meeting_before(end) || goes_on {
            return Subject::Meeting;
        }
        let joined = end == start || lexed.is(end - 1, ",") || lexed.has(end - 1, WordClass::Linking);
        let gerund = lexed.word(verb).ends_with("ing");
        match (before.previous, before.opening) {
            (Some(subject), _) if joined || gerund => subject.clone(),
            (None, Some(subject)) if joined && end > start => subject.clone(),
            _ => Subject::Other,
        }
    }

    /// The row that ends before `end`. Doers of a passive are no part of it: "A, accompanied by B and C, came to" is
    /// told of A.
    fn run_beside(&self, end: usize, start: usize) -> (Vec<usize>, usize) {
        let Some(behind) = self.behind.filter(|b| b.end <= end) else { return self.run_left(end, start) };
        let (persons, run_start) = self.run_left(end, behind.end);
        if persons.is_empty() && run_start == behind.end {
            self.run_left(behind.first, start)
        } else {
            (persons, run_start)
        }
    }

    /// Adverbs, auxiliaries and times between subject and verb ("Hu on Monday also called for").
    fn skip_adverbials(&self, verb: usize, start: usize) -> usize {
        let lexed = self.reading.lexed;
        let mut end = verb;
        while end > start {
            let little =
                lexed.has_any(end - 1, &[WordClass::Adverb, WordClass::Auxiliary]) && !lexed.is_possessive(end - 1);
            let time =
                self.date_end.get(&end).copied().or_else(|| lexed.has(end - 1, WordClass::Daypart).then_some(end - 1));
            let speech = cues::triggers_before(lexed, end, TriggerClass::Speech).next().map(|h| h.first);
            end = match time.or(speech) {
                _ if little => end - 1,
                Some(first) => self.skip_preposition(first, start),
                None => break,
            };
        }
        end
    }

    /// "on", "in the" before a time.
    fn skip_preposition(&self, mut end: usize, start: usize) -> usize {
        while end > start && self.reading.lexed.has_any(end - 1, &[WordClass::Preposition, WordClass::Determiner]) {
            end -= 1;
        }
        end
    }

    fn bracket_start(&self, end: usize, start: usize) -> Option<usize> {
        (start..end - 1).rev().take(12).find(|&i| self.reading.lexed.is(i, "("))
    }

    fn pronoun(&self, index: usize, start: usize) -> Subject {
        let before = self.clauses.iter().rev().find_map(|c| match &c.subject {
            Subject::Persons(p) if c.active && c.first >= start && c.first < index => p.last().copied(),
            _ => None,
        });
        let named = self.reading.within(start, index).filter(|&m| self.is_actor(m));
        before.or(self.last).or_else(|| named.last()).map_or(Subject::Other, |m| Subject::Persons(vec![m]))
    }

    /// A meeting word or a MEETING ends before the verb ("the meeting stressed").
    fn is_meeting_before(&self, end: usize) -> bool {
        let lexed = self.reading.lexed;
        lexed.ending(end, Table::Meeting).any(|h| is_head(lexed, &h))
            || end.checked_sub(1).is_some_and(|last| {
                let ends =
                    |m: usize| self.reading.mentions[m].label == Label::Meeting && self.reading.mentions[m].end == end;
                self.reading.covering(last, end).any(ends)
            })
    }

    /// "what X said", "which X delivered": the clause is told of, not reported.
    fn is_relative(&self, run_start: usize, start: usize) -> bool {
        let lexed = self.reading.lexed;
        let relative = run_start > start && lexed.has(run_start - 1, WordClass::Relative);
        // A clause that opens the sentence is the report itself.
        relative && run_start > start + 1
    }

    /// The names of the row that ends before `end`, in the order of the text, and where the row begins.
    fn run_left(&self, end: usize, start: usize) -> (Vec<usize>, usize) {
        let mut persons = Vec::new();
        let (mut at, mut row_start) = (end, end);
        while at > start {
            if let Some(&item) = self.item_end.get(&at) {
                if self.is_actor(item) {
                    persons.push(item);
                }
                at = self.reading.mentions[item].first;
                row_start = at;
            } else if let Some(bracket) = self.bracket_behind_item(at, start) {
                at = bracket;
            } else if self.is_clause_mark(at - 1, start) {
                break;
            } else if self.is_filler(at - 1) {
                at -= 1;
            } else if let Some(copula) =
                cues::triggers_before(self.reading.lexed, at, TriggerClass::Copula).find(|h| h.end - h.first > 1)
            {
                at = copula.first;
            } else if let Some(before) = self.origin(at).or_else(|| self.vague_phrase(at, start)) {
                at = before;
            } else {
                break;
            }
        }
        persons.reverse();
        (persons, row_start)
    }

    /// "Li Shufen (Hui nationality)": where a bracket begins that ends at `end` and stands behind a name.
    fn bracket_behind_item(&self, end: usize, start: usize) -> Option<usize> {
        let bracket = self.reading.lexed.is(end - 1, ")").then(|| self.bracket_start(end, start))??;
        self.item_end.contains_key(&bracket).then_some(bracket)
    }

    /// A semicolon behind a clause with a verb of its own ends the row; in a plain list it goes on.
    fn is_clause_mark(&self, index: usize, start: usize) -> bool {
        let lexed = self.reading.lexed;
        let semicolon = |i: usize| matches!(lexed.word(i), ";" | "；");
        if !semicolon(index) {
            return false;
        }
        let from = (start..index).rev().find(|&i| semicolon(i)).map_or(start, |i| i + 1);
        (from..index)
            .any(|i| self.verb_at(i).is_some() || cues::triggers_at(lexed, i, TriggerClass::Passive).next().is_some())
    }

    /// "of Songzhuang Village", "from South Korea" behind a name.
    fn origin(&self, end: usize) -> Option<usize> {
        let first = self.place_end.get(&end).copied()?;
        let joint = first.checked_sub(1).filter(|&i| self.reading.lexed.has(i, WordClass::Preposition))?;
        self.item_end.contains_key(&joint).then_some(joint)
    }

    /// "leaders of relevant units directly under the government": a vague group in a row of names. Tells where it begins.
    fn vague_phrase(&self, end: usize, start: usize) -> Option<usize> {
        let lexed = self.reading.lexed;
        let from = start.max(end.saturating_sub(VAGUE_REACH));
        let separator = (from..end).rev().find(|&i| lexed.is(i, ",") || lexed.is_word(i, "and"))?;
        let verb = (separator + 1..end).any(|i| lexed.is_verb(i) && self.verb_at(i).is_some());
        let group =
            (separator + 1..end).any(|i| lexed.class_at(i, WordClass::Group).is_some() || lexed.token(i).ends_in_s);
        let named = self.names_before(separator, start);
        (!verb && (group || named)).then_some(separator)
    }

    /// A name or title stands close before the separator.
    fn names_before(&self, separator: usize, start: usize) -> bool {
        (start.max(separator.saturating_sub(VAGUE_REACH))..=separator).any(|i| self.item_end.contains_key(&i))
    }

    /// The names of the row that begins at `first`, and where it ends.
    fn run_right(&self, first: usize, limit: usize, stop_at_semicolon: bool) -> (Vec<usize>, usize) {
        let mut persons = Vec::new();
        let mut at = first;
        while at < limit {
            if let Some(&item) = self.item_start.get(&at) {
                if self.is_actor(item) {
                    persons.push(item);
                }
                at = self.reading.mentions[item].end;
            } else if self.is_filler(at) && !(stop_at_semicolon && matches!(self.reading.lexed.word(at), ";" | "；")) {
                at += 1;
            } else if let Some(copula) =
                cues::triggers_at(self.reading.lexed, at, TriggerClass::Copula).find(|h| h.end - h.first > 1)
            {
                at = copula.end;
            } else if let Some(next) = self.unknown_right(at, limit, stop_at_semicolon) {
                at = next;
            } else {
                break;
            }
        }
        (persons, at)
    }

    /// Words between the items of a list that are neither name nor title ("old", "in Shanghai", "a farmer"): where
    /// the next item begins.
    fn unknown_right(&self, at: usize, limit: usize, stop_at_semicolon: bool) -> Option<usize> {
        let lexed = self.reading.lexed;
        let is_item = |i: &usize| self.item_start.contains_key(i);
        let plain = |i: usize| !lexed.is_mark(i) && !self.is_other_verb(i) && !lexed.has(i, WordClass::Preposition);
        if let Some(next) = (at + 1..limit.min(at + 3)).find(is_item).filter(|&next| (at..next).all(plain)) {
            return Some(next);
        }
        let separates = |i: &usize| matches!(lexed.word(*i), "," | ";" | "；" | ":") || lexed.is_word(*i, "and");
        let separator = (at..limit.min(at + VAGUE_REACH)).find(separates)?;
        if stop_at_semicolon && matches!(lexed.word(separator), ";" | "；") {
            return None;
        }
        let next = (separator..limit).find(|&i| !self.is_filler(i) && !lexed.is(i, ":"))?;
        (is_item(&next) && !(at..separator).any(|i| self.is_other_verb(i) || lexed.is(i, "."))).then_some(next)
    }

    /// A verb that is no noun as well.
    fn is_other_verb(&self, index: usize) -> bool {
        let lexed = self.reading.lexed;
        lexed.is_verb(index) && !lexed.has(index, WordClass::NounVerb) || lexed.has(index, WordClass::Be)
    }

    fn is_actor(&self, mention: usize) -> bool {
        let c = &self.reading.mentions[mention];
        c.label == Label::Person && !c.byline && self.resolved.entity_of[mention].is_some()
    }

    /// What may stand between the names and titles of a row.
    fn is_filler(&self, index: usize) -> bool {
        let lexed = self.reading.lexed;
        let mark = matches!(lexed.word(index), "," | "、" | ";" | "；");
        let as_well = (index.saturating_sub(2)..=index)
            .any(|i| lexed.class_at(i, WordClass::Conjunction).is_some_and(|h| h.end > index && h.end > i + 1));
        let joint = lexed.is_word(index, "and") || as_well;
        let little = [WordClass::Determiner, WordClass::Address, WordClass::Group, WordClass::Level];
        let status = cues::triggers_at(lexed, index, TriggerClass::Status).any(|h| h.end == index + 1);
        let also = lexed.is_word(index, "also") || lexed.is_word(index, "concurrently");
        let group = (index.saturating_sub(2)..=index)
            .any(|i| lexed.class_at(i, WordClass::Group).is_some_and(|h| h.end > index));
        mark || joint
            || lexed.has_any(index, &little)
            || status
            || also
            || group
            || lexed.has(index, WordClass::LevelNoun)
    }

    /// Passives, companions and inverted sentences: the doers stand behind. Tells where the row ends.
    fn behind(&mut self, index: usize, start: usize, end: usize) -> Option<usize> {
        self.passive(index, end)
            .or_else(|| self.inverted(index, start, end))
            .or_else(|| self.distant_passive(index, end))
    }

    /// "was chaired yesterday afternoon by Zhang Liwei".
    fn distant_passive(&mut self, index: usize, end: usize) -> Option<usize> {
        let lexed = self.reading.lexed;
        let verb = lexed
            .starting(index, Table::Verb)
            .find(|h| lexed.gazetteers.verbs[h.entry.row].class == VerbClass::Role)?;
        let agent = self.agent(&verb).filter(|_| self.is_passive(&verb))?;
        let role = Role::parse(&lexed.gazetteers.verbs[verb.entry.row].role);
        let row = self.run_right(agent, end, role == Some(Role::Presided));
        self.doers(verb, role, agent, row)
    }

    fn passive(&mut self, index: usize, end: usize) -> Option<usize> {
        let lexed = self.reading.lexed;
        let hit = cues::triggers_at(lexed, index, TriggerClass::Passive)
            .chain(cues::triggers_at(lexed, index, TriggerClass::Companion))
            .next()?;
        let role = Role::parse(cues::value(lexed, hit));
        let row = self.run_right(hit.end, end, role == Some(Role::Presided));
        self.doers(hit, role, hit.end, row)
    }

    fn inverted(&mut self, index: usize, start: usize, end: usize) -> Option<usize> {
        let lexed = self.reading.lexed;
        let opens = index == start
            || matches!(lexed.word(index - 1), "," | ";" | "." | "“" | "\"")
            || lexed.begins_sentence(index)
            || lexed.is_word(index - 1, "and");
        let hit = cues::triggers_at(lexed, index, TriggerClass::Inverted).next()?;
        let to = (hit.end + INVERSION_REACH).min(end);
        let opens_list = |i: usize| lexed.has_any(i, &[WordClass::Be, WordClass::Inclusion]) || lexed.is(i, ":");
        let be = (hit.end..to).find(|&i| opens_list(i))?;
        let list = (be + 1..end).find(|&i| !lexed.is(i, ":"))?;
        // "the chair was Tao Ran" needs no opening: "be" follows at once.
        if !opens && (be > hit.end || hit.end < hit.first + 2) {
            return None;
        }
        let person_between = (hit.end..be).any(|i| self.item_start.get(&i).is_some_and(|&m| self.is_actor(m)));
        let row = self.run_right(list, end, false);
        if person_between { None } else { self.doers(hit, Role::parse(cues::value(lexed, hit)), list, row) }
    }

    fn doers(&mut self, hit: Hit, role: Option<Role>, first: usize, row: (Vec<usize>, usize)) -> Option<usize> {
        let (mut persons, mut stop) = row;
        if persons.is_empty() {
            return None;
        }
        if let Some(own) = self.own_subject(hit.first, first, (&persons, stop)) {
            persons.retain(|&m| self.reading.mentions[m].first < own);
            stop = own;
        }
        self.behind = Some(Behind { first: hit.first, end: stop });
        let rule = self.reading.lexed.rule(hit.entry);
        let subject = Subject::Persons(persons);
        self.clauses.push(Clause {
            first: hit.first,
            end: hit.end,
            subject,
            class: VerbClass::Role,
            role,
            rule,
            active: false,
        });
        Some(stop.max(hit.end))
    }
}

impl Reader<'_> {
    /// "Accompanied by B and C, A inspected": where the part of a row of doers begins that is the subject of the next
    /// verb. A row that a comma closes, or that stands behind its own subject, has no such part.
    fn own_subject(&self, trigger: usize, first: usize, (persons, stop): (&[usize], usize)) -> Option<usize> {
        let lexed = self.reading.lexed;
        let start = lexed.sentence_start(trigger);
        let verb = self.skip_adverbs(stop, lexed.sentence_end(trigger));
        let closed = lexed.is(stop - 1, ",") || !lexed.is_verb(verb);
        if closed || !self.run_left(trigger, start).0.is_empty() {
            return None;
        }
        let comma = (first..stop).rev().find(|&i| matches!(lexed.word(i), "," | ";" | "；"))?;
        let begins = |m: &usize| self.reading.mentions[*m].first > comma;
        (persons.iter().any(begins) && !persons.iter().all(begins)).then_some(comma + 1)
    }
}

/// The entities of a subject's persons.
pub fn entities(resolved: &Resolved, persons: &[usize]) -> Vec<EntityId> {
    persons.iter().filter_map(|&m| resolved.entity_of[m]).collect()
}
