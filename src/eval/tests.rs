//! Tests of scoring as a whole, over small invented runs in a temporary folder.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{Report, Score, score};

const TEXT: &str = "\u{FEFF}Mayor Ann Oak of Elm County opened the Elm reading day on May 1. \
    \"Read the five books,\" said Ann Oak. Bo Ash attended.\n";

const GOLD: &str = "# An invented report.
PERSON\tAnn Oak
PERSON\tBo Ash
TITLE\tMayor
ORG\tElm Library
REGION\tElm County
REGION\tElm
SLOGAN\tfive books\tzh=五书
DATE\tMay 1\tvalue=1999-05-01
ALIAS\tAnn Oak\tA. Oak
DOC\tlevel=county\tregion=Northia/Elm County
POSITION\tperson=Ann Oak\ttitle=the Mayor\tregion=Elm
EVENT\tname=Elm reading day\tkind=ceremony\tdate=1999-05-01\tplace=????
PART\tperson=Ann Oak\trole=spoke
PART\tperson=Bo Ash\trole=attended
USE\tzh=五书\tspeaker=A. Oak
";

const TABLES: [(&str, &str); 6] = [
    ("documents.csv", "doc_id,source,level,region,characters\nd1,SOURCE,county,Northia/Oxford County,119\n"),
    (
        "mentions.csv",
        "doc_id,type,start,end,canonical\nd1,PERSON,6,13,\nd1,PERSON,93,100,\nd1,PERSON,102,104,\nd1,TITLE,0,5,\n\
         d1,REGION,17,27,\nd1,REGION,39,42,\nd1,SLOGAN,75,85,\nd1,DATE,58,63,1999-05-02\nd2,PERSON,0,1,\n",
    ),
    ("positions.csv", "doc_id,person,title,region\nd1,A Oak,Mayor,Elm County\nd1,Bo Ash,Reader,\n"),
    (
        "meetings.csv",
        "meeting_id,doc_id,name,kind,start_date,end_date,reported\nm1,d1,library day,other,,,true\n\
         m2,d1,Reading Day,ceremony,1999-05-01,1999-05-01,true\nm3,d1,book fair,other,,,false\n",
    ),
    ("participation.csv", "meeting_id,doc_id,person,role\nm2,d1,Ann Oak,spoke\nm3,d1,Bo Ash,attended\n"),
    (
        "slogans.csv",
        "doc_id,slogan_zh,speaker_type,speaker,start,end\nd1,五书,person,Ann Oak,75,85\nd1,,meeting,,0,5\n",
    ),
];

/// A folder with gold, texts and tables of one run.
struct Run(TempDir);

impl Run {
    fn new() -> Self {
        let run = Self(tempfile::tempdir().unwrap());
        let source = run.path("texts/elm.txt");
        run.write("gold/elm.gold", GOLD);
        run.write("texts/elm.txt", TEXT);
        for (table, content) in TABLES {
            run.write(&format!("output/{table}"), &content.replace("SOURCE", &source.to_string_lossy()));
        }
        run
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, content: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn score(&self, with_texts: bool) -> Result<Report, String> {
        let texts = self.path("texts");
        let texts = with_texts.then_some(texts.as_path());
        score(&self.path("gold"), texts, &self.path("output")).map_err(|error| error.to_string())
    }

    /// The error of scoring, the folder of the run written as `RUN`.
    fn error(&self) -> String {
        self.score(true).unwrap_err().replace(&*self.0.path().to_string_lossy(), "RUN")
    }
}

fn row(report: &Report, name: &str) -> Score {
    report.rows.iter().find(|(row, _)| row == name).unwrap().1
}

#[test]
fn a_run_is_scored_to_the_digit() {
    let report = Run::new().score(true).unwrap();
    let expected = "\
warning: elm.gold:5: ORG 'Elm Library' does not occur in the text
                        P      R     F1   gold   pred  relaxed F1
PERSON              0.667  0.667  0.667      3      3   0.667
TITLE               1.000  1.000  1.000      1      1   1.000
ORG                 1.000  1.000  1.000      0      0   1.000
REGION              1.000  1.000  1.000      2      2   1.000
MEETING             1.000  1.000  1.000      0      0   1.000
SLOGAN              1.000  1.000  1.000      1      1   1.000
DATE                1.000  1.000  1.000      1      1   1.000
position            0.500  1.000  0.667      1      2
position+region     1.000  1.000  1.000      1      1
participation       1.000  0.500  0.667      2      1
slogan use          1.000  1.000  1.000      1      1
meeting             0.500  1.000  0.667      1      2
mentions (micro)    0.875  0.875  0.875      8      8
facts (micro)       0.714  0.833  0.769      6      7
slogan_zh          accuracy 1.000 of 1
date_value         accuracy 0.000 of 1
meeting_date       accuracy 1.000 of 1
meeting_kind       accuracy 1.000 of 1
doc_level          accuracy 1.000 of 1
doc_region         accuracy 0.000 of 1
PERSON missed: elm: 'Bo Ash' @102
PERSON wrong: elm: 'Bo' @102
position wrong: elm: ('boash', 'reader')
participation missed: elm: ('boash', 'attended')
meeting wrong: elm: library day
";
    assert_eq!(report.to_text(5), expected);
}

#[test]
fn texts_are_found_through_the_documents_table() {
    let run = Run::new();
    assert_eq!(run.score(false), run.score(true));
}

#[test]
fn a_source_of_another_length_is_told() {
    let run = Run::new();
    run.write("texts/elm.txt", &TEXT.replace('\n', ""));
    let report = run.score(false).unwrap();
    assert_eq!(report.warnings.len(), 2);
    assert!(report.warnings[0].starts_with("elm: the run read 119 characters, "));
    assert!(report.warnings[0].ends_with("elm.txt has 118; give the folder of the texts as the run read them"));
}

#[test]
fn an_unknown_document_is_wholly_missed() {
    let run = Run::new();
    run.write("gold/ash.gold", "PERSON\tBo Ash\nPART\tperson=Bo Ash\trole=spoke\n");
    let without_text = run.score(false).unwrap();
    assert_eq!(
        without_text.warnings[..2],
        ["ash: no text found, so that its gold mentions could not be counted", "ash: no row in documents.csv"]
    );
    assert_eq!((row(&without_text, "PERSON").gold, row(&without_text, "participation").gold), (3, 3));
    run.write("texts/ash.txt", "Bo Ash spoke.");
    let beside = run.score(false).unwrap();
    assert_eq!(beside.warnings[0], "ash: no row in documents.csv");
    assert_eq!((row(&beside, "PERSON").gold, row(&beside, "participation").gold), (4, 3));
    assert_eq!(Ok(beside), run.score(true));
}

#[test]
fn missing_tables_are_empty() {
    let run = Run::new();
    for (table, _) in TABLES {
        fs::remove_file(run.path("output").join(table)).unwrap();
    }
    let report = run.score(true).unwrap();
    assert_eq!(report.warnings[1], "elm: no row in documents.csv");
    let facts = row(&report, "facts (micro)");
    assert_eq!((facts.precision, facts.recall, facts.gold, facts.predicted), (0.0, 0.0, 6, 0));
}

#[test]
fn an_event_without_a_name_takes_the_first_meeting() {
    let run = Run::new();
    run.write("gold/elm.gold", "EVENT\tkind=other\nEVENT\tname=a b c d\tregion=Elm\nEVENT\tname=day of reading day\n");
    let report = run.score(true).unwrap();
    let meetings = row(&report, "meeting");
    assert_eq!((meetings.gold, meetings.predicted, meetings.recall), (3, 2, 2.0 / 3.0));
    let accuracies: Vec<_> = report.accuracy.iter().map(|(name, a)| (name.as_str(), a.value, a.gold)).collect();
    assert_eq!(
        accuracies,
        [("slogan_zh", 1.0, 0), ("date_value", 1.0, 0), ("meeting_kind", 1.0, 1), ("meeting_region", 0.0, 1)]
    );
}

#[test]
fn errors_say_what_where_and_what_to_do() {
    let run = Run::new();
    run.write("output/slogans.csv", "doc_id,slogan_zh,speaker_type,speaker,start,end\nd1,x,meeting,,one,2\n");
    let error = run.error();
    assert!(error.starts_with("RUN/output/slogans.csv:2: CSV deserialize error"), "{error}");
    assert!(error.ends_with("; write the tables anew with this version of the program"), "{error}");
    run.write("output/positions.csv", "doc_id,person\nd1,x\n");
    assert!(run.error().contains("missing field `title`"));
    fs::remove_file(run.path("texts/elm.txt")).unwrap();
    run.write("output/positions.csv", "");
    run.write("output/slogans.csv", "\u{FEFF}doc_id,slogan_zh,speaker_type,speaker,start,end\n");
    let error = run.error();
    assert!(error.starts_with("cannot read the text RUN/texts/elm.txt: "), "{error}");
    assert!(error.ends_with("; give the folder of the texts, each in UTF-8 and named after its gold file"), "{error}");
    fs::remove_file(run.path("gold/elm.gold")).unwrap();
    assert_eq!(run.error(), "no *.gold file in RUN/gold; give the folder that holds the gold files");
    fs::remove_dir_all(run.path("output")).unwrap();
    run.write("gold/elm.gold", GOLD);
    assert!(run.error().starts_with("cannot read the folder RUN/output: "));
}
