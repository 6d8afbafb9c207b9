//! REGION: known places, and names composed with a type word.

use super::phrase::PlacePhrase;
use super::{Candidate, Lexed, Phrasing, RuleInfo};
use crate::model::{Label, Rule};

/// Rules of this finder.
pub const RULES: &[RuleInfo] = &[RuleInfo {
    id: "region.composed",
    label: Label::Region,
    explanation: "A proper name and a type word (county, town, village, lake, development zone) name a place, also \
                  where no gazetteer lists it; townships and villages are in none.",
    matches: &[
        ("The team came from Jiulong Town.", "Jiulong Town"),
        ("He visited Qingshui Reservoir.", "Qingshui Reservoir"),
    ],
    rejects: &[("The whole city must act.", "city"), ("He went to the Development Zone.", "Development Zone")],
}];

/// Every place phrase; which of two nested ones stands is decided later.
pub fn find(lexed: &Lexed, phrasing: &Phrasing) -> Vec<Candidate> {
    let candidate = |place: &PlacePhrase| {
        let entry = if let [only] = place.entries.as_slice() { Some(*only) } else { None };
        // A namesake names all the places that it may be; `resolve` may settle which.
        let listed: Vec<String> = place.entries.iter().map(|&entry| lexed.rule(entry)).collect();
        let rule = if listed.is_empty() { Rule::from(RULES[0].id) } else { listed.join("|").into() };
        Candidate::new(Label::Region, place.first, place.end, rule).with_entry(entry)
    };
    phrasing.places.iter().map(candidate).collect()
}
