//! Runs that are stopped, killed, cut into parts, listed, or set up in a file. All documents are invented.

use std::io::Write;
use std::process::{Child, Command as Process, Stdio};
use std::thread::sleep;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;

use super::{House, REPORT, stderr, tables};

/// So many reports in folders, some of them reprints.
fn corpus(count: usize) -> House {
    let house = House::with(&[]);
    for n in 0..count {
        let text =
            format!("{REPORT}Wang Min, mayor of Elm City, came {n} times.\n{}", "He spoke of roads. ".repeat(n % 9));
        house.write(&format!("in/{}/{n:04}.txt", n % 3), text.as_bytes());
    }
    house
}

fn start(house: &House, arguments: &str) -> Child {
    let mut command = Process::new(cargo_bin!("tifa"));
    command.current_dir(house.path("")).args(arguments.split(' '));
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn a_killed_run_leaves_no_tables_and_goes_on_to_the_same_bytes() {
    let house = corpus(1500);
    house.tifa("extract in -o whole --quiet").assert().code(0);
    for milliseconds in [40, 100, 160, 5, 220] {
        let mut run = start(&house, "extract in -o out --quiet --resume --threads 1");
        sleep(Duration::from_millis(milliseconds));
        run.kill().unwrap();
        run.wait().unwrap();
        let is_whole = house.path("out/run.json").exists();
        assert!(is_whole || !house.path("out").exists(), "killed after {milliseconds} ms");
    }
    house.tifa("extract in -o out --quiet --resume").assert().code(0);
    assert!(tables(&house.path("out")) == tables(&house.path("whole")), "the tables differ");
    let names: Vec<_> = house.path("").read_dir().unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
}

#[test]
fn an_unfinished_run_is_gone_on_with_or_thrown_away() {
    let house = House::with(&[]);
    house.write("lines.jsonl", "{\"text\": \"Elm Town sang.\"}\n".repeat(5000).as_bytes());
    let mut run = start(&house, "extract - --input-format jsonl -o out --quiet");
    feed(&mut run, &house.read("lines.jsonl"));
    wait_for(&house, "out");
    run.kill().unwrap();
    run.wait().unwrap();
    let copy = |name: &str| {
        let part = house.path(".out.tifa-part");
        let to = house.path(&format!(".{name}.tifa-part"));
        assert!(Process::new("cp").arg("-r").arg(part).arg(to).status().unwrap().success());
    };
    copy("on");
    let on = stderr(&mut house.tifa("extract lines.jsonl -o on --resume"));
    assert!(on.starts_with("tifa: going on: ") && on.contains("5000 documents"), "{on}");
    let anew = stderr(&mut house.tifa("extract lines.jsonl -o out"));
    assert!(
        anew.starts_with("tifa: an unfinished run was thrown away; --resume would have gone on with it\n"),
        "{anew}"
    );
    assert!(tables(&house.path("on")) == tables(&house.path("out")), "the tables differ");
}

/// Gives text to the standard input, which stays open.
fn feed(run: &mut Child, text: &str) {
    run.stdin.as_mut().unwrap().write_all(text.as_bytes()).unwrap();
}

/// Waits until something of the run is kept.
fn wait_for(house: &House, output: &str) {
    let segments = house.path(&format!(".{output}.tifa-part/segments"));
    for _ in 0..600 {
        let is_kept =
            |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().path().extension().is_some_and(|e| e == "seg");
        if segments.read_dir().is_ok_and(|mut entries| entries.any(is_kept)) {
            return;
        }
        sleep(Duration::from_millis(50));
    }
    panic!("nothing was kept within 30 s");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_with_130_and_can_be_gone_on_with() {
    let house = House::with(&[]);
    let lines: String = (0..2000).map(|n| format!("{{\"text\": \"Elm Town sang {n} times.\"}}\n")).collect();
    house.write("lines.jsonl", lines.as_bytes());
    house.tifa("extract lines.jsonl -o whole --quiet").assert().code(0);
    let mut run = start(&house, "extract lines.jsonl - --input-format jsonl -o out --quiet");
    wait_for(&house, "out");
    let id = run.id().to_string();
    assert!(Process::new("kill").args(["-INT", &id]).status().unwrap().success());
    let mut said = String::new();
    std::io::Read::read_to_string(&mut run.stderr.take().unwrap(), &mut said).unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(130), "{said}");
    assert!(said.contains("stopping; what is in work is finished first"), "{said}");
    assert!(said.ends_with("; the same command with --resume goes on\n"), "{said}");
    assert!(!house.path("out").exists());
    let on = stderr(&mut house.tifa("extract lines.jsonl -o out --resume"));
    assert!(on.starts_with("tifa: going on: "), "{on}");
    assert!(tables(&house.path("out")) == tables(&house.path("whole")), "the tables differ");
}

#[test]
fn parts_are_put_together() {
    let house = corpus(40);
    house.write("in/1/blank.txt", b" ");
    house.tifa("extract in -o whole --quiet").assert().code(1);
    for part in ["1/3", "2/3", "3/3"] {
        let done = house.tifa("extract in").args(["--shard", part, "-o", &part.replace('/', "-")]).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(said.ends_with(&format!("part {part} in {}, for `tifa merge`\n", part.replace('/', "-"))), "{said}");
    }
    house.tifa("merge 3-3 1-3 2-3 -o all").assert().code(1).stdout("");
    assert!(tables(&house.path("all")) == tables(&house.path("whole")), "the tables differ");
    let message = "tifa: shard 2/3 is missing; give the folders of all shards\n";
    house.tifa("merge 1-3 3-3 -o other").assert().code(2).stderr(message);
    assert!(!house.path("other").exists());
    house.tifa("extract in --shard 4/3").assert().code(2);
}

#[test]
fn a_dry_run_lists_files_and_writes_nothing() {
    let house =
        House::with(&[("in/a.txt", b"Elm"), ("in/b/c.jsonl", b"{}\n"), ("in/d.pdf", b""), ("in/x.html", b"<p>")]);
    let mut dry = house.tifa("extract in --dry-run --exclude x.*");
    let expected = "text\t3\tin/a.txt\njsonl\t3\tin/b/c.jsonl\n";
    dry.assert().code(0).stdout(expected).stderr("2 files, 6 B, 0 problems; nothing was written\n");
    assert!(!house.path("output").exists());
    house.tifa("extract in nowhere --dry-run").assert().code(1);
}

#[test]
fn settings_of_a_project_stand_in_a_file() {
    let house = House::with(&[("news/a.csv", b"body,day\nElm Town sang.,2020-05-01\n")]);
    house.write(
        "tifa.toml",
        b"paths = ['news']\noutput = 'tables'\ntext-column = 'body'\ndate-column = 'day'\nquiet = true\n",
    );
    house.tifa("extract").assert().code(0).stdout("").stderr("");
    assert_eq!(house.column("tables/documents.csv", 4), ["2020-05-01"]);
    house.tifa("extract -o other").assert().code(0);
    assert!(house.path("other/documents.csv").exists());
    house.write("tifa.toml", b"outptu = 'x'\n");
    let message =
        "tifa: tifa.toml: no option has the name `outptu`; settings have the long names of options, see --help\n";
    house.tifa("extract").assert().code(2).stderr(message);
    house.tifa("gazetteer lookup beijing").assert().code(0);
}

#[test]
fn standard_input_is_read_like_a_file() {
    let house = House::with(&[]);
    house.tifa("extract - -o out --quiet").write_stdin(REPORT).assert().code(0);
    assert_eq!(house.column("out/documents.csv", 1), ["-"]);
    house
        .tifa("extract - -o lines --quiet")
        .write_stdin("{\"text\": \"Elm.\"}\n{\"text\": \"Oak.\"}\n")
        .assert()
        .code(0);
    assert_eq!(house.column("lines/documents.csv", 2), ["1", "2"]);
}

#[test]
fn reprints_can_be_left_out_and_the_summary_tells() {
    let house = House::with(&[("in/a.txt", REPORT.as_bytes()), ("in/b.txt", format!("{REPORT}\n").as_bytes())]);
    let said = stderr(&mut house.tifa("extract in -o out --unique"));
    assert!(said.contains("\n1 reprint left out\n") && said.contains("\nPERSON   Li Hua (1)\n"), "{said}");
    assert_eq!(house.column("out/documents.csv", 1), ["in/a.txt"]);
}

#[test]
fn a_spreadsheet_gets_a_workbook_and_safe_cells() {
    let house = House::with(&[("in/a.csv", b"text,title\nElm Town sang.,=1+1\n")]);
    house.tifa("extract in -o out --excel --format csv,parquet --quiet").assert().code(0);
    assert!(house.read("out/documents.csv").starts_with("\u{FEFF}doc_id,"));
    assert_eq!(house.column("out/documents.csv", 3), ["'=1+1"]);
    assert!(house.path("out/tifa.xlsx").exists() && house.path("out/mentions.parquet").exists());
    house.tifa("extract in -o out --quiet").assert().code(0);
    assert_eq!(tables(&house.path("out")).len(), 11, "files of the earlier run are left");
}

#[test]
fn foreign_files_are_neither_replaced_nor_touched() {
    let house =
        House::with(&[("in/a.txt", REPORT.as_bytes()), ("out/notes.txt", b"mine"), ("out/mentions.csv", b"mine")]);
    let said = stderr(&mut house.tifa("extract in -o out"));
    assert!(said.contains("this file was not written by tifa and would be lost") && said.contains("--force"), "{said}");
    assert_eq!(house.read("out/mentions.csv"), "mine");
    house.tifa("extract in -o out --quiet --force").assert().code(0);
    assert!(house.read("out/mentions.csv").starts_with("mention_id,"));
    assert_eq!(house.read("out/notes.txt"), "mine");
    house.tifa("extract in -o out --quiet").assert().code(0);
    assert_eq!(house.read("out/notes.txt"), "mine");
}

#[test]
fn tables_in_the_input_are_not_read() {
    let house = House::with(&[("in/a.txt", REPORT.as_bytes())]);
    house.tifa("extract in -o in/tables --quiet").assert().code(0);
    house.tifa("extract in -o in/tables --quiet").assert().code(0).stderr("");
    assert_eq!(house.column("in/tables/documents.csv", 1), ["in/a.txt"]);
}

#[test]
fn shells_and_manuals_know_the_options() {
    let house = House::with(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let done = house.tifa(&format!("completions {shell}")).assert().code(0).stderr("");
        assert!(String::from_utf8_lossy(&done.get_output().stdout).contains("text-column"), "{shell}");
    }
    let done = house.tifa("man extract").assert().code(0).stderr("");
    assert!(String::from_utf8_lossy(&done.get_output().stdout).contains(".TH tifa-extract 1"));
    house.tifa("man nothing").assert().code(2);
}
