//! ORG: organs and organisations that are particular ones.

use super::{Candidate, Lexed, Phrasing, RuleInfo};
use crate::gazetteer::Table;
use crate::gazetteer::rows::WordClass;
use crate::model::{Label, Rule};

/// Rules of this finder.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        id: "org.composed",
        label: Label::Org,
        explanation: "An organ's name is composed of level, place, ordinal or topic words and a head, joined to the organ \
                  it belongs to; it is particular when one of these words tells which organ is meant.",
        matches: &[
            (
                "He reported to the Standing Committee of the Qinghe County Party Committee.",
                "Standing Committee of the Qinghe County Party Committee",
            ),
            (
                "The Organization Department of the Municipal Party Committee met.",
                "Organization Department of the Municipal Party Committee",
            ),
            (
                "The county party committee's inspection work leading group was there.",
                "county party committee's inspection work leading group",
            ),
            ("The county's Forestry Bureau took part.", "county's Forestry Bureau"),
            ("Staff of the Consulate General of Japan in Wuhan came.", "Consulate General of Japan in Wuhan"),
            ("The Party School of the Ministry listened.", "Party School of the Ministry"),
            ("He studied at Aomori Agricultural University of Japan.", "Aomori Agricultural University of Japan"),
        ],
        rejects: &[
            ("Party committees at all levels must act.", "Party committees"),
            ("The relevant departments took part.", "relevant departments"),
            ("The congress of the 9th People's Congress of Qinghe County Solemnly Opened", "Solemnly"),
        ],
    },
    RuleInfo {
        id: "org.site",
        label: Label::Org,
        explanation: "Words joined by dots that end in com, cn and the like are the name of a site.",
        matches: &[("Spread the news - hebinews.com", "hebinews.com")],
        rejects: &[("It is so.Come on.", "so.Come")],
    },
];

/// Organs that name a particular one.
pub fn find(lexed: &Lexed, phrasing: &Phrasing) -> Vec<Candidate> {
    let particular = phrasing.organs.iter().filter(|organ| organ.particular);
    let mut found: Vec<Candidate> = particular
        .map(|organ| {
            let listed = organ.entry.table == Table::Organization && organ.end == organ.core_end;
            let rule: Rule = if listed { lexed.rule(organ.entry).into() } else { RULES[0].id.into() };
            Candidate::new(Label::Org, organ.first, organ.end, rule).with_entry(Some(organ.entry))
        })
        .collect();
    found.extend((0..lexed.len()).filter_map(|index| site_at(lexed, index)));
    found
}

/// A site's name: words and a domain joined by dots without space ("chinanews.com").
fn site_at(lexed: &Lexed, first: usize) -> Option<Candidate> {
    let touches = |i: usize| lexed.same_sentence(first, i) && lexed.token(i).span.start == lexed.token(i - 1).span.end;
    let begins = lexed.is_plain_word(first) && !(first > 0 && lexed.is(first - 1, ".") && touches(first));
    let mut end = first + 1;
    while begins && lexed.is(end, ".") && touches(end) && lexed.is_plain_word(end + 1) && touches(end + 1) {
        end += 2;
    }
    let domain = end > first + 1 && lexed.has(end - 1, WordClass::Domain);
    domain.then(|| Candidate::new(Label::Org, first, end, RULES[1].id))
}
