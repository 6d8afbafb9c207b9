//! The command as its users meet it: arguments, exit codes, messages, files. All documents are invented.

mod gazetteer;
mod harvest;
mod runs;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use tempfile::TempDir;

const REPORT: &str = "Elm County holds a reading day\n\n\
    On May 1, 2020, Li Hua, secretary of the Elm County Party Committee, stressed the \u{201C}two establishments\u{201D}.\n";

/// A temporary folder to run in.
struct House(TempDir);

impl House {
    /// With these files, each made with the folders above it.
    fn with(files: &[(&str, &[u8])]) -> Self {
        let house = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(name, content)| house.write(name, content));
        house
    }

    fn write(&self, name: &str, content: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// `tifa` with these arguments, separated by spaces.
    fn tifa(&self, arguments: &str) -> Command {
        let mut command = cargo_bin_cmd!("tifa");
        command.current_dir(self.0.path()).args(arguments.split(' ').filter(|argument| !argument.is_empty()));
        command
    }

    /// The column of a table, cell by cell; no cell of these tests is quoted.
    fn column(&self, table: &str, column: usize) -> Vec<String> {
        let cell = |line: &str| line.split(',').nth(column).unwrap().to_owned();
        self.read(table).lines().skip(1).map(cell).collect()
    }
}

/// All files of a folder but `run.json`, which holds the time.
fn tables(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()));
    files.filter(|(name, _)| name != "run.json").collect()
}

fn stderr(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stderr).unwrap()
}

#[test]
fn help_shows_commands_examples_and_exit_codes() {
    let house = House::with(&[]);
    let help = house.tifa("--help").assert().code(0).stderr("").get_output().stdout.clone();
    let help = String::from_utf8(help).unwrap();
    let first = "Turns Chinese official news in English into tables: persons, offices, meetings, slogans and who did";
    assert!(help.starts_with(first), "{help}");
    for part in [
        "Usage: tifa <COMMAND>",
        "  extract ",
        "  score ",
        "  gazetteer ",
        "  harvest ",
        "\n  tifa extract news -o tables ",
        "\nExit codes: 0 ",
    ] {
        assert!(help.contains(part), "{part:?} is not in\n{help}");
    }
    let version = concat!("tifa ", env!("CARGO_PKG_VERSION"), "\n");
    house.tifa("--version").assert().code(0).stdout(version).stderr("");
}

#[test]
fn help_of_a_command_names_its_options() {
    let house = House::with(&[]);
    let help = |command: &str| {
        let output = house.tifa(command).arg("--help").assert().code(0).get_output().stdout.clone();
        String::from_utf8(output).unwrap()
    };
    let (extract, score) = (help("extract"), help("score"));
    for option in
        ["-o, --output <DIR>", "--gazetteers <DIR>", "--threads <N>", "-q, --quiet", "--force", "[default: data]"]
    {
        assert!(extract.contains(option), "{option:?} is not in\n{extract}");
    }
    for option in ["<GOLD> <OUTPUT>", "--texts <DIR>", "--errors <N>", "--json"] {
        assert!(score.contains(option), "{option:?} is not in\n{score}");
    }
}

#[test]
fn bad_arguments_end_with_2() {
    let house = House::with(&[]);
    for arguments in ["", "extrakt", "extract --threads many", "extract --depth 2", "score gold", "gazetteer"] {
        house.tifa(arguments).assert().code(2).stdout("");
    }
}

#[test]
fn without_arguments_data_is_read_and_output_is_written() {
    let house = House::with(&[
        ("data/b.txt", REPORT.as_bytes()),
        ("data/a/c.txt", "\u{FEFF}Ash Town sang.\r\n".as_bytes()),
        ("data/README.pdf", b"Not read."),
        ("data/.d.txt", b"Not read."),
    ]);
    let done = house.tifa("extract").assert().code(0).stdout("");
    let said = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert!(said.starts_with("2 documents (0.0 MB) in "), "{said}");
    assert!(said.contains(", 0 problems\n") && said.ends_with("\ntables in output\n"), "{said}");
    assert_eq!(house.column("output/documents.csv", 1), ["data/a/c.txt", "data/b.txt"]);
    let length = REPORT.chars().count().to_string();
    assert_eq!(house.column("output/documents.csv", 8), ["16", length.as_str()]);
    assert_eq!(house.read("output/problems.csv"), "source,record,problem,detail\n");
}

#[test]
fn run_json_records_the_run() {
    let house = House::with(&[("in/a.txt", REPORT.as_bytes())]);
    house.tifa("extract in -o out --threads 2 --quiet").assert().code(0).stdout("").stderr("");
    let run: serde_json::Value = serde_json::from_str(&house.read("out/run.json")).unwrap();
    let options = &run["options"];
    assert_eq!((&options["input"]["paths"][0], &options["output"]), (&"in".into(), &"out".into()));
    assert_eq!((&options["threads"], &options["format"][0]), (&2.into(), &"csv".into()));
    assert_eq!((&run["program"], &run["version"]), (&"tifa".into(), &env!("CARGO_PKG_VERSION").into()));
    assert_eq!((&run["documents"], &run["problems"]), (&1.into(), &0.into()));
    assert_eq!(run["gazetteers"][0]["sha256"].as_str().map(str::is_empty), Some(false));
    assert!(run["time"]["seconds"].is_f64());
    let start = run["time"]["start"].as_str().unwrap();
    assert_eq!((start.len(), &start[10..11], &start[19..]), (20, "T", "Z"));
}

#[test]
fn a_missing_path_alone_ends_with_2_and_writes_nothing() {
    let house = House::with(&[]);
    let message = "tifa: nowhere: no such file or folder; check the path\n";
    house.tifa("extract nowhere -o out").assert().code(2).stdout("").stderr(message);
    assert!(!house.path("out").exists());
}

#[test]
fn a_missing_path_beside_another_ends_with_1() {
    let house = House::with(&[("a.txt", REPORT.as_bytes())]);
    let message = "tifa: nowhere: no such file or folder; check the path\n";
    house.tifa("extract nowhere a.txt -o out --quiet").assert().code(1).stdout("").stderr(message);
    assert_eq!(house.column("out/documents.csv", 1), ["a.txt"]);
    let problem = "nowhere,,missing,no such file or folder; check the path\n";
    assert_eq!(house.read("out/problems.csv"), format!("source,record,problem,detail\n{problem}"));
}

#[test]
fn a_folder_without_texts_ends_with_2() {
    let house = House::with(&[("in/README.pdf", b"Not read.")]);
    let message = "tifa: in: no file to read in this folder; tifa reads .txt .md .html .csv .tsv .jsonl .json .parquet .warc, \
        each also .gz or .zst, .zip and .tar\n";
    house.tifa("extract in").assert().code(2).stdout("").stderr(message);
}

#[test]
fn files_that_cannot_be_used_are_problems() {
    let house = House::with(&[
        ("in/a.json", b"Ash Town"),
        ("in/b.txt", b""),
        ("in/c.txt", b"\xEF\xBB\xBF \r\n"),
        ("in/d.txt", REPORT.as_bytes()),
    ]);
    house.tifa("extract in -o out").assert().code(1).stdout("");
    let empty = "empty,it holds no text; remove it or fetch it again";
    let bytes = "invalid_json,not read as JSON: it begins with neither a bracket nor a brace; mend it or leave it out";
    let expected = format!("source,record,problem,detail\nin/a.json,,{bytes}\nin/b.txt,,{empty}\nin/c.txt,,{empty}\n");
    assert_eq!(house.read("out/problems.csv"), expected);
    assert_eq!(house.column("out/documents.csv", 1), ["in/d.txt"]);
}

#[test]
fn many_problems_are_not_all_shown() {
    let house = House::with(&[("a.txt", REPORT.as_bytes())]);
    let mut command = house.tifa("extract a.txt -o out --quiet 1 2 3 4 5 6 7");
    let shown = |n: u32| format!("tifa: {n}: no such file or folder; check the path\n");
    let problems = Path::new("out").join("problems.csv");
    let expected: String = (1..=5).map(shown).collect();
    assert_eq!(stderr(&mut command), format!("{expected}tifa: 2 more in {}\n", problems.display()));
    assert_eq!(house.column("out/problems.csv", 0), ["1", "2", "3", "4", "5", "6", "7"]);
}

#[test]
fn the_number_of_threads_does_not_show() {
    let house = House::with(&[]);
    for n in 0..300 {
        let text = format!("{REPORT}{} Li Hua came {n} times.\n", "提法 ".repeat(n % 7));
        house.write(&format!("in/{}/{n:03}.txt", n % 3), text.as_bytes());
    }
    house.write("in/1/bad.txt", b" ");
    for threads in ["1", "4"] {
        house.tifa("extract in --quiet").args(["--threads", threads, "-o", threads]).assert().code(1);
    }
    let one = tables(&house.path("1"));
    assert_eq!(one.len(), 11);
    assert_eq!(house.column("1/documents.csv", 1).len(), 300);
    assert!(one == tables(&house.path("4")), "the tables differ");
}

#[test]
fn the_shipped_reports_give_the_same_bytes_every_time() {
    let house = House::with(&[]);
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for threads in ["1", "2", "3"] {
        let mut command = house.tifa("extract --quiet");
        command.arg(&data).args(["--threads", threads, "-o", threads]).assert().code(0).stderr("");
    }
    let first = tables(&house.path("1"));
    assert!(first == tables(&house.path("2")) && first == tables(&house.path("3")), "the tables differ");
}

#[test]
fn one_file_under_two_roots_keeps_its_rows_apart() {
    let house = House::with(&[("x/a.txt", REPORT.as_bytes()), ("y/a.txt", REPORT.as_bytes())]);
    house.tifa("extract y x -o out --quiet").assert().code(0);
    assert_eq!(house.column("out/documents.csv", 1), ["y/a.txt", "x/a.txt"]);
    let ids = house.column("out/documents.csv", 0);
    assert_eq!((ids[0].len(), &ids[1]), (12, &format!("{}-2", ids[0])));
    assert_eq!(house.column("out/documents.csv", 13), ["", ids[0].as_str()]);
}

#[test]
fn a_foreign_folder_is_refused_without_force() {
    let house = House::with(&[("a.txt", REPORT.as_bytes()), ("out/entities.csv", b"mine"), ("out/notes.txt", b"mine")]);
    let message = format!(
        "tifa: {}: this file was not written by tifa and would be lost; write to another folder, or overwrite it with \
         --force\n",
        Path::new("out").join("entities.csv").display()
    );
    house.tifa("extract a.txt -o out").assert().code(2).stdout("").stderr(message);
    assert_eq!(tables(&house.path("out")).len(), 2);
    assert_eq!(house.read("out/entities.csv"), "mine");
    house.tifa("extract a.txt -o out --quiet --force").assert().code(0).stderr("");
    assert!(house.read("out/entities.csv").starts_with("entity_id,type,"));
    house.tifa("extract a.txt -o out --quiet").assert().code(0).stderr("");
    assert_eq!(house.read("out/notes.txt"), "mine");
}

#[test]
fn an_output_that_is_a_file_ends_with_2() {
    let house = House::with(&[("a.txt", REPORT.as_bytes()), ("out", b"mine")]);
    let mut command = house.tifa("extract a.txt -o out");
    command.assert().code(2).stdout("");
    let said = stderr(&mut command);
    assert!(said.starts_with("tifa: out: "), "{said}");
    assert_eq!(house.read("out"), "mine");
}

#[test]
fn a_bad_gazetteer_row_is_named_by_file_and_line() {
    let house =
        House::with(&[("a.txt", REPORT.as_bytes()), ("mine/lexicon.csv", b"text,class,value,note\nthe,article,,\n")]);
    let mut command = house.tifa("extract a.txt --gazetteers mine -o out");
    command.assert().code(2).stdout("");
    let place = Path::new("mine").join("lexicon.csv");
    let start = format!("tifa: the gazetteers cannot be used: 1 fault\n  {}:2: ", place.display());
    let said = stderr(&mut command);
    assert!(said.starts_with(&start), "{said}");
    assert!(!house.path("out").exists());
}

#[test]
fn a_missing_gazetteer_folder_ends_with_2() {
    let house = House::with(&[("a.txt", REPORT.as_bytes())]);
    let mut command = house.tifa("extract a.txt --gazetteers nowhere");
    command.assert().code(2).stdout("");
    let said = stderr(&mut command);
    assert!(said.starts_with("tifa: nowhere: ") && said.ends_with("may be read\n"), "{said}");
}

/// Gold for two names, and the tables of a run that found one of them.
fn scored() -> House {
    House::with(&[
        ("texts/a.txt", b"Li Hua met Bo Ash."),
        ("gold/a.gold", b"PERSON\tLi Hua\nPERSON\tBo Ash\n"),
        ("out/documents.csv", b"doc_id,source\nd1,texts/a.txt\n"),
        ("out/mentions.csv", b"doc_id,type,start,end,canonical\nd1,PERSON,0,6,\n"),
    ])
}

#[test]
fn score_prints_a_report() {
    let house = scored();
    let done = house.tifa("score gold out --errors 3").assert().code(0).stderr("");
    let report = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    let row = report.lines().find(|line| line.starts_with("PERSON ")).unwrap();
    assert_eq!(row.split_whitespace().collect::<Vec<_>>(), ["PERSON", "1.000", "0.500", "0.667", "2", "1", "0.667"]);
    assert_eq!(report.lines().last(), Some("PERSON missed: a: 'Bo Ash' @11"));
}

#[test]
fn score_writes_json() {
    let house = scored();
    let done = house.tifa("score gold out --texts texts --json").assert().code(0).stderr("");
    let report: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
    assert_eq!((&report["rows"]["PERSON"]["gold"], &report["rows"]["PERSON"]["pred"]), (&2.into(), &1.into()));
    assert_eq!(report["warnings"], serde_json::json!([]));
}

#[test]
fn score_without_gold_ends_with_2() {
    let house = House::with(&[("out/documents.csv", b"doc_id,source\n"), ("gold/README.md", b"none")]);
    let message = "tifa: no *.gold file in gold; give the folder that holds the gold files\n";
    house.tifa("score gold out").assert().code(2).stdout("").stderr(message);
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let house = scored();
    let program = house.tifa("").get_program().to_owned();
    let mut command = std::process::Command::new(program);
    command.current_dir(house.0.path()).args(["score", "gold", "out"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

/// Three reports in which a name stands for one official, perhaps for two.
fn reports() -> House {
    let county = "Fumeng County\n\nTime: 2021-05-01\n\nOn May 1, 2021, Li Huaming, secretary of the Fumeng County Party Committee, presided over a \
        meeting of the County Party Committee.\n";
    let mayor = "Fumeng County\n\nTime: 2021-06-02\n\nOn June 2, 2021, Li Huaming, county mayor of Fumeng County, inspected Fumeng County.\n";
    let city = "Fuxin City\n\nTime: 2021-07-03\n\nOn July 3, 2021, the Fuxin Municipal Party Committee held a work conference in Fuxin City. Li \
        Huaming attended.\n";
    House::with(&[("in/1.txt", county.as_bytes()), ("in/2.txt", mayor.as_bytes()), ("in/3.txt", city.as_bytes())])
}

#[test]
fn a_person_of_several_documents_is_one_entity_and_questions_are_written_down() {
    let house = reports();
    house.tifa("extract in -o out -q").assert().success();
    let persons = |table: &str| -> Vec<String> {
        let rows = house.read(table);
        rows.lines().filter(|line| line.contains(",PERSON,")).map(|line| line.to_owned()).collect()
    };
    let expected = [
        "person:li-huaming@210921,PERSON,Li Huaming,,,,2,2,2021-05-01,2021-06-02,place",
        "person:li-huaming@210900,PERSON,Li Huaming,,,,1,1,2021-07-03,2021-07-03,",
    ];
    assert_eq!(persons("out/entities.csv"), expected);
    let ids = house.column("out/positions.csv", 1);
    assert_eq!(ids, ["person:li-huaming@210921"; 2]);
    let secretary = "person:li-huaming@210921~secretary-party-committee";
    let mayor = "person:li-huaming@210921~county-mayor-government";
    let joined: Vec<String> = house.read("out/ambiguous.csv").lines().skip(1).map(str::to_owned).collect();
    assert_eq!(joined.len(), 2, "{joined:?}");
    assert!(joined[0].contains(",joined,") && joined[0].contains(secretary) && joined[0].contains(mayor), "{joined:?}");
    assert!(joined[1].contains(",apart,") && joined[1].contains("person:li-huaming@210900"), "{joined:?}");
}

#[test]
fn decisions_are_obeyed_by_later_runs() {
    let house = reports();
    let decided = "a,b,decision\n\
        person:li-huaming@210921~secretary-party-committee,person:li-huaming@210921~county-mayor-government,different\n\
        person:li-huaming@210921~county-mayor-government,person:li-huaming@210900,same\n\
        person:nobody@1,person:nobody@2,same\n";
    house.write("decided.csv", decided.as_bytes());
    house.tifa("extract in -o out -q --decisions decided.csv").assert().success();
    let ids = house.column("out/positions.csv", 1);
    assert_eq!(ids, ["person:li-huaming@210921", "person:li-huaming@210900"]);
    assert_eq!(house.read("out/ambiguous.csv").lines().count(), 1);
    let run: serde_json::Value = serde_json::from_str(&house.read("out/run.json")).unwrap();
    assert_eq!(run["decisions"]["rows"], 3);
    assert_eq!(run["decisions"]["unused_lines"], serde_json::json!([4]));
}

#[test]
fn decisions_that_cannot_be_used_end_the_run_before_anything_is_written() {
    let house = reports();
    house.write("decided.csv", b"a,b,decision\np1,p2,perhaps\n");
    let mut command = house.tifa("extract in -o out -q --decisions decided.csv");
    command.assert().code(2);
    let said = stderr(&mut command);
    let expected = "tifa: the decisions cannot be used: 1 fault\n  decided.csv:2: column `decision`: `perhaps` is neither \
                    `same` nor `different`\n";
    assert_eq!(said, expected);
    assert!(!house.path("out").exists());
}
