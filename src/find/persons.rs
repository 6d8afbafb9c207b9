//! PERSON: names by their form, and names that only their surroundings show.
//!
//! Form comes first (`phrase::names`). What form leaves open is decided by where a word stands: beside a title, in a
//! list of names, before a reporting verb, in a byline. At last a surname alone counts where the text has given the
//! full name.

use super::phrase::names::{Form, NamePhrase};
use super::phrase::organs::portfolio;
use super::{Candidate, Lexed, Phrasing, RuleInfo};
use crate::gazetteer::rows::{OrganClass, Scope, TitleClass, TriggerClass, VerbClass, WordClass};
use crate::gazetteer::{Entry, Hit, Table};
use crate::model::Label;
use crate::text::fold_word;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Rules of this finder.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        id: "person.surname_given",
        label: Label::Person,
        explanation: "A surname and a given name of two syllables, both capitalised, have the form of a Chinese name \
                      and of hardly anything else; of one syllable, where neither is an English word.",
        matches: &[
            ("Zhang Liwei spoke.", "Zhang Liwei"),
            ("Ouyang Ming spoke.", "Ouyang Ming"),
            ("Yesterday Hu Yan was there.", "Hu Yan"),
            ("Liu Ji'en was there.", "Liu Ji'en"),
            ("Yesterday Chow Wai-kin was there.", "Chow Wai-kin"),
            ("Yesterday Kelvin Chow Wai-kin was there.", "Kelvin Chow Wai-kin"),
        ],
        rejects: &[
            ("He Can wait.", "He Can"),
            ("The Long Song was sung.", "Long Song"),
            ("The Zhang Wei-led team won.", "Zhang Wei-led"),
        ],
    },
    RuleInfo {
        id: "person.beside_title",
        label: Label::Person,
        explanation: "A capitalised word behind a title, or before a comma and a title, is the holder's name, also \
                      where it is run together, a single name, or not Chinese.",
        matches: &[
            ("New area leader Lijun spoke.", "Lijun"),
            ("Chenbo, chairman of the county CPPCC, spoke.", "Chenbo"),
            ("Prime Minister Arvid Solberg spoke.", "Arvid Solberg"),
            ("The Minister of Economy, Trade and Industry Kenji Nakada spoke.", "Kenji Nakada"),
            ("Yesterday Maria Teresa Alvarado, deputy director, spoke.", "Maria Teresa Alvarado"),
            ("In front Mr. Lou laughed.", "Lou"),
        ],
        rejects: &[("Secretary Of Party", "Of Party")],
    },
    RuleInfo {
        id: "person.in_list",
        label: Label::Person,
        explanation: "Between names in a list stands a name, also if it is a single word.",
        matches: &[
            ("Zhang Liwei, Mana, Wang Shufen and Li Qi attended the meeting.", "Mana"),
            ("Zhang Liwei, An Ran, Wang Shufen and Li Qi attended the meeting.", "An Ran"),
        ],
        rejects: &[("Zhang Liwei, Beijing, said so.", "Beijing")],
    },
    RuleInfo {
        id: "person.before_verb",
        label: Label::Person,
        explanation: "A capitalised word in the form of surname and given name run together, before a reporting verb, \
                      is the speaker.",
        matches: &[("Zhaolin pointed out that work must go on.", "Zhaolin")],
        rejects: &[("Shanghai pointed out that work must go on.", "Shanghai")],
    },
    RuleInfo {
        id: "person.byline",
        label: Label::Person,
        explanation: "What follows Reporter, Correspondent, Editor or the agency's slash is a name.",
        matches: &[
            ("(Reporter Leng Bo)", "Leng Bo"),
            ("Photo by Tamara", "Tamara"),
            ("(Reporters Leng Bo Qian Duoduo)", "Leng Bo Qian Duoduo"),
            ("(Reporters Leng Bo and Qian Duoduo)", "Qian Duoduo"),
        ],
        rejects: &[
            ("Editor in charge", "charge"),
            ("Reporter: Leng Bo   Editor: Qian Duoduo", "Leng Bo   Editor: Qian Duoduo"),
        ],
    },
    RuleInfo {
        id: "person.surname",
        label: Label::Person,
        explanation: "A surname alone stands for the person whose full name the text gives, and behind a title for its \
                      holder.",
        matches: &[("Zhang Liwei came. Zhang said so.", "Zhang")],
        rejects: &[("Zhang Liwei came. Liu County is far.", "Liu")],
    },
    RuleInfo {
        id: "person.single_name",
        label: Label::Person,
        explanation: "A given name of a people without surnames (Tibetan, Mongolian, Uyghur) with another name beside \
                      it; alone beside a title, in a list, behind an address, before a reporting verb.",
        matches: &[
            ("The team called on Sonam Dorje in his house.", "Sonam Dorje"),
            ("The team called on herder Bayar again.", "Bayar"),
            ("Nyima Tsering (Nima Ciren), secretary of the county Party committee, spoke.", "Nyima Tsering"),
        ],
        rejects: &[("They went to Tashi Township.", "Tashi"), ("The lake lies in Nima County.", "Nima")],
    },
];

/// Farthest that a portfolio ("Economy, Trade and Industry") reaches back, in tokens.
const MOST_PORTFOLIO_TOKENS: usize = 8;
/// Most words of a name of a people without surnames.
const MOST_SINGLE_NAMES: usize = 3;

const SURNAME_GIVEN: usize = 0;
const BESIDE_TITLE: usize = 1;
const IN_LIST: usize = 2;
const BEFORE_VERB: usize = 3;
const BYLINE: usize = 4;
const SURNAME: usize = 5;
const SINGLE_NAME: usize = 6;

/// All names, each with the rule that accepted it.
pub fn find(lexed: &Lexed, phrasing: &Phrasing) -> Vec<Candidate> {
    let mut search = Search { lexed, phrasing, found: BTreeMap::new() };
    search.by_form();
    search.single_names();
    search.by_place();
    search.in_lists();
    search.again();
    search.surnames();
    search.join_bylines();
    search.candidates()
}

/// A name that has been accepted.
#[derive(Debug, Clone, Copy)]
struct Found {
    end: usize,
    rule: usize,
    entry: Option<Entry>,
    byline: bool,
}

struct Search<'a, 'b> {
    lexed: &'b Lexed<'a>,
    phrasing: &'b Phrasing,
    /// Accepted names by first token.
    found: BTreeMap<usize, Found>,
}

impl Search<'_, '_> {
    fn accept(&mut self, first: usize, end: usize, rule: usize, entry: Option<Entry>) {
        let byline = self.is_byline(first);
        let found = Found { end, rule: if byline && rule != SURNAME_GIVEN { BYLINE } else { rule }, entry, byline };
        self.found.entry(first).or_insert(found);
    }

    /// Names whose form is enough; weak forms where the surroundings support them.
    fn by_form(&mut self) {
        for name in self.phrasing.names.list.clone() {
            if name.form > Form::Weak {
                self.accept(name.first, self.byline_end(&name), SURNAME_GIVEN, name.entry);
            } else if let Some(rule) = self.support(name.first, name.end) {
                self.accept(name.first, name.end, rule, None);
            }
        }
    }

    /// "Reporter: Wang Jin Tangqing": a further given name in a byline is part of the run as written.
    fn byline_end(&self, name: &NamePhrase) -> usize {
        let next = name.end;
        let pinyin = self.lexed.capital(next)
            && self.lexed.gazetteers.names.syllables(self.lexed.word(next)).is_some_and(|n| n >= 2);
        let free = self.phrasing.names.covering(next).is_none() && self.lexed.same_sentence(name.first, next);
        if self.is_byline(name.first) && pinyin && free && self.phrasing.place_starting(next).is_none() {
            next + 1
        } else {
            name.end
        }
    }

    /// The rule by which the surroundings make `first..end` a name, if any does.
    fn support(&self, first: usize, end: usize) -> Option<usize> {
        if self.is_byline(first) {
            return Some(BYLINE);
        }
        if self.follows_title(first) || self.precedes_title(end) {
            return Some(BESIDE_TITLE);
        }
        if self.precedes_others(end) {
            return Some(IN_LIST);
        }
        self.precedes_report(end).then_some(BEFORE_VERB)
    }

    /// "and others", "and so on" follow.
    fn precedes_others(&self, end: usize) -> bool {
        self.lexed.is_word(end, "and")
            && self.lexed.same_sentence(end - 1, end + 1)
            && self.lexed.class_at(end + 1, WordClass::Group).is_some()
    }

    /// Runs of names with a given name that lexicon.csv knows; such a name alone where the surroundings support it.
    fn single_names(&mut self) {
        let mut index = 0;
        while index < self.lexed.len() {
            let end = self.single_name_end(index);
            let rule = end.and_then(|end| if end > index + 1 { Some(SINGLE_NAME) } else { self.support(index, end) });
            if let (Some(end), Some(rule)) = (end, rule) {
                self.accept(index, end, if rule == BYLINE { BYLINE } else { SINGLE_NAME }, None);
                index = end;
            } else {
                index += 1;
            }
        }
    }

    /// End of a run of up to three names, one of them known, that no place type follows ("Tashi Township").
    fn single_name_end(&self, index: usize) -> Option<usize> {
        let known = |i: usize| self.lexed.has(i, WordClass::SingleName) && self.lexed.capital(i);
        let part = |i: usize| {
            let glued = i == index && self.lexed.token(i).glued;
            known(i) || (!glued && self.is_name_part(i) && self.is_proper_run(i, i + 1))
        };
        let taken = |i: usize| self.found.range(..=i).next_back().is_some_and(|(_, f)| f.end > i);
        let fits = |i: &usize| {
            let joined = *i == index || self.lexed.adjoins(*i);
            self.lexed.same_sentence(index, *i) && joined && part(*i) && !taken(*i)
        };
        let end = index + (index..index + MOST_SINGLE_NAMES).take_while(fits).count();
        let thing = self.lexed.class_at(end, WordClass::RegionType).is_some()
            || self.lexed.organ_at(end, &[OrganClass::Suffix]).is_some();
        ((index..end).any(known) && !(thing && self.lexed.capital(end) && self.lexed.adjoins(end))).then_some(end)
    }

    /// Names run together in a byline are one name as written.
    fn join_bylines(&mut self) {
        let firsts: Vec<usize> = self.found.iter().filter(|(_, f)| f.byline).map(|(&first, _)| first).collect();
        for &first in firsts.iter().rev() {
            let next = self.found[&first].end;
            if self.lexed.adjoins(next) && self.lexed.same_sentence(first, next) && firsts.contains(&next) {
                let end = self.found.remove(&next).map(|f| f.end);
                self.found.entry(first).and_modify(|f| f.end = end.unwrap_or(f.end));
            }
        }
    }

    /// Words that have no form of a name: fused and foreign names, single names.
    fn by_place(&mut self) {
        let mut index = 0;
        while index < self.lexed.len() {
            index = self.place_at(index).map_or(index + 1, |(end, rule)| {
                self.accept(index, end, rule, None);
                end
            });
        }
    }

    /// End and rule of a name that its surroundings show at `index`.
    fn place_at(&self, index: usize) -> Option<(usize, usize)> {
        if !self.is_free_capital(index) || self.found.contains_key(&index) {
            return None;
        }
        if let Some(end) = self.lower_given(index) {
            return Some((end, BESIDE_TITLE));
        }
        let end = self.foreign_end(index);
        let proper = self.is_proper_run(index, end) || self.is_long_name(index, end);
        if self.is_byline(index) && self.may_be_foreign(index, end) {
            return Some((end, BYLINE));
        }
        let short = if self.is_fused(index) { index + 1 } else { end };
        let named = proper || self.is_fused(index);
        if (self.follows_title(index) && (named || self.is_surname(index)) && self.may_be_foreign(index, end))
            || (named && (self.precedes_title(end) || self.precedes_title(short)))
        {
            let end = if self.precedes_title(short) { short } else { end };
            return Some((end, BESIDE_TITLE));
        }
        if named && self.precedes_appointment(end) {
            return Some((end, BEFORE_VERB));
        }
        let several = proper && end > index + 1;
        let reports =
            (several && self.precedes_report(end)) || (self.is_fused(index) && self.precedes_report(index + 1));
        (reports && !self.follows_name_part(index)).then_some((if several { end } else { index + 1 }, BEFORE_VERB))
    }

    /// A run of words of which none is an English word: a name in some language.
    fn is_proper_run(&self, first: usize, end: usize) -> bool {
        let foreign =
            |i: usize| !self.lexed.gazetteers.is_english(self.lexed.word(i)) && self.lexed.word(i).chars().count() > 1;
        (first..end).all(|i| foreign(i) || self.lexed.token(i).glued) && !self.is_known_elsewhere(first, end)
    }

    /// "Grace Teresa Oliveira": inside a sentence a name of three words may begin with an English word.
    fn is_long_name(&self, first: usize, end: usize) -> bool {
        end == first + 3
            && self.lexed.adjoins(first + 1)
            && !self.lexed.begins_sentence(first)
            && !self.is_known_elsewhere(first, first + 1)
            && self.is_proper_run(first + 1, end)
    }

    /// Words of a gazetteer other than people.csv.
    fn is_known_elsewhere(&self, first: usize, end: usize) -> bool {
        let organization = (first..end).any(|i| self.lexed.starting(i, Table::Organization).next().is_some());
        organization || self.lexed.starting(first, Table::Region).any(|h| h.end >= end)
    }

    /// A capitalised word that no name, place or organ covers and that is no word of the language.
    fn is_free_capital(&self, index: usize) -> bool {
        let classes = [
            WordClass::Determiner,
            WordClass::Pronoun,
            WordClass::Preposition,
            WordClass::Conjunction,
            WordClass::Auxiliary,
            WordClass::Adverb,
            WordClass::Level,
            WordClass::Month,
            WordClass::Weekday,
            WordClass::NoName,
            WordClass::Number,
            WordClass::Ordinal,
            WordClass::RegionType,
            WordClass::RelativeDay,
            WordClass::Group,
            WordClass::Nationality,
            WordClass::Daypart,
            WordClass::Address,
        ];
        let word = self.lexed.word(index);
        self.lexed.capital(index)
            && self.lexed.is_plain_word(index)
            && !self.lexed.token(index).glued
            && self.phrasing.names.covering(index).is_none_or(|n| n.form == Form::Weak)
            && !self.lexed.has_any(index, &classes)
            && !(word.len() > 1 && word.chars().all(char::is_uppercase))
            && self.is_no_other_phrase(index)
    }

    fn is_no_other_phrase(&self, index: usize) -> bool {
        let title =
            self.lexed.title_at(index, TitleClass::Rank).or_else(|| self.lexed.title_at(index, TitleClass::Modifier));
        let place = self.phrasing.place_starting(index).is_some();
        let organ = self.phrasing.organ_starting(index).is_some_and(|o| o.particular);
        let byline =
            self.lexed.class_at(index, WordClass::Byline).or_else(|| self.lexed.class_at(index, WordClass::Label));
        let other = self.lexed.starting(index, Table::Organ).chain(self.lexed.starting(index, Table::Slogan)).next();
        title.is_none() && !place && !organ && byline.is_none() && other.is_none()
    }

    fn is_fused(&self, index: usize) -> bool {
        let names = &self.lexed.gazetteers.names;
        let word = self.lexed.word(index);
        names.is_fused(word) && !self.is_stopped(index) && self.lexed.gazetteers.region_index.base(word).is_empty()
    }

    fn is_surname(&self, index: usize) -> bool {
        self.lexed.gazetteers.names.surname(self.lexed.word(index)).is_some()
    }

    fn is_stopped(&self, index: usize) -> bool {
        let stops = &self.lexed.gazetteers.stops;
        self.lexed.starting(index, Table::Stop).any(|h| stops[h.entry.row].scope == Scope::Person)
            || self.lexed.gazetteers.is_english(self.lexed.word(index))
    }

    /// End of a run of up to three capitalised words without other meaning.
    fn foreign_end(&self, index: usize) -> usize {
        let mut end = index + 1;
        while end < index + 3 && self.lexed.same_sentence(index, end) && self.is_name_part(end) {
            end += 1;
        }
        end
    }

    fn is_name_part(&self, index: usize) -> bool {
        let glued = self.lexed.token(index).glued && self.lexed.is_plain_word(index);
        (self.is_free_capital(index) || glued) && !self.lexed.is_verb(index)
    }

    /// The word before is part of the same capitalised run: the verb's subject is longer than one word.
    fn follows_name_part(&self, index: usize) -> bool {
        index > 0
            && self.lexed.same_sentence(index - 1, index)
            && self.lexed.capital(index - 1)
            && !self.lexed.begins_sentence(index)
    }

    fn may_be_foreign(&self, first: usize, end: usize) -> bool {
        (first..end).all(|i| !self.lexed.is_verb(i) && !self.is_stopped(i)) && self.lexed.word(first).len() > 1
    }

    /// "Zheng shanjie": a given name that lost its capital, beside a title or in a list.
    fn lower_given(&self, index: usize) -> Option<usize> {
        let next = index + 1;
        let names = &self.lexed.gazetteers.names;
        if !self.is_surname(index)
            || !self.lexed.same_sentence(index, next)
            || self.lexed.capital(next)
            || self.is_stopped(next)
        {
            return None;
        }
        let given = names.syllables(self.lexed.word(next)).is_some_and(|n| n <= 2) && self.lexed.is_plain_word(next);
        let end = next + 1;
        let beside = self.follows_title(index)
            || self.precedes_title(end)
            || self.touches_list(index, end)
            || self.precedes_report(end);
        (given && beside).then_some(end)
    }

    /// A title ends directly before `first`: a rank, or the organ that a rank's "of" leads to.
    fn follows_title(&self, first: usize) -> bool {
        if first == 0 || !self.lexed.same_sentence(first - 1, first) {
            return false;
        }
        let rank = self.lexed.title_before(first, TitleClass::Rank).is_some();
        let address = self.follows_address(first) || self.lexed.class_before(first, WordClass::Group).is_some();
        let phrase = self
            .phrasing
            .organ_ending(first)
            .map(|o| o.first)
            .or_else(|| self.phrasing.place_ending(first).map(|p| p.first));
        rank || address || phrase.is_some_and(|start| self.is_of_rank(start)) || self.follows_portfolio(first)
    }

    /// "Mr." and "Comrade", with or without a dot.
    fn follows_address(&self, first: usize) -> bool {
        let dot = usize::from(first > 1 && self.lexed.is(first - 1, "."));
        self.lexed.class_before(first - dot, WordClass::Address).is_some()
    }

    /// "Minister of Economy, Trade and Industry" ends before `first`.
    fn follows_portfolio(&self, first: usize) -> bool {
        let from = first.saturating_sub(MOST_PORTFOLIO_TOKENS).max(self.lexed.sentence_start(first) + 1);
        (from..first)
            .any(|start| self.is_of_rank(start) && portfolio(self.lexed, &self.phrasing.names, start) == Some(first))
    }

    /// "of" or "of the" before `start`, and a rank before that.
    fn is_of_rank(&self, start: usize) -> bool {
        let article = start > 0 && self.lexed.has(start - 1, WordClass::Determiner);
        let of = if article { start.checked_sub(2) } else { start.checked_sub(1) };
        of.is_some_and(|i| self.lexed.is_word(i, "of") && self.lexed.title_before(i, TitleClass::Rank).is_some())
    }

    /// A comma and the beginning of a title follow.
    fn precedes_title(&self, end: usize) -> bool {
        let end = self.behind_alias(end);
        if !(self.lexed.is(end, ",") || self.lexed.is(end, "(") || self.lexed.is_word(end, "as"))
            || !self.lexed.same_sentence(end - 1, end + 1)
        {
            return false;
        }
        let mut start = end + 1;
        while self.lexed.has_any(start, &[WordClass::Determiner, WordClass::Adverb, WordClass::Level])
            || self.is_status(start)
        {
            start += 1;
        }
        let rank = |i: usize| {
            self.lexed.title_at(i, TitleClass::Rank).is_some() || self.lexed.title_at(i, TitleClass::Modifier).is_some()
        };
        let organ_rank = self.phrasing.organ_starting(start).is_some_and(|o| rank(o.core_end));
        let owned = |end: usize| end + usize::from(self.lexed.is_possessive(end));
        let place_rank = self.phrasing.place_starting(start).is_some_and(|p| rank(owned(p.end)));
        rank(start) || organ_rank || place_rank
    }

    /// End of the other spelling of a name in brackets, "Nyima Tsering (Nima Ciren)"; else `end` itself.
    fn behind_alias(&self, end: usize) -> usize {
        let close = (end + 2..end + 5).find(|&i| self.lexed.is(i, ")"));
        let name = |close: &usize| (end + 1..*close).all(|i| self.lexed.capital(i) && self.lexed.is_plain_word(i));
        close.filter(|close| self.lexed.is(end, "(") && name(close)).map_or(end, |close| close + 1)
    }

    fn is_status(&self, index: usize) -> bool {
        let status = |h: &Hit| self.lexed.gazetteers.triggers[h.entry.row].class == TriggerClass::Status;
        self.lexed.starting(index, Table::Trigger).any(|h| status(&h) && h.end == index + 1)
            || self.lexed.has_any(index, &[WordClass::Be, WordClass::Pronoun])
    }

    /// "is appointed", "no longer serves as" follow.
    fn precedes_appointment(&self, end: usize) -> bool {
        let office = |h: &Hit| {
            let row = &self.lexed.gazetteers.triggers[h.entry.row];
            row.class == TriggerClass::Appointment || (row.class == TriggerClass::Status && row.value == "removed")
        };
        let at = end + usize::from(self.lexed.has(end, WordClass::Be));
        [end, at].iter().any(|&i| {
            self.lexed.same_sentence(end - 1, i) && self.lexed.starting(i, Table::Trigger).any(|h| office(&h))
        })
    }

    /// A reporting verb follows.
    fn precedes_report(&self, end: usize) -> bool {
        let at = end + usize::from(self.lexed.has(end, WordClass::Adverb));
        let report = |h: crate::gazetteer::Hit| self.lexed.gazetteers.verbs[h.entry.row].class == VerbClass::Report;
        self.lexed.same_sentence(end - 1, at)
            && !self.lexed.capital(at)
            && self.lexed.starting(at, Table::Verb).any(report)
    }

    /// A byline word, an agency's slash or a bracketed dateline stands before the name (or before the names before it).
    fn is_byline(&self, first: usize) -> bool {
        let mut at = first;
        let start = if first < self.lexed.len() { self.lexed.sentence_start(first) } else { return false };
        for _ in 0..12 {
            if at == start {
                return false;
            }
            if self.lexed.class_before(at, WordClass::Byline).is_some() {
                return true;
            }
            let name = self
                .found
                .iter()
                .find(|(_, f)| f.end == at)
                .map(|(&i, _)| i)
                .or_else(|| self.phrasing.names.ending(at).map(|n| n.first));
            let mark = matches!(self.lexed.word(at - 1), ":" | "," | "、" | "：" | "/" | "·")
                || self.lexed.is_word(at - 1, "and");
            if self.lexed.is(at - 1, "/") && at >= 2 && self.lexed.capital(at - 2) {
                return true;
            }
            at = match name {
                Some(first) => first,
                None if mark => at - 1,
                None => return false,
            };
        }
        false
    }

    /// Single words between names of a list.
    fn in_lists(&mut self) {
        for _ in 0..4 {
            let before = self.found.len();
            for index in 0..self.lexed.len() {
                let formed = self.phrasing.names.starting(index).is_some_and(|n| n.form == Form::Weak);
                if self.found.contains_key(&index) || !(formed || self.is_free_capital(index)) {
                    continue;
                }
                let weak = self
                    .phrasing
                    .names
                    .starting(index)
                    .map(|n| n.end)
                    .or_else(|| self.lower_given(index))
                    .or_else(|| self.foreign_run(index));
                let single = (self.is_pinyin(index) && !self.is_stopped(index)).then_some(index + 1);
                if let Some(end) = weak.or(single).filter(|&end| self.stands_in_list(index, end)) {
                    self.accept(index, end, IN_LIST, None);
                }
            }
            if self.found.len() == before {
                break;
            }
        }
    }

    /// End of a run of words of another language ("Gulnur Memet").
    fn foreign_run(&self, index: usize) -> Option<usize> {
        let end = self.foreign_end(index);
        self.is_proper_run(index, end).then_some(end)
    }

    fn is_pinyin(&self, index: usize) -> bool {
        self.lexed.gazetteers.names.syllables(self.lexed.word(index)).is_some_and(|n| (2..=4).contains(&n))
            && self.lexed.gazetteers.region_index.base(self.lexed.word(index)).is_empty()
    }

    /// A name before and a separator behind, or the other way round.
    fn stands_in_list(&self, first: usize, end: usize) -> bool {
        let (before, after) = (self.name_before_separator(first), self.name_after_separator(end));
        let closed = |i: usize| {
            matches!(self.lexed.word(i), "," | "." | ";" | "、" | ")")
                || self.lexed.is_word(i, "and")
                || self.lexed.is_verb(i)
        };
        (before && (after || closed(end)))
            || (after
                && first > 0
                && (self.follows_title(first) || closed(first - 1) || self.lexed.begins_sentence(first)))
    }

    fn touches_list(&self, first: usize, end: usize) -> bool {
        self.name_before_separator(first) || self.name_after_separator(end)
    }

    fn name_before_separator(&self, first: usize) -> bool {
        let mut at = first;
        while at > 0 && self.lexed.same_sentence(at - 1, first) && self.is_separator(at - 1) {
            at -= 1;
        }
        at < first && (at.saturating_sub(3)..at).any(|i| self.found.get(&i).is_some_and(|f| f.end == at && !f.byline))
    }

    fn name_after_separator(&self, end: usize) -> bool {
        let mut at = end;
        while at < self.lexed.len() && self.lexed.same_sentence(end - 1, at) && self.is_separator(at) {
            at += 1;
        }
        at > end && self.found.get(&at).is_some_and(|f| !f.byline)
    }

    fn is_separator(&self, index: usize) -> bool {
        matches!(self.lexed.word(index), "," | "、") || self.lexed.is_word(index, "and")
    }

    /// The same words elsewhere in the text are the same name.
    fn again(&mut self) {
        let known: HashSet<Vec<String>> = self
            .found
            .iter()
            .filter(|(_, f)| f.rule != SURNAME_GIVEN)
            .map(|(&first, f)| self.folded(first, f.end))
            .collect();
        let rules: HashMap<Vec<String>, usize> =
            self.found.iter().map(|(&first, f)| (self.folded(first, f.end), f.rule)).collect();
        for index in 0..self.lexed.len() {
            if self.found.contains_key(&index) || !self.is_free_capital(index) {
                continue;
            }
            let end = (index + 1..=(index + 3).min(self.lexed.len()))
                .rev()
                .find(|&end| known.contains(&self.folded(index, end)));
            if let Some(end) = end {
                let rule = rules.get(&self.folded(index, end)).copied().unwrap_or(BESIDE_TITLE);
                self.accept(index, end, rule, None);
            }
        }
    }

    fn folded(&self, first: usize, end: usize) -> Vec<String> {
        (first..end).map(|i| fold_word(self.lexed.word(i))).collect()
    }

    /// A surname alone, where the text gives the full name or a title stands before it.
    fn surnames(&mut self) {
        self.demote_surnames();
        self.parts_of_foreign_names();
        let known: HashSet<String> =
            self.found.iter().filter(|(_, f)| !f.byline).map(|(&i, _)| fold_word(self.lexed.word(i))).collect();
        for index in 0..self.lexed.len() {
            let inside = (index.saturating_sub(3)..=index).any(|i| self.found.get(&i).is_some_and(|f| f.end > index));
            if inside || !self.lexed.capital(index) || !self.is_surname(index) || !self.is_lone_capital(index) {
                continue;
            }
            let word = self.lexed.word(index);
            let english = self.lexed.gazetteers.names.surname(word).is_some_and(|s| s.word);
            let titled = self.follows_title(index) && !english;
            let function = self.lexed.has_any(
                index,
                &[WordClass::Pronoun, WordClass::Personal, WordClass::Determiner, WordClass::Auxiliary],
            );
            let shown = self.follows_title(index) || (!function && self.precedes_report(index + 1));
            let named = known.contains(&fold_word(word)) && (!english || shown);
            if named || titled {
                self.accept(index, index + 1, SURNAME, None);
            }
        }
    }

    /// "Lhakpa" for Lhakpa Tsering: one word of a name that is not Chinese, where the text gives the full name.
    fn parts_of_foreign_names(&mut self) {
        let foreign = |first: usize, f: &Found| {
            f.rule != SURNAME_GIVEN && !f.byline && f.end > first + 1 && !self.is_surname(first)
        };
        let parts: HashSet<String> = self
            .found
            .iter()
            .filter(|(first, f)| foreign(**first, f))
            .flat_map(|(&first, f)| (first..f.end).map(|i| fold_word(self.lexed.word(i))).collect::<Vec<_>>())
            .filter(|word| word.len() > 2 && !self.lexed.gazetteers.is_english(word))
            .collect();
        for index in 0..self.lexed.len() {
            let inside = (index.saturating_sub(3)..=index).any(|i| self.found.get(&i).is_some_and(|f| f.end > index));
            if !inside && self.is_lone_capital(index) && parts.contains(&fold_word(self.lexed.word(index))) {
                self.accept(index, index + 1, SURNAME, None);
            }
        }
    }

    /// A single word accepted for its surroundings is a surname alone where the text gives the full name.
    fn demote_surnames(&mut self) {
        let full: HashSet<String> = self
            .found
            .iter()
            .filter(|(first, f)| f.end > **first + 1 && !f.byline)
            .map(|(&i, _)| fold_word(self.lexed.word(i)))
            .collect();
        for (&first, found) in &mut self.found {
            if found.end == first + 1 && full.contains(&fold_word(self.lexed.word(first))) {
                found.rule = SURNAME;
            }
        }
    }

    /// A capitalised word without a capitalised neighbour that would make it part of another name.
    fn is_lone_capital(&self, index: usize) -> bool {
        let next = index + 1;
        let follows = self.lexed.same_sentence(index, next) && self.lexed.capital(next) && !self.lexed.is_verb(next);
        let glued = next < self.lexed.len() && self.lexed.token(next).glued;
        self.lexed.capital(index)
            && !self.lexed.token(index).glued
            && !glued
            && (!follows || self.phrasing.names.starting(next).is_some() || self.is_headline_verb(next))
            && self.phrasing.place_starting(index).is_none()
            && self.lexed.word(index).len() > 1
    }

    fn is_headline_verb(&self, index: usize) -> bool {
        self.lexed.is_verb(index) && self.lexed.word(index).ends_with('s')
    }

    fn candidates(self) -> Vec<Candidate> {
        let mut found: Vec<(usize, Found)> = self.found.into_iter().collect();
        found.sort_by_key(|(first, _)| *first);
        let make = |(first, f): (usize, Found)| {
            let rule: crate::model::Rule =
                f.entry.map_or(RULES[f.rule].id.into(), |entry| self.lexed.rule(entry).into());
            let mut candidate = Candidate::new(Label::Person, first, f.end, rule).with_entry(f.entry);
            candidate.byline = f.byline;
            candidate
        };
        found.into_iter().map(make).collect()
    }
}
