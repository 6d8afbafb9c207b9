//! TITLE: a rank with the deputy, level, region or organ before it and the "of the ..." behind it.

use super::cues::is_head;
use super::phrase::organs::portfolio;
use super::{Candidate, Lexed, Phrasing, RuleInfo};
use crate::gazetteer::rows::{Alone, OrganClass, TitleClass, TriggerClass, WordClass};
use crate::gazetteer::{Hit, Table, stands_alone};
use crate::model::Label;

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
        ],
        rejects: &[
            ("Provincial leaders were there.", "Provincial leaders"),
            ("Party members must learn.", "Party members"),
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
                      is of a kind that always does (premier, general secretary).",
        matches: &[
            ("Secretary Zhang Liwei spoke.", "Secretary"),
            ("Zhang Liwei, Deputy Director, spoke.", "Deputy Director"),
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
    drafts.iter().filter(|d| d.counts).map(candidate).collect()
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
    if let Some(end) = grow_right(lexed, phrasing, rank.end) {
        draft.end = end;
        draft.organ = true;
    }
    draft
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

/// End of "of the ..." behind the rank.
fn grow_right(lexed: &Lexed, phrasing: &Phrasing, end: usize) -> Option<usize> {
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
    lexed.starting(index, Table::Meeting).find(|h| is_head(lexed, h)).map(|h| h.end)
}

/// Whether the words of the title alone make it count.
fn counts_itself(lexed: &Lexed, draft: &Draft) -> bool {
    let policy = lexed.gazetteers.titles[draft.rank.entry.row].alone;
    let capital = (draft.rank.first..draft.rank.end).all(|i| lexed.capital(i) || lexed.token(i).glued);
    match policy {
        Alone::Never => draft.organ,
        _ => draft.organ || draft.level || stands_alone(policy, capital, false),
    }
}

/// A name follows directly, or stands before a comma ("Zhang Liwei, Deputy Director").
fn stands_beside_name(lexed: &Lexed, phrasing: &Phrasing, draft: &Draft) -> bool {
    if lexed.gazetteers.titles[draft.rank.entry.row].alone == Alone::Never {
        return false;
    }
    let follows = phrasing.names.starting(draft.end).is_some() || is_surname_like(lexed, phrasing, draft.end);
    let before = draft.first.checked_sub(1).filter(|&i| lexed.is(i, ",") && lexed.same_sentence(i, draft.first));
    let precedes = before.is_some_and(|i| phrasing.names.ending(i).is_some());
    follows || precedes
}

/// A single capitalised word behind a title that can be a surname or a name run together ("Secretary Xu").
fn is_surname_like(lexed: &Lexed, phrasing: &Phrasing, index: usize) -> bool {
    let names = &lexed.gazetteers.names;
    let word = lexed.word(index);
    lexed.capital(index)
        && index > 0
        && lexed.same_sentence(index - 1, index)
        && (names.surname(word).is_some() || names.is_fused(word))
        && phrasing.place_starting(index).is_none()
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
