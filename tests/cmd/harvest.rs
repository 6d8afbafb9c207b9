//! `tifa harvest`: rows for what no gazetteer knows, which load as they are. All documents are invented.

use super::{House, tables};

const ONE: &str = "Elm County holds a lantern day\n\n\
    On May 1, 2020, Mu Lanhuan, secretary of the Elm County Party Committee, thanked Beekeeper Tang Qiumei and \
    stressed the \u{201C}nine lanterns\u{201D}. Mu Lanhuan visited Ganlan Lantern Factory. Mu pointed out that all \
    must light the \u{201C}nine lanterns\u{201D}.\n";
const TWO: &str = "Ash County hears a report\n\n\
    Wang Meilin, a beekeeper, spoke. Mu Lanhuan, former secretary of the Elm County Party Committee, went to \
    Ganlan Lantern Factory with Mayor Qu Hongbo.\n";

const PEOPLE: &str = "id,zh,name,variants,wikidata,born,died,link,note\n\
    mu-lanhuan,,Mu Lanhuan,,,,,,\"3 in 2 documents: \"\"On May 1, 2020, Mu Lanhuan, secretary of the Elm County Party \
    Committee, thanked Beekeeper Tang ...\"\"; \"\"Mu Lanhuan, former secretary of the Elm County Party Committee, \
    went to Ganlan Lantern Factory with ...\"\"\"\n";
const TITLES: &str = "id,zh,en,variants,class,level,alone,note\n\
    beekeeper,,Beekeeper,,rank,,person,\"2 in 2 documents: \"\"... of the Elm County Party Committee, thanked \
    Beekeeper Tang Qiumei and stressed the “nine lanterns”.\"\"; \"\"Wang Meilin, a beekeeper, spoke.\"\"\"\n";
const SLOGANS: &str = "id,zh,en,kind,year,variants,context,note\n\
    nine-lanterns,,nine lanterns,numbered,,,quoted,\"2 in 1 document: \"\"... of the Elm County Party Committee, \
    thanked Beekeeper Tang Qiumei and stressed the “nine lanterns”.\"\"\"\n";
const ORGANIZATIONS: &str = "id,zh,en,variants,class,level,region,case,note\n\
    ganlan-lantern-factory,,Ganlan Lantern Factory,,other,,,capital,\"2 in 2 documents: \"\"Mu Lanhuan visited Ganlan \
    Lantern Factory.\"\"; \"\"... secretary of the Elm County Party Committee, went to Ganlan Lantern Factory with \
    Mayor Qu Hongbo.\"\"\"\n";

/// Two documents, and a reprint of the first.
fn corpus() -> House {
    House::with(&[("in/a.txt", ONE.as_bytes()), ("in/b.txt", TWO.as_bytes()), ("in/c.txt", ONE.as_bytes())])
}

/// What was said on the error stream.
fn said(output: &std::process::Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn what_is_not_known_becomes_rows_with_numbers_and_examples() {
    let house = corpus();
    let done = house.tifa("harvest in").assert().code(0).stdout("");
    let said = said(done.get_output());
    let counts = " s: rows people.csv 1, titles.csv 1, slogans.csv 1, organizations.csv 1, 0 problems\n";
    assert!(said.starts_with("3 documents (0.0 MB) in ") && said.contains(counts), "{said}");
    assert!(said.ends_with("\nrows in harvest\n"), "{said}");
    let files = [("people", PEOPLE), ("titles", TITLES), ("slogans", SLOGANS), ("organizations", ORGANIZATIONS)];
    for (file, expected) in files {
        assert_eq!(house.read(&format!("harvest/{file}.csv")), expected);
    }
    assert_eq!(tables(&house.path("harvest")).len(), 4);
}

#[test]
fn the_number_of_threads_does_not_show_in_a_harvest() {
    let house = House::with(&[]);
    for n in 0..300 {
        let text = format!("{}{n} trees stand there.\n", if n % 3 == 0 { ONE } else { TWO });
        house.write(&format!("in/{n:03}.txt"), text.as_bytes());
    }
    for threads in ["1", "2"] {
        house.tifa("harvest in --quiet").args(["--threads", threads, "-o", threads]).assert().code(0).stderr("");
    }
    assert!(tables(&house.path("1")) == tables(&house.path("2")), "the files differ");
    assert!(house.read("1/people.csv").contains("400 in 300 documents"), "{}", house.read("1/people.csv"));
}

#[test]
fn the_folder_of_a_harvest_loads_and_then_knows_its_names() {
    let house = corpus();
    house.tifa("harvest in -o mine --least 1 --quiet").assert().code(0);
    house.tifa("extract in --gazetteers mine -o out --quiet").assert().code(0).stderr("");
    let mentions = house.read("out/mentions.csv");
    let rules = ["slogans:nine-lanterns", "organizations:ganlan-lantern-factory"];
    assert!(rules.iter().all(|rule| mentions.contains(rule)), "{mentions}");
    assert!(
        house.read("out/positions.csv").contains(",Tang Qiumei,Beekeeper,beekeeper,"),
        "the new title has a holder"
    );
    house.tifa("harvest in --gazetteers mine -o again --quiet").assert().code(0).stderr("");
    for file in ["people", "titles", "slogans", "organizations"] {
        let header = house.read(&format!("mine/{file}.csv")).lines().next().unwrap().to_owned();
        assert_eq!(house.read(&format!("again/{file}.csv")), format!("{header}\n"));
    }
}

#[test]
fn rows_have_the_columns_and_avoid_the_ids_of_the_users_files() {
    let own = "id,zh,en,kind,year,variants,note\nnine-lanterns,,Nine Lamps,provincial,,,\n";
    let house = corpus();
    house.write("mine/slogans.csv", own.as_bytes());
    house.tifa("harvest in --gazetteers mine --quiet").assert().code(0).stderr("");
    let found = house.read("harvest/slogans.csv");
    let (header, row) = found.split_once('\n').unwrap();
    assert_eq!(header, "id,zh,en,kind,year,variants,note");
    assert!(row.starts_with("nine-lanterns-2,,nine lanterns,numbered,,,\"2 in 1 document: "), "{row}");
    house.write("mine/slogans.csv", format!("{own}{row}").as_bytes());
    house.tifa("harvest in --gazetteers mine -o again --quiet").assert().code(0).stderr("");
    assert_eq!(house.read("again/slogans.csv"), format!("{header}\n"));
}

#[test]
fn least_is_the_least_number_of_mentions() {
    let house = corpus();
    let people = |least: &str| {
        house.tifa("harvest in --quiet --force --least").arg(least).assert().code(0);
        house.read("harvest/people.csv").lines().skip(1).count()
    };
    assert_eq!((people("1"), people("3"), people("4")), (2, 1, 0));
}

#[test]
fn files_are_overwritten_with_force_only() {
    let house = corpus();
    house.write("harvest/titles.csv", b"mine");
    let path = std::path::Path::new("harvest").join("titles.csv");
    let message = format!(
        "tifa: {}: this file is there already and would be lost; write to another folder, or overwrite it with \
         --force\n",
        path.display()
    );
    house.tifa("harvest in").assert().code(2).stdout("").stderr(message);
    assert_eq!((house.read("harvest/titles.csv"), tables(&house.path("harvest")).len()), ("mine".to_owned(), 1));
    house.tifa("harvest in --quiet --force").assert().code(0).stderr("");
    assert_eq!(house.read("harvest/titles.csv"), TITLES);
    let said = said(house.tifa("harvest in --gazetteers harvest --force").assert().code(2).stdout("").get_output());
    assert!(said.contains("this is the folder of your gazetteers"), "{said}");
}

#[test]
fn input_that_cannot_be_read_is_told() {
    let house = corpus();
    house.write("in/d.txt", b" ");
    let bytes = "it holds no text; remove it or fetch it again";
    let place = std::path::Path::new("in").join("d.txt");
    let message = format!("tifa: {}: {bytes}\n", place.display());
    house.tifa("harvest in --quiet").assert().code(1).stdout("").stderr(message);
    assert_eq!(house.read("harvest/people.csv"), PEOPLE);
    let message = "tifa: nowhere: no such file or folder; check the path\n";
    house.tifa("harvest nowhere -o out").assert().code(2).stdout("").stderr(message);
    assert!(!house.path("out").exists());
    house.tifa("harvest").assert().code(2).stdout("");
    let many = said(house.tifa("harvest in/a.txt 1 2 3 4 5 6 7 --quiet --force").assert().code(1).get_output());
    assert!(many.ends_with("tifa: 2 more problems; `tifa extract` lists all of them\n"), "{many}");
}

#[test]
fn help_shows_the_options_of_a_harvest() {
    let house = House::with(&[]);
    let help = house.tifa("harvest --help").assert().code(0).get_output().stdout.clone();
    let help = String::from_utf8(help).unwrap();
    for option in ["<PATH>...", "-o, --output <DIR>", "[default: harvest]", "--least <N>", "[default: 2]", "Examples:"]
    {
        assert!(help.contains(option), "{option:?} is not in\n{help}");
    }
}
