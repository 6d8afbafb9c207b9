//! Tests of the tables as a whole: one invented document with everything that an extraction can hold.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::{Run, RunRecord, Settings, Totals, document_block, problem_block};
use crate::gazetteer::FileHash;
use crate::model::{
    Document, Entity, EntityId, Evidence, Extraction, Label, Level, Meeting, Mention, MentionId, Node, Participation,
    Place, Position, Profile, Relation, Role, SloganUse, Span, Speaker,
};
use crate::read::{self, Problem};
use crate::store::{Block, content_hash};

const TEXT: &str = "榆县 “news”:\nMayor Ann Oak opened the Elm reading day and praised the “five books”.";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn proof(words: &str) -> Evidence {
    Evidence { sentence: 1, span: span(words), support: Span::new(0, TEXT.len()), rule: "rule/1".into() }
}

fn entity(key: &str, kind: &'static str, name: &str) -> Entity {
    Entity { key: key.into(), kind, name: name.into(), ..Entity::default() }
}

fn mention(label: Label, words: &str, entity: Option<usize>) -> Mention {
    let entity = entity.map(EntityId);
    Mention { label, span: span(words), sentence: 1, entity, canonical: String::new(), rule: "find/1".into() }
}

fn elm() -> Place {
    Place { path: "Northia/Elm".into(), code: "990001".into(), level: Some(Level::County) }
}

fn slogan(speaker: Speaker, meeting: Option<usize>) -> SloganUse {
    SloganUse {
        mention: MentionId(2),
        slogan: "Five Books".into(),
        slogan_zh: "五书".into(),
        kind: "numbered".into(),
        quoted: true,
        speaker,
        stance: "praise".into(),
        meeting,
        evidence: proof("praised"),
    }
}

fn meeting() -> Meeting {
    Meeting {
        mention: None,
        name: "Elm reading day".into(),
        kind: "ceremony".into(),
        ordinal: "3".into(),
        organizer: String::new(),
        region: elm(),
        start_date: "1999-05-01".into(),
        end_date: String::new(),
        place: String::new(),
        reported: true,
        evidence: proof("Elm reading day"),
    }
}

fn position() -> Position {
    Position {
        person: EntityId(0),
        title: MentionId(0),
        wording: "Mayor".into(),
        role: "mayor".into(),
        organization: String::new(),
        region: elm(),
        status: "",
        observed: "1999-05-01".into(),
        evidence: proof("Mayor Ann Oak"),
    }
}

fn participation(role: Role, list_order: usize) -> Participation {
    let (title, evidence) = ("Mayor".into(), proof("Ann Oak opened"));
    Participation { meeting: 0, person: EntityId(0), role, list_order, title, evidence }
}

fn relation(subject: Node, predicate: &'static str, object: Node) -> Relation {
    Relation { subject, predicate, object, evidence: proof("opened") }
}

fn extraction() -> Extraction {
    let published = "1999-05-02".into();
    Extraction {
        profile: Profile {
            published,
            language: "en".into(),
            characters: 81,
            sentences: 2,
            region: elm(),
            ..Profile::default()
        },
        entities: vec![entity("per:oak", "PERSON", "Ann Oak"), entity("slo:books", "SLOGAN", "Five Books")],
        mentions: vec![
            mention(Label::Title, "Mayor", None),
            mention(Label::Person, "Ann Oak", Some(0)),
            mention(Label::Slogan, "five books", Some(1)),
        ],
        positions: vec![position()],
        meetings: vec![meeting()],
        participations: vec![participation(Role::Presided, 0), participation(Role::Spoke, 2)],
        slogans: vec![
            slogan(Speaker::Person(EntityId(0)), Some(0)),
            slogan(Speaker::Meeting(Some(0)), None),
            slogan(Speaker::Meeting(None), None),
            slogan(Speaker::Document, None),
        ],
        relations: vec![
            relation(Node::Entity(EntityId(0)), "presided", Node::Meeting(0)),
            relation(Node::Document, "names", Node::Mention(MentionId(0))),
        ],
    }
}

fn document(id: &str) -> Document {
    Document { id: id.into(), source: "in/a, b.txt".into(), text: TEXT.into(), ..Document::default() }
}

/// The blocks of these documents, in this order.
fn blocks(documents: &[(Document, Extraction)]) -> Vec<Block> {
    let block = |(file, (document, extraction)): (u64, &(Document, Extraction))| {
        let position = read::Position { file, record: 0 };
        document_block(position, content_hash(document), document, extraction).unwrap()
    };
    (0..).zip(documents).map(block).collect()
}

fn finish(run: Run, record: &RunRecord) -> Totals {
    run.finish(record, &|_| (), &|| 0.5).unwrap()
}

fn run(folder: &Path) -> Totals {
    let run = Run::open(folder, Settings::default()).unwrap();
    run.push(&blocks(&[(document("d1"), extraction())])).unwrap();
    let problem =
        Problem { source: "in/c.txt".into(), record: String::new(), problem: "empty".into(), detail: "no text".into() };
    let mut second = blocks(&[(document("d2"), Extraction::default())]).remove(0);
    second.position.file = 2;
    run.push(&[problem_block(read::Position { file: 1, record: 0 }, &problem).unwrap(), second]).unwrap();
    let hash = FileHash { file: "people.csv".into(), sha256: "00ff".into() };
    let record = RunRecord { options: json!({"paths": ["in"]}), gazetteers: vec![hash], started: "S".into() };
    finish(run, &record)
}

/// The rows of a table without its header.
fn rows(table: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path());
    let content = fs::read_to_string(folder.path().join(format!("{table}.csv"))).unwrap();
    content.split_once('\n').unwrap().1.to_owned()
}

const EVIDENCE: &str = "榆县 “news”: Mayor Ann Oak opened the Elm reading day and praised the “five books”.";

#[test]
fn documents() {
    let expected = "d1,\"in/a, b.txt\",,,1999-05-02,,,en,81,2,Northia/Elm,990001,county,,\n\
        d2,\"in/a, b.txt\",,,,,,,0,0,,,,d1,\n";
    assert_eq!(rows("documents"), expected);
}

#[test]
fn mentions_count_characters() {
    let expected = "d1-m1,d1,1,TITLE,Mayor,11,16,,,find/1\n\
        d1-m2,d1,1,PERSON,Ann Oak,17,24,per:oak,,find/1\n\
        d1-m3,d1,1,SLOGAN,five books,69,79,slo:books,,find/1\n";
    assert_eq!(rows("mentions"), expected);
    let text: Vec<char> = TEXT.chars().collect();
    assert_eq!(text[69..79].iter().collect::<String>(), "five books");
}

#[test]
fn entities() {
    let expected = "per:oak,PERSON,Ann Oak,,,,1,1,1999-05-02,1999-05-02,\n\
        slo:books,SLOGAN,Five Books,,,,1,1,1999-05-02,1999-05-02,\n";
    assert_eq!(rows("entities"), expected);
}

#[test]
fn positions_and_meetings() {
    let position = "d1,per:oak,Ann Oak,Mayor,mayor,,Northia/Elm,990001,county,,1999-05-01,1,11,24";
    assert_eq!(rows("positions"), format!("{position},{EVIDENCE},rule/1\n"));
    let meeting = "d1-e1,d1,Elm reading day,ceremony,3,,Northia/Elm,990001,county,1999-05-01,,,true,1,36,51";
    assert_eq!(rows("meetings"), format!("{meeting},{EVIDENCE},rule/1\n"));
}

#[test]
fn participation_without_a_list_has_no_order() {
    let row = |role, order| format!("d1-e1,d1,per:oak,Ann Oak,{role},{order},Mayor,1,17,31,{EVIDENCE},rule/1\n");
    assert_eq!(rows("participation"), row("presided", "") + &row("spoke", "2"));
}

#[test]
fn slogans_name_their_speakers() {
    let row = |speaker, meeting| {
        let slogan = "d1,slo:books,Five Books,五书,numbered,five books,true";
        format!("{slogan},{speaker},praise,{meeting},1,69,79,{EVIDENCE},rule/1\n")
    };
    let expected = [
        row("person,per:oak,Ann Oak", "d1-e1"),
        row("meeting,d1-e1,Elm reading day", ""),
        row("meeting,,", ""),
        row("document,d1,", ""),
    ];
    assert_eq!(rows("slogans"), expected.concat());
}

#[test]
fn relations_name_both_ends() {
    let first = format!("d1-r1,d1,per:oak,PERSON,presided,d1-e1,MEETING,1,25,31,{EVIDENCE},rule/1\n");
    let second = format!("d1-r2,d1,d1,DOCUMENT,names,d1-m1,TITLE,1,25,31,{EVIDENCE},rule/1\n");
    assert_eq!(rows("relations"), first + &second);
}

#[test]
fn problems() {
    assert_eq!(rows("problems"), "in/c.txt,,empty,no text\n");
}

#[test]
fn indices_that_lead_nowhere_give_empty_cells() {
    let mut broken = extraction();
    broken.entities.clear();
    broken.mentions.clear();
    let folder = tempfile::tempdir().unwrap();
    let run = Run::open(folder.path(), Settings::default()).unwrap();
    run.push(&blocks(&[(Document { id: "d".into(), ..Document::default() }, broken)])).unwrap();
    finish(run, &RunRecord::default());
    let slogans = fs::read_to_string(folder.path().join("slogans.csv")).unwrap();
    let row = "d,,Five Books,五书,numbered,,true,person,,,praise,d-e1,1,0,0,,rule/1";
    assert_eq!(slogans.lines().nth(1), Some(row));
}

#[test]
fn the_record_tells_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let totals = run(folder.path());
    assert_eq!((totals.rows("documents"), totals.rows("nothing"), totals.facts()), (2, 0, 8));
    let one = |kind: &str, name: &str| (kind.to_owned(), vec![(name.to_owned(), 1)]);
    let frequent = [one("PERSON", "Ann Oak"), one("SLOGAN", "Five Books")];
    assert_eq!(totals.frequent, frequent);
    let record = fs::read_to_string(folder.path().join("run.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    let expected = json!({
        "program": "tifa",
        "version": env!("CARGO_PKG_VERSION"),
        "options": {"paths": ["in"]},
        "gazetteers": [{"file": "people.csv", "sha256": "00ff"}],
        "decisions": null,
        "documents": 2,
        "problems": 1,
        "rows": {
            "documents": 2, "mentions": 3, "entities": 2, "positions": 1, "meetings": 1, "participation": 2,
            "slogans": 4, "relations": 2, "problems": 1, "ambiguous": 0,
        },
        "duplicates_left_out": 0,
        "messages": [],
        "files": [
            "documents.csv", "mentions.csv", "entities.csv", "positions.csv", "meetings.csv", "participation.csv",
            "slogans.csv", "relations.csv", "problems.csv", "ambiguous.csv", "datapackage.json", "run.json",
        ],
        "time": {"start": "S", "seconds": 0.5},
    });
    assert_eq!(record, expected);
}

#[test]
fn a_folder_holds_the_tables_and_nothing_else_new() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("README.md"), "mine").unwrap();
    run(folder.path());
    run(folder.path());
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let expected = "README.md ambiguous.csv datapackage.json documents.csv entities.csv meetings.csv mentions.csv \
        participation.csv positions.csv problems.csv relations.csv run.json slogans.csv";
    assert_eq!(names.join(" "), expected);
    assert_eq!(fs::read_to_string(folder.path().join("README.md")).unwrap(), "mine");
}
