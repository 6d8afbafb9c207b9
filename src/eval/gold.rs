//! Gold files: what a person found in a document, one tab-separated record a line.
//!
//! A record is a mention (`LABEL surface [@=2,3] [key=value ...]`), an `ALIAS` (one person under
//! several names) or a fact (`DOC`, `POSITION`, `EVENT`, `PART`, `USE` with `key=value` cells).
//! Empty lines and lines that begin with `#` are skipped. A gold file holds no running text;
//! `spans` finds its mentions in the document.

use std::collections::HashMap;
use std::path::Path;

use super::error::EvalError;
use super::label::Label;
use super::norm::{is_space, norm_person};

/// A string whose occurrences in the document are mentions.
#[derive(Debug)]
pub(super) struct Mention {
    pub(super) label: Label,
    pub(super) surface: String,
    /// The line of the gold file.
    pub(super) line: usize,
    /// Which occurrences count, from 1; all if it is not said.
    pub(super) only: Option<Vec<usize>>,
    /// The Chinese original of a slogan.
    pub(super) zh: Option<String>,
    /// The ISO value of a date.
    pub(super) value: Option<String>,
}

/// What the document is about.
#[derive(Debug)]
pub(super) struct DocumentFact {
    pub(super) published: Option<String>,
    pub(super) level: Option<String>,
    pub(super) region: Option<String>,
}

/// An office that the document gives a person.
#[derive(Debug)]
pub(super) struct PositionFact {
    pub(super) person: String,
    pub(super) title: String,
    pub(super) region: Option<String>,
}

/// An event that the document reports.
#[derive(Debug)]
pub(super) struct EventFact {
    pub(super) name: String,
    pub(super) date: Option<String>,
    pub(super) region: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) place: Option<String>,
}

/// Who took part in a reported event, and how.
#[derive(Debug)]
pub(super) struct PartFact {
    pub(super) person: String,
    pub(super) role: String,
}

/// Who said a slogan.
#[derive(Debug)]
pub(super) struct UseFact {
    pub(super) zh: String,
    pub(super) speaker: String,
}

/// The gold of one document.
#[derive(Debug, Default)]
pub(super) struct Gold {
    pub(super) mentions: Vec<Mention>,
    pub(super) documents: Vec<DocumentFact>,
    pub(super) positions: Vec<PositionFact>,
    pub(super) events: Vec<EventFact>,
    pub(super) parts: Vec<PartFact>,
    pub(super) uses: Vec<UseFact>,
    aliases: HashMap<String, String>,
}

impl Gold {
    /// Reads the records of a gold file; `path` is named in errors.
    pub(super) fn parse(path: &Path, content: &str) -> Result<Self, EvalError> {
        let mut gold = Self::default();
        let content = content.strip_prefix('\u{FEFF}').unwrap_or(content).replace("\r\n", "\n").replace('\r', "\n");
        for (index, line) in content.split('\n').enumerate() {
            gold.record(line, index + 1).map_err(|problem| EvalError::Gold {
                path: path.to_owned(),
                line: index + 1,
                problem,
            })?;
        }
        Ok(gold)
    }

    /// The name under which a person is counted: the first of its aliases, normalised.
    pub(super) fn person(&self, name: &str) -> String {
        let name = norm_person(name);
        self.aliases.get(&name).cloned().unwrap_or(name)
    }

    fn record(&mut self, line: &str, number: usize) -> Result<(), String> {
        let cells: Vec<&str> = line.split('\t').map(|c| c.trim_matches(is_space)).filter(|c| !c.is_empty()).collect();
        let [kind, cells @ ..] = cells.as_slice() else {
            return Ok(());
        };
        if line.starts_with('#') {
            return Ok(());
        }
        match (Label::of(kind), *kind) {
            (Some(label), _) => self.mentions.push(mention(label, cells, number)?),
            (None, "ALIAS") => self.alias(cells),
            (None, kind) => self.fact(kind, cells)?,
        }
        Ok(())
    }

    fn alias(&mut self, names: &[&str]) {
        let first = names.first().map(|name| norm_person(name)).unwrap_or_default();
        self.aliases.extend(names.iter().map(|name| (norm_person(name), first.clone())));
    }

    fn fact(&mut self, kind: &str, cells: &[&str]) -> Result<(), String> {
        let fields = Fields::strict(cells);
        match kind {
            "DOC" => self.documents.push(document(&fields?)),
            "POSITION" => self.positions.push(position(&fields?)?),
            "EVENT" => self.events.push(event(&fields?)),
            "PART" => self.parts.push(part(&fields?)?),
            "USE" => self.uses.push(slogan_use(&fields?)?),
            _ => return Err(format!("unknown record kind `{kind}`")),
        }
        Ok(())
    }
}

fn mention(label: Label, cells: &[&str], line: usize) -> Result<Mention, String> {
    let [surface, rest @ ..] = cells else {
        return Err(format!("{} without a surface", label.name()));
    };
    let fields = Fields::lenient(rest);
    Ok(Mention {
        label,
        surface: (*surface).to_owned(),
        line,
        only: fields.0.get("@").map(|numbers| occurrence_numbers(numbers)).transpose()?,
        zh: fields.get("zh"),
        value: fields.get("value"),
    })
}

fn occurrence_numbers(numbers: &str) -> Result<Vec<usize>, String> {
    let number = |n: &str| n.trim_matches(is_space).parse().map_err(|_| format!("`@={numbers}` is no list of numbers"));
    numbers.split(',').map(number).collect()
}

fn document(fields: &Fields) -> DocumentFact {
    DocumentFact { published: fields.get("published"), level: fields.get("level"), region: fields.get("region") }
}

fn position(fields: &Fields) -> Result<PositionFact, String> {
    Ok(PositionFact { person: fields.need("person")?, title: fields.need("title")?, region: fields.get("region") })
}

fn event(fields: &Fields) -> EventFact {
    EventFact {
        name: fields.get("name").unwrap_or_default(),
        date: fields.get("date"),
        region: fields.get("region"),
        kind: fields.get("kind"),
        place: fields.get("place"),
    }
}

fn part(fields: &Fields) -> Result<PartFact, String> {
    Ok(PartFact { person: fields.need("person")?, role: fields.need("role")? })
}

fn slogan_use(fields: &Fields) -> Result<UseFact, String> {
    Ok(UseFact { zh: fields.need("zh")?, speaker: fields.need("speaker")? })
}

/// The `key=value` cells of a record; the last of equal keys counts.
struct Fields<'a>(HashMap<&'a str, &'a str>);

impl<'a> Fields<'a> {
    /// Passes over cells that hold no `=`.
    fn lenient(cells: &[&'a str]) -> Self {
        Self(cells.iter().filter_map(|cell| cell.split_once('=')).collect())
    }

    fn strict(cells: &[&'a str]) -> Result<Self, String> {
        match cells.iter().find(|cell| !cell.contains('=')) {
            Some(cell) => Err(format!("`{cell}` is not of the form key=value")),
            None => Ok(Self::lenient(cells)),
        }
    }

    fn get(&self, key: &str) -> Option<String> {
        self.0.get(key).map(|value| (*value).to_owned())
    }

    fn need(&self, key: &str) -> Result<String, String> {
        self.get(key).ok_or_else(|| format!("`{key}=` is missing"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(content: &str) -> Result<Gold, String> {
        Gold::parse(Path::new("x.gold"), content).map_err(|e| e.to_string())
    }

    #[test]
    fn records_of_all_kinds() {
        let gold = parse(
            "\u{FEFF}# note\n\nPERSON\t Ann  Oak \t@=2, 3\n\tSLOGAN\t\tsix seeds\tzh=六种\todd\rDATE\tMay 1\tvalue=1999-05-01\r\n\
             DOC\tlevel=county\nPOSITION\tperson=Ann Oak\ttitle=head\nEVENT\tkind=other\n\
             PART\tperson=Ann Oak\trole=spoke\trole=presided\nUSE\tzh=六种\tspeaker=meeting\n",
        )
        .unwrap();
        let mentions: Vec<_> = gold.mentions.iter().map(|m| (m.label, m.surface.as_str(), m.line)).collect();
        assert_eq!(
            mentions,
            [(Label::Person, "Ann  Oak", 3), (Label::Slogan, "six seeds", 4), (Label::Date, "May 1", 5)]
        );
        assert_eq!(gold.mentions[0].only, Some(vec![2, 3]));
        assert_eq!(gold.mentions[1].zh.as_deref(), Some("六种"));
        assert_eq!(gold.mentions[2].value.as_deref(), Some("1999-05-01"));
        assert_eq!(gold.documents[0].level.as_deref(), Some("county"));
        assert_eq!(gold.positions[0].region, None);
        assert_eq!((gold.events[0].name.as_str(), gold.events[0].kind.as_deref()), ("", Some("other")));
        assert_eq!(gold.parts[0].role, "presided");
        assert_eq!(gold.uses[0].speaker, "meeting");
    }

    #[test]
    fn aliases_lead_to_the_first_name() {
        let gold = parse("ALIAS\tAnn Oak\tAn Oak\tOak\nALIAS\n").unwrap();
        assert_eq!(gold.person("OAK"), "annoak");
        assert_eq!(gold.person("an-oak"), "annoak");
        assert_eq!(gold.person("Bo Elm"), "boelm");
    }

    #[test]
    fn faults_name_file_line_and_remedy() {
        let fault = |content: &str| parse(content).unwrap_err();
        assert_eq!(fault("\nPLACE\tx"), "x.gold:2: unknown record kind `PLACE`; mend this line of the gold file");
        assert_eq!(fault("ORG"), "x.gold:1: ORG without a surface; mend this line of the gold file");
        assert_eq!(fault("ORG\tx\t@=1,b"), "x.gold:1: `@=1,b` is no list of numbers; mend this line of the gold file");
        assert_eq!(fault("PART\tperson=A"), "x.gold:1: `role=` is missing; mend this line of the gold file");
        assert_eq!(
            fault("DOC\tcounty"),
            "x.gold:1: `county` is not of the form key=value; mend this line of the gold file"
        );
    }
}
