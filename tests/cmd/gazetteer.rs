//! `tifa gazetteer`: what is shown, written and compared. All rows are invented.

use super::{House, stderr};

const SLOGANS: &str = "id,zh,en,kind,year,variants,note,context\n\
    zz-lanterns,九盏灯灯,Nine Zlanterns,numbered,2020,\"(nine/9) zlamps|zlamps, nine\",,quoted\n\
    zz-ponds,静池池,Still Zponds,set_phrase,,,\"two\nlines\",\n";

/// What the command writes to its output and to its error stream, and its exit code.
fn done(house: &House, arguments: &str) -> (String, String, i32) {
    let output = house.tifa(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// A folder `mine` with these files.
fn mine(files: &[(&str, &str)]) -> House {
    let house = House::with(&[]);
    files.iter().for_each(|(name, text)| house.write(&format!("mine/{name}"), text.as_bytes()));
    house
}

fn path(folder: &str, file: &str) -> String {
    std::path::Path::new(folder).join(file).display().to_string()
}

#[test]
fn lookup_shows_the_row_and_how_it_was_found() {
    let house = mine(&[("slogans.csv", SLOGANS)]);
    let file = path("mine", "slogans.csv");
    let row = |matched: &str| {
        format!(
            "{file}:2  zz-lanterns\n  id: zz-lanterns\n  zh: 九盏灯灯\n  en: Nine Zlanterns\n  kind: numbered\n  \
             year: 2020\n  variants: (nine/9) zlamps|zlamps, nine\n  context: quoted\n  matched: {matched}\n  \
             policies: case any, boundary word, context quoted\n"
        )
    };
    for (words, matched) in [
        ("9 zlamps", "variant \"9 zlamps\""),
        ("NINE zlanterns", "en \"Nine Zlanterns\""),
        ("zz-lanterns", "id \"zz-lanterns\""),
        ("九盏灯灯", "zh \"九盏灯灯\""),
    ] {
        let arguments = format!("gazetteer lookup {words} --gazetteers mine");
        assert_eq!(done(&house, &arguments), (row(matched), String::new(), 0));
    }
    let ponds = format!(
        "{file}:3  zz-ponds\n  id: zz-ponds\n  zh: 静池池\n  en: Still Zponds\n  kind: set_phrase\n  note: two lines\n  \
         matched: en \"Still Zponds\"\n  policies: case any, boundary word\n"
    );
    assert_eq!(done(&house, "gazetteer lookup still zponds --gazetteers mine"), (ponds, String::new(), 0));
}

#[test]
fn lookup_shows_posts_and_rows_that_are_switched_off() {
    let people = "id,zh,name,variants,wikidata,born,died,link,note\nzz-bo,,Zzbo Hua,,,,,,\n";
    let posts = "person,title,organization,region,from,to,source\nzz-bo,Mayor,,cn,2001,,general\n";
    let off = "file,key,reason\npeople.csv,zz-bo,a namesake\n";
    let house = mine(&[("people.csv", people), ("posts.csv", posts), ("off.csv", off)]);
    let expected = format!(
        "{}:2  zz-bo\n  id: zz-bo\n  name: Zzbo Hua\n  matched: name \"Zzbo Hua\"\n  \
         policies: case capital, boundary word\n  switched off: a namesake ({}:2)\n\n\
         {}:2  zz-bo/Mayor//cn/2001\n  person: zz-bo\n  title: Mayor\n  region: cn\n  from: 2001\n  source: general\n  \
         matched: person \"zz-bo\"\n",
        path("mine", "people.csv"),
        path("mine", "off.csv"),
        path("mine", "posts.csv"),
    );
    assert_eq!(done(&house, "gazetteer lookup zzbo hua --gazetteers mine"), (expected, String::new(), 0));
}

#[test]
fn lookup_tells_which_shipped_row_is_replaced() {
    let (shown, _, code) = done(&House::with(&[]), "gazetteer lookup cn");
    let place = shown.lines().next().unwrap().strip_suffix("  cn").unwrap();
    assert!(place.starts_with("regions.csv:") && code == 0, "{shown}");
    let regions = "id,code,level,zh,name,base,variants,bare,parent,from,to,note\ncn,,country,,Zzland,Zz,,yes,,,,\n";
    let (mine, _, _) = done(&mine(&[("regions.csv", regions)]), "gazetteer lookup Zzland --gazetteers mine");
    let file = path("mine", "regions.csv");
    assert!(
        mine.starts_with(&format!("{file}:2  cn\n")) && mine.ends_with(&format!("\n  replaces: {place}\n")),
        "{mine}"
    );
}

#[test]
fn lookup_of_unknown_words_names_the_nearest_and_ends_with_1() {
    let house = mine(&[("slogans.csv", SLOGANS)]);
    let near = "tifa: no row has `still zpond`; like it: `Still Zponds` (slogans.csv)\n";
    assert_eq!(done(&house, "gazetteer lookup still zpond --gazetteers mine"), (String::new(), near.into(), 1));
    let none = "tifa: no row has `qqqqqqqqqq wwwwwwwwww`; try fewer words, the id, or the Chinese name\n";
    assert_eq!(done(&house, "gazetteer lookup qqqqqqqqqq wwwwwwwwww"), (String::new(), none.into(), 1));
}

#[test]
fn lookup_in_a_bad_folder_ends_with_2() {
    let house = mine(&[("slogan.csv", SLOGANS)]);
    let said = stderr(&mut house.tifa("gazetteer lookup x --gazetteers mine"));
    let start =
        format!("tifa: the gazetteers cannot be used: 1 fault\n  {}:0: no gazetteer", path("mine", "slogan.csv"));
    assert!(said.starts_with(&start), "{said}");
    for arguments in
        ["gazetteer lookup x --gazetteers mine", "gazetteer lookup x --gazetteers nowhere", "gazetteer lookup"]
    {
        house.tifa(arguments).assert().code(2).stdout("");
    }
}

#[test]
fn export_writes_files_that_are_the_shipped_ones() {
    let house = House::with(&[]);
    let hint = |folder: &str| {
        format!("keep only the rows that you change, below the header, and use the folder with --gazetteers {folder}\n")
    };
    let said = format!("1 file in new\n{}", hint("new"));
    assert_eq!(done(&house, "gazetteer export new slogans.csv"), (String::new(), said, 0));
    assert_eq!(std::fs::read_dir(house.path("new")).unwrap().count(), 1);
    let count = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/gazetteers")).unwrap();
    let count = count.filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().ends_with(".csv")).count();
    let said = format!("{count} files in all\n{}", hint("all"));
    assert_eq!(done(&house, "gazetteer export all"), (String::new(), said, 0));
    let same = "0 added, 0 removed, 0 changed\n";
    assert_eq!(done(&house, "gazetteer diff shipped all"), (String::new(), same.into(), 0));
}

#[test]
fn export_overwrites_with_force_only_and_knows_its_files() {
    let house = mine(&[("slogans.csv", "my work")]);
    let there = "this file is there already and its changes would be lost; write to another folder, or overwrite it with \
                 --force";
    let said = format!("tifa: {}: {there}\n", path("mine", "slogans.csv"));
    assert_eq!(done(&house, "gazetteer export mine verbs.csv slogans.csv"), (String::new(), said, 2));
    assert_eq!(house.read("mine/slogans.csv"), "my work");
    assert!(!house.path("mine/verbs.csv").exists());
    house.tifa("gazetteer export mine slogans.csv --force").assert().code(0).stdout("");
    assert!(house.read("mine/slogans.csv").starts_with("id,zh,en,"));
    let (_, said, code) = done(&house, "gazetteer export other slogan.csv");
    assert!(said.starts_with("tifa: slogan.csv: no shipped file has this name; the files are ") && code == 2, "{said}");
    assert!(!house.path("other").exists());
}

#[test]
fn diff_shows_rows_added_removed_and_changed() {
    let house = House::with(&[
        ("a/slogans.csv", b"id,zh,en,note\na,\xE7\x94\xB2,ash,\nb,,elm,old\nc,,oak,\n"),
        ("a/off.csv", b"file,key,reason\nslogans.csv,a,x\n"),
        ("b/slogans.csv", b"id,zh,en\na,\xE7\x94\xB2,ash\nb,,yew\nd,,fir\n"),
        ("b/lexicon.csv", b"text,class\nmay,month\n"),
    ]);
    let shown = "~ slogans.csv  b\n    en: elm -> yew\n    note: old -> (empty)\n- slogans.csv  c\n+ slogans.csv  d\n\
                 + lexicon.csv  may/month\n- off.csv  slogans.csv/a\n";
    let counts = "2 added, 2 removed, 1 changed\n";
    assert_eq!(done(&house, "gazetteer diff a b"), (shown.into(), counts.into(), 1));
    assert_eq!(done(&house, "gazetteer diff b b"), (String::new(), "0 added, 0 removed, 0 changed\n".into(), 0));
}

#[test]
fn diff_with_overlay_reads_a_folder_above_another() {
    let house = House::with(&[
        ("a/slogans.csv", b"id,en\na,ash\nb,elm\nc,oak\n"),
        ("b/slogans.csv", b"id,en\na,ash\nb,yew\nd,fir\n"),
        ("b/off.csv", b"file,key,reason\nslogans.csv,c,out of use\n"),
        ("c/off.csv", b"file,key,reason\nslogans.csv,zz,gone\n"),
    ]);
    let shown =
        "~ slogans.csv  b\n    en: elm -> yew\n- slogans.csv  c\n    switched off: out of use\n+ slogans.csv  d\n";
    let counts = "1 added, 1 replaced, 1 switched off\n";
    assert_eq!(done(&house, "gazetteer diff a b --overlay"), (shown.into(), counts.into(), 1));
    let none = "0 added, 0 replaced, 0 switched off\n";
    assert_eq!(done(&house, "gazetteer diff a a --overlay"), (String::new(), none.into(), 0));
    for arguments in ["gazetteer diff a c --overlay", "gazetteer diff a nowhere", "gazetteer diff a"] {
        house.tifa(arguments).assert().code(2).stdout("");
    }
}

#[test]
fn check_tells_each_finding_and_counts_them() {
    let rows = "id,zh,en,kind,year,variants,note\nzz-a,,clean lakes,set_phrase,,Clean-Lakes,\n";
    let house = House::with(&[("mine/slogans.csv", rows.as_bytes()), ("good/off.csv", b"file,key,reason\n")]);
    let finding = "mine/slogans.csv:2: redundant: `Clean-Lakes` adds nothing to what stands before it in the row; delete \
                   it\n";
    assert_eq!(done(&house, "gazetteer check mine"), (finding.into(), "1 finding\n".into(), 1));
    assert_eq!(done(&house, "gazetteer check good"), (String::new(), "0 findings\n".into(), 0));
    assert_eq!(done(&house, "gazetteer check"), (String::new(), "0 findings\n".into(), 0));
    let (out, said, code) = done(&house, "gazetteer check nowhere");
    assert!(out.is_empty() && said.starts_with("tifa: nowhere: ") && code == 2, "{said}");
}
