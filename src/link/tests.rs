//! Who becomes one person over several documents, who does not, and what is asked.

use super::*;
use crate::model::{
    Candidate, Entity, EntityId, Evidence, Level, MentionId, NameForm, Person, Place, Position, Profile, Span,
};
use std::path::Path;

const COUNTY: (&str, &str, Level) = ("Lanshan/Baihe/Meixi County", "110102", Level::County);
const CITY: (&str, &str, Level) = ("Lanshan/Baihe", "110100", Level::Prefecture);
const CENTRE: (&str, &str, Level) = ("China", "", Level::Central);

fn place((path, code, level): (&str, &str, Level)) -> Place {
    Place { path: path.into(), code: code.into(), level: Some(level) }
}

/// Path, code and level of a place.
type At = (&'static str, &'static str, Level);

/// A document about a place with one person in some offices: role, organization, place, status.
struct Report {
    name: &'static str,
    form: NameForm,
    about: At,
    published: &'static str,
    offices: Vec<(&'static str, &'static str, At, &'static str)>,
    candidates: Vec<Candidate>,
}

impl Report {
    fn new(name: &'static str, about: At, published: &'static str) -> Self {
        Self { name, form: NameForm::Full, about, published, offices: Vec::new(), candidates: Vec::new() }
    }

    fn short(self) -> Self {
        Self { form: NameForm::Short, ..self }
    }

    fn office(mut self, role: &'static str, organ: &'static str, at: At) -> Self {
        self.offices.push((role, organ, at, ""));
        self
    }

    fn former(mut self, role: &'static str, organ: &'static str, at: At) -> Self {
        self.offices.push((role, organ, at, "former"));
        self
    }

    fn extraction(&self) -> Extraction {
        let evidence = Evidence { sentence: 0, span: Span::new(0, 0), support: Span::new(0, 0), rule: "r".into() };
        let position = |&(role, organ, at, status): &(&str, &str, _, &'static str)| Position {
            person: EntityId(0),
            title: MentionId(0),
            wording: role.into(),
            role: role.into(),
            organization: organ.into(),
            region: place(at),
            status,
            observed: self.published.into(),
            evidence: evidence.clone(),
        };
        let form = self.form;
        let person = Person { listed: false, form, byline: false, candidates: self.candidates.clone() };
        let entity = Entity {
            key: format!("person:{}@{}", self.name.to_lowercase().replace(' ', "-"), self.about.1),
            kind: "PERSON",
            name: self.name.into(),
            person: Some(person),
            ..Entity::default()
        };
        let profile = Profile { published: self.published.into(), region: place(self.about), ..Profile::default() };
        Extraction {
            profile,
            entities: vec![entity],
            positions: self.offices.iter().map(position).collect(),
            ..Extraction::default()
        }
    }
}

/// The id of each report's person, and the links of the whole run.
fn link_with(reports: &[Report], decisions: &Decisions) -> (Vec<String>, Links) {
    let linker = Linker::new(decisions);
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut keys = Vec::new();
    for (n, report) in (0..).zip(reports) {
        let document = format!("d{n}");
        let sighting = sightings(&document, &report.extraction()).remove(0).unwrap();
        keys.push(sighting.key().to_owned());
        groups.entry(linker.group(&sighting)).or_default().add(n, 0, &document, sighting);
    }
    let mut all = Links::default();
    for (name, group) in groups {
        let links = linker.link(&name, group);
        all.ids.extend(links.ids);
        all.persons.extend(links.persons);
        all.pairs.extend(links.pairs);
        all.holders.extend(links.holders);
        all.settled.extend(links.settled);
        all.unused.extend(links.unused);
    }
    all.pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
    all.holders.sort();
    let settled = |a: &str, b: &str| all.settled.contains(&(a.to_owned(), b.to_owned()));
    let close = all.holders.chunk_by(|a, b| a.office == b.office).flat_map(|holders| misspelt(holders, &settled));
    all.pairs.extend(close.map(|pair| (String::new(), pair)).collect::<Vec<_>>());
    (keys.iter().map(|key| all.ids[key].clone()).collect(), all)
}

fn link(reports: &[Report]) -> (Vec<String>, Links) {
    link_with(reports, &Decisions::default())
}

fn decisions(rows: &[(&str, &str, &str)]) -> Decisions {
    let file = tempfile::NamedTempFile::new().unwrap();
    let rows: Vec<String> = rows.iter().map(|(a, b, decision)| format!("{a},{b},{decision}\n")).collect();
    std::fs::write(file.path(), format!("a,b,decision\n{}", rows.concat())).unwrap();
    Decisions::read(Path::new(file.path())).unwrap()
}

/// State, reason, and the keys of each question.
fn asked(links: &Links) -> Vec<(&str, &str, &str, &str)> {
    links.pairs.iter().map(|(_, p)| (p.state.name(), p.why.as_str(), p.a.key.as_str(), p.b.key.as_str())).collect()
}

#[test]
fn one_office_in_one_place_is_one_person_whatever_the_report_is_about() {
    let (ids, links) = link(&[
        Report::new("Liu Yanhong", COUNTY, "2023-01-17").office("secretary", "Party Committee", COUNTY),
        Report::new("Liu Yanhong", CITY, "2023-03-01").office("secretary", "Party Committee", COUNTY),
    ]);
    assert_eq!(ids, ["person:liu-yanhong@110102"; 2]);
    assert_eq!(links.persons[&ids[0]], Linked { documents: 2, evidence: "office".into(), listed: None });
    assert_eq!(asked(&links), []);
}

#[test]
fn a_rare_name_in_one_place_within_five_years_is_one_person() {
    let reports = |day| {
        [
            Report::new("Liu Yanhong", COUNTY, "2019-01-17").office("county mayor", "Government", COUNTY),
            Report::new("Liu Yanhong", COUNTY, day),
        ]
    };
    let (ids, links) = link(&reports("2023-12-30"));
    assert_eq!(ids, ["person:liu-yanhong@110102"; 2]);
    assert_eq!(links.persons[&ids[0]].evidence, "place");
    let (ids, links) = link(&reports("2024-03-30"));
    assert_eq!(ids, ["person:liu-yanhong@110102~county-mayor-government", "person:liu-yanhong@110102"]);
    let why = "same name and place, but the offices differ, 5 years apart";
    assert_eq!(asked(&links), [("apart", why, ids[0].as_str(), ids[1].as_str())]);
}

#[test]
fn a_common_name_needs_the_office_outside_a_county() {
    let reports = |at| {
        [
            Report::new("Wang Wei", at, "2022-01-01").office("mayor", "Government", at).short(),
            Report::new("Wang Wei", at, "2022-02-01").short(),
        ]
    };
    assert_eq!(link(&reports(COUNTY)).0, ["person:wang-wei@110102"; 2]);
    let (ids, links) = link(&reports(CITY));
    assert_eq!(ids, ["person:wang-wei@110100~mayor-government", "person:wang-wei@110100"]);
    assert_eq!(asked(&links)[0].1, "same name and place, but a name that many bear");
}

#[test]
fn what_is_joined_by_place_alone_is_asked_where_the_offices_differ() {
    let (ids, links) = link(&[
        Report::new("Liu Yanhong", COUNTY, "2021-01-01").office("director", "Health Bureau", COUNTY),
        Report::new("Liu Yanhong", COUNTY, "2022-01-01").office("county mayor", "Government", COUNTY),
    ]);
    assert_eq!(ids[0], ids[1]);
    let a = "person:liu-yanhong@110102~director-health-bureau";
    let b = "person:liu-yanhong@110102~county-mayor-government";
    let why = "same name and place within five years, but the offices differ and no document gives both";
    assert_eq!(asked(&links), [("joined", why, a, b)]);
}

#[test]
fn a_document_that_gives_both_offices_settles_it() {
    let (ids, links) = link(&[
        Report::new("Wang Wei", CITY, "2021-01-01").office("mayor", "Government", CITY).short(),
        Report::new("Wang Wei", COUNTY, "2021-01-01").office("secretary", "Party Committee", COUNTY).short(),
        Report::new("Wang Wei", CITY, "2022-01-01")
            .office("mayor", "Government", CITY)
            .former("secretary", "Party Committee", COUNTY)
            .short(),
    ]);
    assert_eq!(ids, ["person:wang-wei@110100"; 3]);
    assert_eq!(links.persons[&ids[0]], Linked { documents: 3, evidence: "office; document".into(), listed: None });
    assert_eq!(asked(&links), []);
}

#[test]
fn namesakes_in_nested_places_stay_apart_and_are_asked() {
    let (ids, links) = link(&[
        Report::new("Liu Yanhong", COUNTY, "2021-01-01").office("secretary", "Party Committee", COUNTY),
        Report::new("Liu Yanhong", CITY, "2021-02-01"),
        Report::new("Liu Yanhong", ("Heishan/Luyuan", "120100", Level::Prefecture), "2021-02-01"),
    ]);
    assert_eq!(ids, ["person:liu-yanhong@110102", "person:liu-yanhong@110100", "person:liu-yanhong@120100"]);
    let a = "person:liu-yanhong@110102~secretary-party-committee";
    assert_eq!(asked(&links), [("apart", "same name, and one place lies in the other", a, ids[1].as_str())]);
}

#[test]
fn a_bare_name_is_nobody_elses() {
    let (ids, links) =
        link(&[Report::new("Liu Yanhong", CENTRE, "2021-01-01"), Report::new("Liu Yanhong", CENTRE, "2021-01-02")]);
    assert_eq!(ids, ["person:liu-yanhong#d0", "person:liu-yanhong#d1"]);
    assert_eq!(asked(&links)[0].1, "same name, but nothing else is said of one of them");
}

#[test]
fn listed_persons_who_may_be_meant_are_shown_with_what_is_missing() {
    let candidate = Candidate {
        key: "person:liu-yanhong".into(),
        name: "Liu Yanhong".into(),
        name_zh: "刘艳红".into(),
        wikidata: "Q1".into(),
        about: "刘艳红: Governor, Lanshan 2010-2012".into(),
        why: "posts there, but not at that time".into(),
    };
    let report = || Report { candidates: vec![candidate.clone()], ..Report::new("Liu Yanhong", CITY, "2021-01-01") };
    let (ids, links) = link(&[report()]);
    assert_eq!(ids, ["person:liu-yanhong@110100"]);
    let why = "a listed person has this name, but posts there, but not at that time";
    assert_eq!(asked(&links), [("apart", why, "person:liu-yanhong@110100", "person:liu-yanhong")]);
    let (ids, links) =
        link_with(&[report()], &decisions(&[("person:liu-yanhong@110100", "person:liu-yanhong", "same")]));
    assert_eq!(ids, ["person:liu-yanhong"]);
    let listed = Some(["Liu Yanhong", "刘艳红", "Q1"].map(String::from));
    assert_eq!(links.persons[&ids[0]], Linked { documents: 1, evidence: "listed; decision".into(), listed });
    assert_eq!(asked(&links), []);
}

#[test]
fn decisions_join_and_part_and_the_question_is_gone() {
    let reports = || {
        [
            Report::new("Liu Yanhong", COUNTY, "2021-01-01").office("director", "Health Bureau", COUNTY),
            Report::new("Liu Yanhong", COUNTY, "2022-01-01").office("county mayor", "Government", COUNTY),
            Report::new("Liu Yanhong", CITY, "2022-01-01"),
        ]
    };
    let (bureau, mayor, city) = (
        "person:liu-yanhong@110102~director-health-bureau",
        "person:liu-yanhong@110102~county-mayor-government",
        "person:liu-yanhong@110100",
    );
    let (ids, links) = link_with(&reports(), &decisions(&[(bureau, mayor, "different"), (mayor, city, "same")]));
    assert_eq!(ids, ["person:liu-yanhong@110102", city, city]);
    assert_eq!(asked(&links), []);
    assert!(links.unused.is_empty());
}

#[test]
fn a_key_without_office_means_all_of_the_name_in_the_place() {
    let reports = [
        Report::new("Liu Yanhong", COUNTY, "2010-01-01").office("director", "Health Bureau", COUNTY),
        Report::new("Liu Yanhong", COUNTY, "2022-01-01").office("county mayor", "Government", COUNTY),
        Report::new("Liu Yanhong", CITY, "2022-01-01"),
    ];
    let rows =
        [("person:liu-yanhong@110102", "person:liu-yanhong@110100", "same"), ("person:a@1", "person:b@2", "same")];
    let (ids, links) = link_with(&reports, &decisions(&rows));
    assert_eq!(ids, ["person:liu-yanhong@110100"; 3]);
    assert_eq!(links.unused, [3]);
}

#[test]
fn names_that_differ_by_a_letter_in_one_office_are_asked() {
    let (ids, links) = link(&[
        Report::new("Liu Yanhong", COUNTY, "2021-01-01").office("secretary", "Party Committee", COUNTY),
        Report::new("Liu Yanghong", COUNTY, "2021-02-01").office("secretary", "Party Committee", COUNTY),
    ]);
    assert_ne!(ids[0], ids[1]);
    assert_eq!(asked(&links)[0].1, "same office and place, and the names differ by one letter");
}

#[test]
fn a_name_run_together_is_asked_about() {
    let fused = Report { form: NameForm::Other, ..Report::new("Liuyanhong", COUNTY, "2021-02-01") };
    let (ids, links) = link(&[Report::new("Liu Yanhong", COUNTY, "2021-01-01"), fused]);
    assert_eq!(ids, ["person:liu-yanhong@110102", "person:liuyanhong@110102"]);
    let why = "same name and place, but written in another way";
    assert_eq!(asked(&links), [("apart", why, ids[0].as_str(), ids[1].as_str())]);
}
