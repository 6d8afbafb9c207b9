//! Gazetteer folders: rows of the user's replace and add, and every fault is told with its file and line.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use tifa::error::Error;
use tifa::gazetteer::Gazetteers;
use tifa::model::Label;
use tifa::pipeline::Extractor;

use super::found_with;
use crate::support::{files, root, shipped};

const SLOGANS: &str = "id,zh,en,kind,year,variants,note\n";

/// A folder with the mini gazetteers.
pub(super) fn mini_copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in files("tests/mini", "csv") {
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    folder
}

fn change(folder: &Path, file: &str, change: impl FnOnce(String) -> String) {
    let path = folder.join(file);
    fs::write(&path, change(fs::read_to_string(&path).unwrap())).unwrap();
}

pub(super) fn append(folder: &Path, file: &str, line: &str) {
    change(folder, file, |text| format!("{text}{line}\n"));
}

/// Lines of a mini gazetteer.
fn lines(file: &str) -> u64 {
    fs::read_to_string(root("tests/mini").join(file)).unwrap().lines().count() as u64
}

/// `file:line: message` of each fault, the file without its folder.
fn faults(folder: &Path) -> Vec<String> {
    let Err(Error::Gazetteer(faults)) = Gazetteers::only_folder(folder) else { panic!("no faults") };
    let folder = format!("{}/", folder.display());
    faults.0.iter().map(|fault| fault.to_string().replacen(&folder, "DIR/", 1)).collect()
}

#[test]
fn the_mini_gazetteers_have_all_files_and_load() {
    let names: Vec<String> =
        files("tests/mini", "csv").iter().map(|p| p.file_name().unwrap().to_string_lossy().into_owned()).collect();
    let mut shipped: Vec<String> =
        files("gazetteers", "csv").iter().map(|p| p.file_name().unwrap().to_string_lossy().into_owned()).collect();
    // What a check accepts is no knowledge.
    shipped.retain(|name| name != "accepted.csv");
    assert_eq!(names, shipped);
    let mini = Gazetteers::only_folder(&root("tests/mini")).unwrap();
    assert_eq!((mini.regions.len(), mini.slogans.len(), mini.hashes.len()), (12, 3, names.len()));
    assert!(mini.hashes.iter().all(|hash| hash.sha256.len() == 64 && hash.file.contains("mini")));
}

#[test]
fn a_users_row_replaces_the_row_with_its_id_and_others_are_added() {
    let shipped = &shipped().gazetteers().slogans;
    let id = &shipped[0].id;
    let folder = tempfile::tempdir().unwrap();
    let rows = format!("{id},湖静,quiet lakes,set_phrase,,hushed lakes,\nzz-new,塔高,tall towers,set_phrase,,,\n");
    fs::write(folder.path().join("slogans.csv"), format!("{SLOGANS}{rows}")).unwrap();
    let merged = Gazetteers::with_folder(folder.path()).unwrap();
    assert_eq!(merged.slogans.len(), shipped.len() + 1);
    assert_eq!((merged.slogans[0].id.as_str(), merged.slogans[0].zh.as_str()), (id.as_str(), "湖静"));
    assert_eq!(merged.slogans[1..shipped.len()], shipped[1..]);
    let found =
        found_with(&Extractor::new(merged), &format!("They praised hushed lakes, tall towers, {}.\n", shipped[0].en));
    // The English wording of the replaced row is known no more.
    let expected = [format!("hushed lakes = slogan:{id}"), "tall towers = slogan:zz-new".to_owned()];
    assert_eq!(found.keys(Label::Slogan), expected);
}

#[test]
fn a_users_row_without_words_switches_the_row_off() {
    let row = &shipped().gazetteers().slogans[0];
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("slogans.csv"), format!("{SLOGANS}{},,,set_phrase,,,\n", row.id)).unwrap();
    let text = format!("They praised the {}.\n", row.en);
    let key = format!("{} = slogan:{}", row.en, row.id);
    assert_eq!(found_with(shipped(), &text).keys(Label::Slogan), [key]);
    let merged = Extractor::new(Gazetteers::with_folder(folder.path()).unwrap());
    assert_eq!(found_with(&merged, &text).keys(Label::Slogan), [""; 0]);
}

/// The shipped gazetteers with one file of the user's.
fn with_file(file: &str, text: &str) -> Result<Extractor, Error> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(file), text).unwrap();
    Gazetteers::with_folder(folder.path()).map(Extractor::new)
}

#[test]
fn rows_are_switched_off_with_a_reason() {
    let g = shipped().gazetteers();
    let slogan = &g.slogans[0];
    let off = format!("file,key,reason\nslogans.csv,{},not of this corpus\n", slogan.id);
    let text = format!("They praised the {}.\n", slogan.en);
    assert_eq!(found_with(shipped(), &text).keys(Label::Slogan).len(), 1);
    assert_eq!(found_with(&with_file("off.csv", &off).unwrap(), &text).keys(Label::Slogan), [""; 0]);
}

#[test]
fn rows_that_are_no_phrases_are_switched_off_too() {
    let post = &shipped().gazetteers().posts[0];
    let key = format!("{}/{}/{}/{}/{}", post.person, post.title, post.organization, post.region, post.from);
    let off = format!("file,key,reason\nposts.csv,{key},wrong\nsurnames.csv,wang,test\nenglish.csv,abandon,test\n");
    let extractor = with_file("off.csv", &off).unwrap();
    let g = extractor.gazetteers();
    assert_eq!(g.posts[..], shipped().gazetteers().posts[1..]);
    assert!(g.names.surname("Wang").is_none() && shipped().gazetteers().names.surname("Wang").is_some());
    assert!(!g.is_english("Abandon") && shipped().gazetteers().is_english("Abandon"));
}

#[test]
fn a_region_switched_off_is_found_no_more_but_stays_a_parent() {
    let extractor = with_file("off.csv", "file,key,reason\nregions.csv,r210000,another Liaoning is meant\n").unwrap();
    let g = extractor.gazetteers();
    assert_eq!(found_with(&extractor, "He went to Liaoning.\n").keys(Label::Region), [""; 0]);
    let fuxin = g.region_index.id("r210900").unwrap();
    assert_eq!(g.regions[g.region_index.parent(fuxin).unwrap()].id, "r210000");
}

#[test]
fn switching_off_needs_a_row_that_is_there_and_a_reason() {
    for (row, message) in [
        ("slogans.csv,no-such,gone", "`slogans.csv` has no row with the key `no-such`; "),
        ("english.csv,zzzz,gone", "`english.csv` has no row with the key `zzzz`; "),
        ("slogan.csv,x,gone", "`slogan.csv` has no row with the key `x`; "),
        ("surnames.csv,wang, ", "column `reason`: say why the row is switched off"),
    ] {
        let Err(Error::Gazetteer(faults)) = with_file("off.csv", &format!("file,key,reason\n{row}\n")) else {
            panic!("no fault")
        };
        assert!(faults.0[0].message.starts_with(message) && faults.0[0].line == 2, "{faults}");
    }
}

#[test]
fn a_row_may_say_its_case_its_boundary_and_its_context() {
    let header = "id,zh,en,kind,year,variants,note,case,boundary,context\n";
    let rows = "a,甲,Blue Hills,set_phrase,,,,exact,,\nb,乙,red hills,set_phrase,,,,,strict,\n\
                c,丙,grey hills,set_phrase,,,,,,lake[s]\n";
    let extractor = with_file("slogans.csv", &format!("{header}{rows}")).unwrap();
    let found = |text: &str| found_with(&extractor, text).keys(Label::Slogan);
    assert_eq!(found("The Blue Hills, the blue hills.\n"), ["Blue Hills = slogan:a"]);
    assert_eq!(found("The red hills, the red hills-like.\n"), ["red hills = slogan:b"]);
    assert_eq!(found("The grey hills. The grey hills by the lakes.\n"), ["grey hills = slogan:c"]);
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    for load in [Gazetteers::with_folder, Gazetteers::only_folder] {
        let error = load(Path::new("/no/such/folder")).unwrap_err().to_string();
        assert!(
            error.starts_with("/no/such/folder: ") && error.ends_with("; check that the path exists and may be read")
        );
    }
}

#[test]
fn a_second_row_with_an_id_is_a_fault_with_its_line() {
    let folder = mini_copy();
    append(folder.path(), "slogans.csv", "calm-rivers,江清,clean streams,set_phrase,,,,");
    let line = lines("slogans.csv") + 1;
    let message = "`calm-rivers` stands in line 3 already; give the row another id or join the two";
    assert_eq!(faults(folder.path()), [format!("DIR/slogans.csv:{line}: {message}")]);
}

#[test]
fn lines_are_counted_right_behind_a_cell_with_a_line_break() {
    assert_eq!(line_of_duplicate("a,,a,set_phrase,,,\"two\nlines\"\na,,b,set_phrase,,,\n"), 4);
}

#[test]
fn lines_are_counted_right_where_windows_ended_them() {
    assert_eq!(line_of_duplicate("a,,a,set_phrase,,,\r\nb,,b,set_phrase,,,\r\na,,c,set_phrase,,,\r\n"), 4);
}

/// The line of the one fault, a second row with the id `a`, in slogans.csv with these rows.
fn line_of_duplicate(rows: &str) -> u64 {
    let folder = mini_copy();
    let end = if rows.contains('\r') { "\r\n" } else { "\n" };
    fs::write(folder.path().join("slogans.csv"), format!("{}{end}{rows}", SLOGANS.trim_end())).unwrap();
    let Err(Error::Gazetteer(faults)) = Gazetteers::only_folder(folder.path()) else { panic!("no faults") };
    assert_eq!(faults.0.len(), 1, "{faults}");
    assert_eq!(faults.0[0].message, "`a` stands in line 2 already; give the row another id or join the two");
    faults.0[0].line
}

#[test]
fn an_unknown_column_is_a_fault() {
    let folder = mini_copy();
    change(folder.path(), "slogans.csv", |text| text.replacen("kind", "sort", 1));
    let message = "unknown column `sort`, no column `kind`; the columns are id,zh,en,kind,year,variants,note \
                   and may be case,boundary,context";
    assert_eq!(faults(folder.path()), [format!("DIR/slogans.csv:1: {message}")]);
}

#[test]
fn an_unknown_label_is_a_fault_that_names_the_labels() {
    let folder = mini_copy();
    append(folder.path(), "slogans.csv", "x,,x,motto,,,,");
    let line = lines("slogans.csv") + 1;
    let message =
        "unknown variant `motto`, expected one of `numbered`, `doctrine`, `set_phrase`, `campaign`, `provincial`";
    assert_eq!(faults(folder.path()), [format!("DIR/slogans.csv:{line}: {message}")]);
}

#[test]
fn a_label_in_a_plain_column_that_no_stage_knows_is_a_fault() {
    for (file, row, begin) in [
        ("verbs.csv", "x,,hummed,role,hummed,", "column `role`: unknown label `hummed`; it may be presided, spoke, "),
        (
            "triggers.csv",
            "x,while humming,status,hummed,",
            "column `value`: unknown label `hummed`; it may be former, ",
        ),
        ("titles.csv", "x,,hummer,,rank,hamlet,person,", "column `level`: unknown label `hamlet`; it may be central, "),
        (
            "meetings.csv",
            "x,,humming,,head,choir,",
            "column `kind`: unknown label `choir`; it may be standing_committee",
        ),
        ("lexicon.csv", "Maying,month,May,", "column `value`: unknown label `May`; it may be a whole number"),
    ] {
        let folder = mini_copy();
        append(folder.path(), file, row);
        let faults = faults(folder.path());
        let expected = format!("DIR/{file}:{}: {begin}", lines(file) + 1);
        assert!(faults.len() == 1 && faults[0].starts_with(&expected), "{expected}\n{faults:?}");
    }
}

#[test]
fn a_bracket_that_is_not_closed_is_a_fault() {
    let folder = mini_copy();
    append(folder.path(), "slogans.csv", "x,,x,set_phrase,,(big/tall towers,,");
    let line = lines("slogans.csv") + 1;
    assert_eq!(faults(folder.path()), [format!("DIR/slogans.csv:{line}: `(big/tall towers`: a bracket is not closed")]);
}

#[test]
fn an_unknown_parent_is_a_fault_with_its_line() {
    let folder = mini_copy();
    append(folder.path(), "regions.csv", "d9,,county,,Mo County,Mo,,typed,c9,,,");
    let line = lines("regions.csv") + 1;
    let message = "`d9`: no region has the id `c9` named as its parent";
    assert_eq!(faults(folder.path()), [format!("DIR/regions.csv:{line}: {message}")]);
}

#[test]
fn a_post_of_an_unknown_person_or_region_is_a_fault() {
    let folder = mini_copy();
    append(folder.path(), "posts.csv", "nobody,Mayor,City,c9,2001,,general");
    let line = lines("posts.csv") + 1;
    let expected = ["`nobody` is no id of people.csv", "`c9` is no id of regions.csv"];
    assert_eq!(faults(folder.path()), expected.map(|message| format!("DIR/posts.csv:{line}: {message}")));
}

#[test]
fn a_file_that_no_table_reads_is_a_fault() {
    let folder = mini_copy();
    fs::rename(folder.path().join("slogans.csv"), folder.path().join("slogan.csv")).unwrap();
    let faults = faults(folder.path());
    assert_eq!(faults.len(), 1, "{faults:?}");
    let begin = "DIR/slogan.csv:0: no gazetteer has this name; the files are regions.csv, slogans.csv, people.csv, ";
    assert!(faults[0].starts_with(begin), "{}", faults[0]);
}

#[test]
fn files_that_are_no_csv_are_passed_over() {
    let folder = mini_copy();
    fs::write(folder.path().join("README.md"), "notes").unwrap();
    assert!(Gazetteers::only_folder(folder.path()).is_ok());
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_files_and_lines() {
    let folder = mini_copy();
    append(folder.path(), "verbs.csv", "hold,,x,hold,,");
    append(folder.path(), "slogans.csv", "x,,x,motto,,,,\ny,,y,set_phrase,,[y,,\nz,,z");
    append(folder.path(), "people.csv", "wang-shuli,,Wang Shuli,,,,,,");
    let places: Vec<String> = faults(folder.path()).iter().map(|f| f.split(": ").next().unwrap().to_owned()).collect();
    let (people, slogans, verbs) = (lines("people.csv") + 1, lines("slogans.csv"), lines("verbs.csv") + 1);
    let expected = [
        format!("DIR/people.csv:{people}"),
        format!("DIR/slogans.csv:{}", slogans + 1),
        format!("DIR/slogans.csv:{}", slogans + 2),
        format!("DIR/slogans.csv:{}", slogans + 3),
        format!("DIR/verbs.csv:{verbs}"),
    ];
    assert_eq!(places, expected);
}

#[test]
fn the_error_counts_and_lists_the_faults() {
    let folder = mini_copy();
    append(folder.path(), "people.csv", "wang-shuli,,Wang Shuli,,,,,,");
    let error = Gazetteers::only_folder(folder.path()).unwrap_err().to_string();
    let begin = format!("the gazetteers cannot be used: 1 fault\n  {}", folder.path().join("people.csv").display());
    assert!(error.starts_with(&begin), "{error}");
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_column() {
    let folder = mini_copy();
    change(folder.path(), "slogans.csv", |text| format!("\u{FEFF}{text}"));
    assert_eq!(Gazetteers::only_folder(folder.path()).unwrap().slogans.len(), 3);
}
