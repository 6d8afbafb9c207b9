//! Which person of people.csv a name means: name and post or place must agree with the date.

use std::sync::OnceLock;

use tifa::gazetteer::Gazetteers;
use tifa::model::Label;
use tifa::pipeline::Extractor;

use super::found_with;
use super::loading::{append, mini_copy};

/// The mini gazetteers with these people:
/// - Li Mingtao, mayor of Baihe 2010 to 2015, then secretary of Lanshan from 2016;
/// - Chen Shufen, minister at the centre from 2012 to 2018;
/// - two Li Wei: a governor of Lanshan and a governor of Luomen;
/// - Wang Tao, a very common name, minister at the centre from 2012; Chen Mo, known to everybody, of long ago.
fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| {
        let folder = mini_copy();
        for row in [
            "li-mingtao,,Li Mingtao,,,,,,",
            "chen-shufen,,Chen Shufen,,,,,,",
            "li-wei,,Li Wei,,,,,,",
            "li-wei-2,,Li Wei,,,,,,",
            "wang-tao,,Wang Tao,,,,,strict,",
            "chen-mo,,Chen Mo,,,,,name,",
        ] {
            append(folder.path(), "people.csv", row);
        }
        for row in [
            "li-mingtao,Mayor,Baihe,c1,2010-03,2015-06,general",
            "li-mingtao,Secretary,Lanshan Committee,p1,2016-01,,general",
            "chen-shufen,Director,State Bureau,cn,2012-01,2018-12,general",
            "li-wei,Governor,Lanshan Government,p1,2012,2020,general",
            "li-wei-2,Governor,Luomen Government,p2,2012,2020,general",
            "wang-tao,Director,State Bureau,cn,2012-01,,general",
        ] {
            append(folder.path(), "posts.csv", row);
        }
        Extractor::new(Gazetteers::only_folder(folder.path()).unwrap())
    })
}

/// Key of the first person in a report of this day.
fn key(day: &str, text: &str) -> String {
    let text = format!("{day}\n{text}\n");
    found_with(extractor(), &text).keys(Label::Person)[0].clone()
}

#[test]
fn a_post_links_where_place_and_date_agree() {
    let text = "Li Mingtao sang in Lanshan Province. Our province sang.";
    assert_eq!(key("2012-05-05", text), "Li Mingtao = person:li-mingtao");
    assert_eq!(key("2009-05-05", text), "Li Mingtao = person:li-mingtao@910000");
    let elsewhere = "Li Mingtao sang in Luomen Province. Our province sang.";
    assert_eq!(key("2012-05-05", elsewhere), "Li Mingtao = person:li-mingtao@920000");
}

#[test]
fn a_place_that_the_sentence_names_is_enough() {
    let text = "Our province sang in Luomen Province. Li Mingtao of Lanshan Province came.";
    assert_eq!(key("2017-05-05", text), "Li Mingtao = person:li-mingtao");
}

#[test]
fn a_past_post_links_only_a_former_holder() {
    let text = |words: &str| format!("{words} Chen Shufen sang in Qingtan. Our city sang.");
    assert_eq!(key("2018-05-05", &text("Director")), "Chen Shufen = person:chen-shufen");
    assert_eq!(key("2021-05-05", &text("Director")), "Chen Shufen = person:chen-shufen@920100");
    assert_eq!(key("2021-05-05", &text("The former director")), "Chen Shufen = person:chen-shufen");
    // A text without a date contradicts nothing.
    assert_eq!(key("", &text("Director")), "Chen Shufen = person:chen-shufen");
}

#[test]
fn namesakes_are_told_apart_by_place_or_stay_open() {
    for (place, id) in [("Lanshan", "li-wei"), ("Luomen", "li-wei-2")] {
        let text = format!("Li Wei sang in {place} Province. Our province sang.");
        assert_eq!(key("2015-05-05", &text), format!("Li Wei = person:{id}"));
    }
    let both = "Li Wei came to Luomen Province from Lanshan Province.";
    assert_eq!(key("2015-05-05", both), "Li Wei = person:li-wei@920000");
}

#[test]
fn a_common_name_needs_its_title_too() {
    let text = |words: &str| format!("{words} Wang Tao sang in Qingtan. Our city sang.");
    assert_eq!(key("2015-05-05", &text("Then")), "Wang Tao = person:wang-tao@920100");
    assert_eq!(key("2015-05-05", &text("Director")), "Wang Tao = person:wang-tao");
}

#[test]
fn a_local_title_anywhere_is_another_person_than_one_of_the_centre() {
    let text = "Chen Mo sang in Qingtan. Our city sang.";
    assert_eq!(key("2015-05-05", text), "Chen Mo = person:chen-mo");
    let local = format!("{text} County Mayor Chen Mo sang.");
    assert_eq!(key("2015-05-05", &local), "Chen Mo = person:chen-mo@920100");
}
