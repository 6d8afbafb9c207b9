//! The rules by which facts are made where no gazetteer entry makes them, with what each must find and must not.
//!
//! Facts that a verb or trigger makes carry the id of its gazetteer row instead.

/// A rule that makes facts, as the documentation and the tests see it.
#[derive(Debug, Clone, Copy)]
pub struct FactRule {
    /// Id, as it stands in the tables.
    pub id: &'static str,
    /// What it says and why it holds in the language or the genre.
    pub explanation: &'static str,
    /// Texts and the fact that the rule must make of each: `person: title` for offices, `kind` for events.
    pub matches: &'static [(&'static str, &'static str)],
    /// Texts and a fact that must not be made of each by any rule.
    pub rejects: &'static [(&'static str, &'static str)],
}

/// Titles directly before a name.
pub const BEFORE_NAME: &str = "position.before_name";
/// Titles behind a name, a comma, "is" or an appointment.
pub const BEHIND_NAME: &str = "position.behind_name";
/// A title, a comma and a name.
pub const COMMA: &str = "position.comma";
/// A title in a resume.
pub const RESUME: &str = "position.resume";
/// An event without a name.
pub const UNNAMED: &str = "meeting.unnamed";
/// A reception or talk.
pub const RECEPTION: &str = "meeting.reception";

/// A fair or festival.
pub const EXPOSITION: &str = "meeting.exposition";

/// All rules that make facts.
pub const FACT_RULES: [FactRule; 7] = [
    FactRule {
        id: BEFORE_NAME,
        explanation: "A title directly before a name is its holder's, with the titles that \"and\" or a comma joins to \
                      it; a plural title is shared by the whole list of names.",
        matches: &[
            ("Municipal Mayor Zhang Liwei spoke.", "Zhang Liwei: Municipal Mayor"),
            ("Deputy Directors Zhang Liwei, Luo Deshu and Tan Yiming attended.", "Tan Yiming: Deputy Directors"),
        ],
        rejects: &[("Secretary Zhang Liwei met Luo Deshu.", "Luo Deshu: Secretary")],
    },
    FactRule {
        id: BEHIND_NAME,
        explanation: "Behind a name, a comma or \"is\" the titles that follow are that person's, up to the title that \
                      stands directly before the next name; \"was appointed\" links over a longer gap.",
        matches: &[
            ("Zhang Liwei, county mayor, spoke.", "Zhang Liwei: county mayor"),
            (
                "Zhang Liwei was appointed director of the County Water Bureau.",
                "Zhang Liwei: director of the County Water Bureau",
            ),
        ],
        rejects: &[("Zhang Liwei, County Mayor Luo Deshu and others came.", "Zhang Liwei: County Mayor")],
    },
    FactRule {
        id: COMMA,
        explanation: "A title, a comma and a name that has no title of its own: the name tells who holds the office.",
        matches: &[(
            "The secretary of the Qinghe County Party Committee, Zhang Liwei, spoke.",
            "Zhang Liwei: secretary of the Qinghe County Party Committee",
        )],
        rejects: &[(
            "The mayor of the city, Zhang Liwei, director of the bureau, came.",
            "Zhang Liwei: mayor of the city",
        )],
    },
    FactRule {
        id: RESUME,
        explanation: "A paragraph that opens with a name and \"male\" or \"born in\" is a resume: its titles are that \
                      person's, also in sentences without a subject.",
        matches: &[
            (
                "Zhang Liwei, male, Han, born in 1965. From 2003, mayor of Qingtan City; in 2010, County Mayor.",
                "Zhang Liwei: County Mayor",
            ),
            (
                "Zhang Liwei (female, Hui) worked first in a mill, and in 1998 as director of the County Water Bureau.",
                "Zhang Liwei: director of the County Water Bureau",
            ),
        ],
        rejects: &[
            ("Zhang Liwei, male, is a farmer. Mayor Luo Deshu called on him.", "Zhang Liwei: Mayor"),
            ("Zhang Liwei came. From 2003 the mayor of Qingtan City slept.", "Zhang Liwei: mayor of Qingtan City"),
        ],
    },
    FactRule {
        id: UNNAMED,
        explanation: "\"Held a meeting\" and \"presided over the meeting\" report an event that has no name.",
        matches: &[("The county party committee held a meeting.", "other")],
        rejects: &[("He read the spirit of the meeting.", "other")],
    },
    FactRule {
        id: RECEPTION,
        explanation: "A report that somebody met with somebody is of a reception, where nothing else is reported.",
        matches: &[("Governor Zhang Liwei met with Luo Deshu in Kunming.", "other")],
        rejects: &[
            ("Governor Zhang Liwei read a book in Kunming.", "other"),
            ("Zhang Liwei received a letter of thanks from the school in Kunming.", "other"),
        ],
    },
    FactRule {
        id: EXPOSITION,
        explanation: "A capitalised name that ends with \"expo\", \"festival\" or \"games\" is an event, though no \
                      meeting, where a verb beside it tells that it was opened or held.",
        matches: &[("On May 5, the 3rd Qinghe Pear Blossom Festival opened in Qinghe County.", "other")],
        rejects: &[
            ("The 3rd Qinghe Pear Blossom Festival sold many pears.", "other"),
            ("The 3rd Qinghe Pear Blossom Festival will be held in May.", "other"),
            ("A festival was held in Qinghe County.", "other"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteers;
    use crate::model::{Document, Extraction};
    use crate::pipeline::Extractor;

    /// The facts of a text, each with the rule that made it.
    fn facts(extraction: &Extraction) -> Vec<(String, String)> {
        let office = |p: &crate::model::Position| {
            (format!("{}: {}", extraction.entities[p.person.0].name, p.wording), p.evidence.rule.to_string())
        };
        let events = extraction.meetings.iter().filter(|m| m.reported && m.mention.is_none());
        let event = |m: &crate::model::Meeting| (m.kind.clone(), m.evidence.rule.to_string());
        extraction.positions.iter().map(office).chain(events.map(event)).collect()
    }

    #[test]
    fn every_rule_makes_its_facts_and_no_others() {
        let extractor = Extractor::new(Gazetteers::shipped().unwrap());
        let found = |text: &str| facts(&extractor.extract(&Document { text: text.into(), ..Document::default() }));
        let mut wrong = Vec::new();
        for rule in FACT_RULES {
            assert!(
                !rule.matches.is_empty() && !rule.rejects.is_empty() && !rule.explanation.is_empty(),
                "{}",
                rule.id
            );
            for (text, fact) in rule.matches {
                if !found(text).contains(&(fact.to_string(), rule.id.to_string())) {
                    wrong.push(format!("{}: no `{fact}` in {text:?}, but {:?}", rule.id, found(text)));
                }
            }
            for (text, fact) in rule.rejects {
                if found(text).iter().any(|(f, _)| f == fact) {
                    wrong.push(format!("{}: `{fact}` in {text:?}", rule.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
