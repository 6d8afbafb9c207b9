//! TITLE: a rank with the deputy, level, region or organ before it and the "of the ..." behind it.

use super::cues::is_head;
use super::phrase::organs::portfolio;
use super::{Candidate, Lexed, Phrasing, RuleInfo};
use crate::gazetteer::rows::{Alone, OrganClass, Scope, TitleClass, TriggerClass, WordClass};
use crate::gazetteer::{Hit, Table, stands_alone};
use crate::model::Label;
use crate::text::TokenKind;

/// Rules of this finder.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        id: "title.organ",
        label: Label::Title,
        explanation: "A rank beside the name of an organ or place (before it, or behind it with \"of\") names an office.",
        matches: &[
            (
                "Deputy Secretary of the Qinghe County Party Committee Zhang Liwei spoke.",
                "Deputy Secretary of the Qinghe County Party Committee",
            ),
            ("The township party committee secretaries reported.", "township party committee secretaries"),
            ("Wang Lin, mayor of the city, spoke.", "mayor of the city"),
            ("Wang Lin, chief of the county's Forestry Bureau, spoke.", "chief of the county's Forestry Bureau"),
            ("Wang Lin, chairman of the cooperative, laughed.", "chairman of the cooperative"),
            ("He met the secretaries of the 12 villages.", "secretaries of the 12 villages"),
            ("The mayors of each county came.", "mayors of each county"),
            ("Ken Tanabe, Consul General of Japan in Wuhan, came.", "Consul General of Japan in Wuhan"),
            (
                "The executive chairmen of the closing meeting sat in front.",
                "executive chairmen of the closing meeting",
            ),
        ],
        rejects: &[
            ("Provincial leaders were there.", "Provincial leaders"),
            ("Party members must learn.", "Party members"),
            ("He became a member of the Communist Party of China.", "member of the Communist Party of China"),
            ("Wang Lin is secretary of the village-based team.", "secretary of the village"),
        ],
    },
    RuleInfo {
        id: "title.level",
        label: Label::Title,
        explanation: "A rank with a level or nationality before it names an office.",
        matches: &[
            ("Municipal Mayor Zhang Liwei spoke.", "Municipal Mayor"),
            ("Chinese President Xi Jinping spoke.", "Chinese President"),
        ],
        rejects: &[("The municipal members came.", "municipal members")],
    },
    RuleInfo {
        id: "title.bare",
        label: Label::Title,
        explanation: "A rank alone names an office where it stands beside a name or another title, or where the rank \
                      is of a kind that always does (premier, general secretary), or where \
                      a word such as deputy or acting stands before it.",
        matches: &[
            ("Secretary Zhang Liwei spoke.", "Secretary"),
            ("Zhang Liwei, Deputy Director, spoke.", "Deputy Director"),
            ("They were elected deputy directors.", "deputy directors"),
            ("The former governor, Zhang Liwei, came.", "governor"),
            ("Secretary Lhakpa came.", "Secretary"),
        ],
        rejects: &[("He wrote to the director about it.", "director")],
    },
];

/// A title before it is known whether it counts.
#[derive(Debug, Clone, Copy)]
struct Draft {
    first: usize,
    end: usize,
    rank: Hit,
    organ: bool,
    level: bool,
    counts: bool,
}

/// Titles that count.
pub fn find(lexed: &Lexed, phrasing: &Phrasing) -> Vec<Candidate> {
    let mut drafts: Vec<Draft> = ranks(lexed).into_iter().map(|rank| draft(lexed, phrasing, rank)).collect();
    for draft in &mut drafts {
        draft.counts = counts_itself(lexed, draft) || stands_beside_name(lexed, phrasing, draft);
    }
    support_neighbours(lexed, &mut drafts);
    drafts.iter().filter(|d| d.counts && !is_stopped(lexed, d)).map(candidate).collect()
}

/// "member of the Communist Party of China" is no office.
fn is_stopped(lexed: &Lexed, draft: &Draft) -> bool {
    let stops = lexed.starting(draft.first, Table::Stop).filter(|h| h.end >= draft.end);
    stops.into_iter().any(|h| lexed.gazetteers.stops[h.entry.row].scope == Scope::Title)
}

fn candidate(draft: &Draft) -> Candidate {
    let rule = if draft.organ {
        0
    } else if draft.level {
        1
    } else {
        2
    };
    Candidate::new(Label::Title, draft.first, draft.end, RULES[rule].id).with_entry(Some(draft.rank.entry))
}

/// Rank words, the longest at each place, that are not part of a phrase that is no title.
fn ranks(lexed: &Lexed) -> Vec<Hit> {
    let title =
        |h: &&Hit| h.entry.table == Table::Title && lexed.gazetteers.titles[h.entry.row].class != TitleClass::Modifier;
    let mut longest: Vec<Hit> = Vec::new();
    for hit in lexed.hits().iter().filter(title) {
        if longest.last().is_none_or(|l| hit.first > l.first && hit.end > l.end) {
            longest.push(*hit);
        }
    }
    longest.retain(|h| matches!(lexed.gazetteers.titles[h.entry.row].class, TitleClass::Rank | TitleClass::Seat));
    longest
}

fn draft(lexed: &Lexed, phrasing: &Phrasing, rank: Hit) -> Draft {
    let mut draft = Draft { first: rank.first, end: rank.end, rank, organ: false, level: false, counts: false };
    while let Some(first) = grow_left(lexed, phrasing, &mut draft) {
        draft.first = first;
    }
    if let Some((end, tells)) = grow_right(lexed, phrasing, rank.end) {
        draft.end = end;
        draft.organ |= tells;
    }
    let divisions = of_divisions(lexed, rank.end).filter(|&end| end > draft.end);
    let further = divisions.or_else(|| of_divisions(lexed, draft.end)).or_else(|| seat(lexed, phrasing, &draft));
    if let Some(end) = further {
        draft.end = end;
        draft.organ = true;
    }
    draft
}

/// "secretaries of the 14 villages", "heads of each town and township".
fn of_divisions(lexed: &Lexed, end: usize) -> Option<usize> {
    let mut at = end + 1;
    while lexed.has(at, WordClass::Determiner) || lexed.text.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number)
    {
        at += 1;
    }
    let mut last = lexed.class_at(at, WordClass::Division).filter(|h| lexed.same_sentence(end, h.end - 1))?.end;
    while let Some(next) = lexed.class_at(last + 1, WordClass::Division).filter(|_| lexed.is_word(last, "and")) {
        last = next.end;
    }
    let organ = lexed.starting(last, Table::Organ).next().is_some();
    (lexed.is_word(end, "of") && !organ && !is_noun(lexed, last)).then_some(last)
}

/// "Consul General of Japan in Shanghai": where a consul sits.
fn seat(lexed: &Lexed, phrasing: &Phrasing, draft: &Draft) -> Option<usize> {
    let consul = lexed.gazetteers.titles[draft.rank.entry.row].id == "consul-general";
    let posted =
        lexed.class_at(draft.end, WordClass::Posting).filter(|h| consul && lexed.same_sentence(draft.first, h.end))?;
    phrasing.place_starting(posted.end).map(|place| place.end)
}

fn grow_left(lexed: &Lexed, phrasing: &Phrasing, draft: &mut Draft) -> Option<usize> {
    let end = draft.first;
    if end == 0 || !lexed.same_sentence(end - 1, end) {
        return None;
    }
    let modifier = lexed.title_before(end, TitleClass::Modifier).map(|h| h.first);
    if modifier.is_some() {
        return modifier;
    }
    let before = if lexed.is_possessive(end - 1) { end - 1 } else { end };
    if let Some(organ) = phrasing.organ_ending(before).filter(|o| !o.plural && !draft.organ && o.core_end == o.end) {
        draft.organ = true;
        return Some(organ.first);
    }
    if let Some(place) = phrasing.place_ending(before) {
        draft.level = true;
        return Some(place.first);
    }
    let word = lexed.class_before(end, WordClass::Level).or_else(|| lexed.class_before(end, WordClass::Nationality));
    if let Some(hit) = word {
        draft.level = true;
        return Some(hit.first);
    }
    let party = lexed.organ_before(end, &[OrganClass::Modifier]).filter(|h| !draft.organ && h.first >= 1);
    party.map(|h| h.first)
}

/// End of "of the ..." behind the rank, and whether it tells which office it is.
fn grow_right(lexed: &Lexed, phrasing: &Phrasing, end: usize) -> Option<(usize, bool)> {
    if !lexed.is_word(end, "of") || !lexed.same_sentence(end - 1, end) {
        return None;
    }
    let after = end + 1 + usize::from(lexed.has(end + 1, WordClass::Determiner));
    if !lexed.same_sentence(end, after) {
        return None;
    }
    let organ = phrasing.organ_starting(after).map(|o| o.end);
    let place = phrasing.place_starting(after).map(|p| p.end);
    organ
        .max(place)
        .or_else(|| lexed.class_at(after, WordClass::LevelNoun).map(|h| h.end))
        .or_else(|| meeting_head(lexed, after))
        .or_else(|| portfolio(lexed, &phrasing.names, after))
        .or_else(|| topic(lexed, phrasing, after))
        .map(|end| (end, true))
        .or_else(|| body(lexed, after).map(|end| (end, false)))
}

/// "the company", "the cooperative": a body named before, which tells too little to make a title of any rank.
fn body(lexed: &Lexed, index: usize) -> Option<usize> {
    let head = lexed.organ_at(index, &[OrganClass::Suffix]).filter(|_| lexed.is_word(index - 1, "the"))?;
    (!is_noun(lexed, head.end)).then_some(head.end)
}

/// A word that goes on with the phrase before it: "the village party branch", "the village-based team".
fn is_noun(lexed: &Lexed, index: usize) -> bool {
    let function = [WordClass::Conjunction, WordClass::Preposition, WordClass::Auxiliary, WordClass::Adverb];
    let glued = index < lexed.len() && lexed.token(index).glued;
    let plain = lexed.is_plain_word(index) && lexed.same_sentence(index - 1, index) && lexed.adjoins(index);
    glued || (plain && !lexed.capital(index) && !lexed.is_verb(index) && !lexed.has_any(index, &function))
}

/// "flood control of the district": a topic in lower case, and the place or organ behind it.
fn topic(lexed: &Lexed, phrasing: &Phrasing, index: usize) -> Option<usize> {
    let end = lexed.organ_at(index, &[OrganClass::Modifier])?.end;
    let next = end + 1 + usize::from(lexed.has(end + 1, WordClass::Determiner));
    let of = lexed.is_word(end, "of") && lexed.same_sentence(index, next);
    let noun_follows = lexed.is_plain_word(end)
        && !of
        && !lexed.has_any(end, &[WordClass::Conjunction, WordClass::Preposition, WordClass::Auxiliary]);
    if noun_follows && phrasing.names.starting(end).is_none() {
        return None;
    }
    let place = phrasing.place_starting(next).map(|p| p.end).max(phrasing.organ_starting(next).map(|o| o.end));
    Some(place.filter(|_| of).unwrap_or(end))
}

fn meeting_head(lexed: &Lexed, index: usize) -> Option<usize> {
    // "executive chairman of the closing meeting": one word may tell which.
    let at = |i: usize| lexed.starting(i, Table::Meeting).find(|h| is_head(lexed, h)).map(|h| h.end);
    at(index).or_else(|| at(index + 1).filter(|_| lexed.same_sentence(index, index + 1) && lexed.is_plain_word(index)))
}

/// Whether the words of the title alone make it count.
fn counts_itself(lexed: &Lexed, draft: &Draft) -> bool {
    let policy = lexed.gazetteers.titles[draft.rank.entry.row].alone;
    let capital = (draft.rank.first..draft.rank.end).all(|i| lexed.capital(i) || lexed.token(i).glued);
    match policy {
        Alone::Never => draft.organ,
        _ => draft.organ || draft.level || is_modified(lexed, draft) || stands_alone(policy, capital, false),
    }
}

/// "deputy directors", "acting mayor": a modifier of office before the rank.
fn is_modified(lexed: &Lexed, draft: &Draft) -> bool {
    let seat = lexed.gazetteers.titles[draft.rank.entry.row].class == TitleClass::Seat;
    !seat && draft.first < draft.rank.first && lexed.title_at(draft.first, TitleClass::Modifier).is_some()
}

/// A name follows directly, or stands before a comma ("Zhang Liwei, Deputy Director").
fn stands_beside_name(lexed: &Lexed, phrasing: &Phrasing, draft: &Draft) -> bool {
    if lexed.gazetteers.titles[draft.rank.entry.row].alone == Alone::Never {
        return false;
    }
    let follows = phrasing.names.starting(draft.end).is_some() || is_surname_like(lexed, phrasing, draft.end);
    let before = behind_status(lexed, draft.first);
    let comma = before.checked_sub(1).filter(|&i| lexed.is(i, ",") && lexed.same_sentence(i, draft.first));
    let precedes = comma.is_some_and(|i| phrasing.names.ending(i).is_some());
    // "the former governor, Liu Yang, ..."
    let apposed = before < draft.first && lexed.is(draft.end, ",") && phrasing.names.starting(draft.end + 1).is_some();
    follows || precedes || (apposed && lexed.same_sentence(draft.first, draft.end + 1))
}

/// First token of "the former" and the like before a title; its own first token where nothing of the kind stands there.
fn behind_status(lexed: &Lexed, first: usize) -> usize {
    let mut at = first;
    while at > 0 && lexed.same_sentence(at - 1, first) {
        let status = (at.saturating_sub(3)..at).find(|&start| is_status(lexed, start, at - 1, at));
        match status {
            Some(start) => at = start,
            None if lexed.is_word(at - 1, "the") || lexed.is_word(at - 1, "then") => at -= 1,
            None => break,
        }
    }
    at
}

/// A single capitalised word behind a title that can be a surname or a name run together ("Secretary Xu").
fn is_surname_like(lexed: &Lexed, phrasing: &Phrasing, index: usize) -> bool {
    let names = &lexed.gazetteers.names;
    let word = lexed.word(index);
    lexed.capital(index)
        && index > 0
        && lexed.same_sentence(index - 1, index)
        && (names.surname(word).is_some() || names.is_fused(word) || is_foreign(lexed, index))
        && phrasing.place_starting(index).is_none()
}

/// "Yusup", "Lhakpa": a word of another language that no gazetteer knows but as a name.
fn is_foreign(lexed: &Lexed, index: usize) -> bool {
    let word = lexed.word(index);
    let acronym = word.chars().all(char::is_uppercase);
    let unknown = !lexed.hits_at(index) && !lexed.gazetteers.is_english(word) && word.chars().count() > 2;
    lexed.has(index, WordClass::SingleName) || (lexed.is_plain_word(index) && !acronym && unknown)
}

/// A title counts when one beside it does: "Deputy Secretary and Deputy Director, ...".
fn support_neighbours(lexed: &Lexed, drafts: &mut [Draft]) {
    for _ in 0..3 {
        for index in 1..drafts.len() {
            let (left, right) = (drafts[index - 1], drafts[index]);
            if is_joined(lexed, left.end, right.first) && (left.counts || right.counts) {
                drafts[index - 1].counts |= may_join(lexed, &left);
                drafts[index].counts |= may_join(lexed, &right);
            }
        }
    }
}

fn may_join(lexed: &Lexed, draft: &Draft) -> bool {
    lexed.gazetteers.titles[draft.rank.entry.row].alone != Alone::Never
}

/// Only a comma and words such as "and", "also", "concurrently", "former" stand between.
fn is_joined(lexed: &Lexed, from: usize, to: usize) -> bool {
    from <= to
        && to - from <= 4
        && lexed.same_sentence(from.saturating_sub(1), to)
        && (from..to).all(|i| {
            lexed.is(i, ",")
                || lexed.has_any(i, &[WordClass::Conjunction, WordClass::Adverb, WordClass::Determiner])
                || (from..=i).any(|start| is_status(lexed, start, i, to))
        })
}

/// A status word ("former", "nominee for") from `start` covers `index`.
fn is_status(lexed: &Lexed, start: usize, index: usize, limit: usize) -> bool {
    let status = |h: &Hit| lexed.gazetteers.triggers[h.entry.row].class == TriggerClass::Status;
    lexed.starting(start, Table::Trigger).any(|h| status(&h) && index < h.end && h.end <= limit)
}
