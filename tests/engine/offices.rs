//! Who holds which office, and which names are one person.

use tifa::model::Label;

use super::found;

#[test]
fn a_surname_alone_is_the_person_whose_full_name_the_text_gives() {
    let found = found("Li Shufen came. Wang Bo came too. Li stressed this. Wang said so.\n");
    let expected = ["Li Shufen = Li Shufen", "Wang Bo = Wang Bo", "Li = Li Shufen", "Wang = Wang Bo"];
    assert_eq!(found.mentions(Label::Person, |m| m.canonical.clone()), expected);
}

#[test]
fn a_surname_alone_is_the_last_bearer_before_it() {
    let found = found("Li Shufen came. Li Mingtao came. Li stressed this.\n");
    assert_eq!(found.keys(Label::Person)[2], "Li = person:li-mingtao");
}

#[test]
fn a_surname_before_its_full_name_is_the_first_bearer_behind_it() {
    let found = found("Secretary Li spoke. Li Shufen came. Li Mingtao came.\n");
    assert_eq!(found.keys(Label::Person)[0], "Li = person:li-shufen");
}

#[test]
fn a_surname_that_may_be_two_syllables_is_no_new_person() {
    let found = found("Chen Tao came. Chen pointed out that it rained.\n");
    assert_eq!(found.keys(Label::Person), ["Chen Tao = person:chen-tao", "Chen = person:chen-tao"]);
}

#[test]
fn a_misspelt_name_is_the_usual_one() {
    let found = found("Li Mingtao came. Li Mingtao sang. Li Mingtoa slept.\nIt was Li Mingtao.\n");
    let names = found.mentions(Label::Person, |m| m.canonical.clone());
    assert_eq!(names.iter().filter(|n| n.ends_with("= Li Mingtao")).count(), names.len(), "{names:?}");
}

#[test]
fn a_listed_person_is_linked_where_a_post_fits() {
    let key = |text: &str| found(text).keys(Label::Person)[0].clone();
    assert_eq!(key("Zhang Liwei, governor of Lanshan Province, sang.\n"), "Zhang Liwei = person:zhang-liwei");
    // In another province the name is that of a namesake.
    assert_eq!(key("Zhang Liwei, mayor of Qingtan City, sang.\n"), "Zhang Liwei = person:zhang-liwei@920100");
    assert_eq!(key("Wang Shuli sang in Qingtan. Our city sang.\n"), "Wang Shuli = person:wang-shuli");
}

#[test]
fn a_name_on_the_stoplist_is_none() {
    assert_eq!(found("They drank Wang Shu.\n").keys(Label::Person), [""; 0]);
}

#[test]
fn a_title_before_a_name_is_its_bearers() {
    let found = found("Deputy Secretary of the Meixi County Party Committee and County Mayor Chen Tao came.\n");
    let expected = [
        "Chen Tao: Deputy Secretary of the Meixi County Party Committee @ Lanshan/Baihe/Meixi County",
        "Chen Tao: County Mayor @ Lanshan/Baihe/Meixi County",
    ];
    assert_eq!(found.positions(), expected);
}

#[test]
fn titles_behind_a_name_are_its_bearers() {
    let found = found("Chen Tao, secretary of the Meixi County Party Committee and county mayor, came.\n");
    let expected = [
        "Chen Tao: secretary of the Meixi County Party Committee @ Lanshan/Baihe/Meixi County",
        "Chen Tao: county mayor @ Lanshan/Baihe/Meixi County",
    ];
    assert_eq!(found.positions(), expected);
}

#[test]
fn a_plural_title_before_names_is_shared() {
    let found = found("Deputy mayors of Baihe City Wang Bo, Chen Tao and Li Shufen came. Zhang Ming sang.\n");
    let expected =
        ["Wang Bo", "Chen Tao", "Li Shufen"].map(|name| format!("{name}: Deputy mayors of Baihe City @ Lanshan/Baihe"));
    assert_eq!(found.positions(), expected);
}

#[test]
fn a_plural_title_behind_names_is_shared() {
    let found = found("Wang Bo and Chen Tao, deputy mayors of Baihe City, came.\n");
    let expected = ["Wang Bo", "Chen Tao"].map(|name| format!("{name}: deputy mayors of Baihe City @ Lanshan/Baihe"));
    assert_eq!(found.positions(), expected);
}

#[test]
fn a_title_in_the_singular_is_not_shared() {
    let found = found("Mayor of Baihe City Wang Bo, Chen Tao and Li Shufen came.\n");
    assert_eq!(found.positions(), ["Wang Bo: Mayor of Baihe City @ Lanshan/Baihe"]);
}

#[test]
fn each_name_keeps_its_own_title_in_a_row() {
    let found = found("Wang Bo, mayor of Baihe City, and Chen Tao, governor of Lanshan Province, came.\n");
    let expected = ["Wang Bo: mayor of Baihe City @ Lanshan/Baihe", "Chen Tao: governor of Lanshan Province @ Lanshan"];
    assert_eq!(found.positions(), expected);
}

#[test]
fn the_text_tells_the_status() {
    for (text, status) in [
        ("Chen Tao, former mayor of Baihe City, came.\n", "former"),
        ("Acting mayor of Baihe City Chen Tao came.\n", "acting"),
        ("Chen Tao was appointed as mayor of Baihe City.\n", "appointed"),
        ("Chen Tao was removed as mayor of Baihe City.\n", "removed"),
        ("Chen Tao, nominee for mayor of Baihe City, came.\n", "elect"),
        ("Chen Tao is the mayor of Baihe City.\n", ""),
    ] {
        let statuses: Vec<&str> = found(text).extraction.positions.iter().map(|p| p.status).collect();
        assert_eq!(statuses, [status], "{text}");
    }
}

#[test]
fn who_leaves_one_office_for_another_has_both() {
    let found = found(
        "Chen Tao, former mayor of Baihe City, was appointed as secretary of the Meixi County Party Committee.\n",
    );
    let expected = [
        "Chen Tao: mayor of Baihe City @ Lanshan/Baihe former",
        "Chen Tao: secretary of the Meixi County Party Committee @ Lanshan/Baihe/Meixi County appointed",
    ];
    assert_eq!(found.positions(), expected);
}

#[test]
fn he_and_she_are_the_person_before() {
    let found = found("Chen Tao came. He serves as mayor of Baihe City.\n");
    assert_eq!(found.positions(), ["Chen Tao: mayor of Baihe City @ Lanshan/Baihe"]);
}

/// Role and organization of each office in a text.
fn parts(text: &str) -> Vec<(String, String)> {
    let positions = found(text).extraction.positions;
    positions.into_iter().map(|p| (p.role, p.organization)).collect()
}

#[test]
fn all_renderings_of_an_office_have_one_rank_and_one_organ() {
    for title in [
        "deputy secretary of the Meixi County Party Committee",
        "Meixi County Party Committee Deputy Secretary",
        "vice secretary of the Party Committee of Meixi County",
        "deputy secretary of the 14th County Party Committee",
    ] {
        let text = format!("Chen Tao, {title}, came.\n");
        assert_eq!(parts(&text), [("deputy secretary".into(), "Party Committee".into())], "{title}");
    }
}

#[test]
fn the_outer_organ_comes_first() {
    for title in [
        "director of the Standing Committee of the Meixi County Party Committee",
        "director of the Meixi County Party Committee's Standing Committee",
    ] {
        let text = format!("Chen Tao, {title}, came.\n");
        assert_eq!(parts(&text), [("director".into(), "Party Committee Standing Committee".into())], "{title}");
    }
}

#[test]
fn offices_csv_says_what_a_title_leaves_out_or_words_otherwise() {
    for (text, role, organ) in [
        ("Chen Tao, acting mayor of Baihe City, came.\n", "mayor", "Government"),
        ("Chen Tao, secretary of the Meixi County Committee, came.\n", "secretary", "Party Committee"),
        ("Chen Tao, director of the Organization Office of Meixi County, came.\n", "head", "Organization Office"),
        ("Chen Tao, director of the Roads Bureau of Meixi County, came.\n", "director", "Roads Bureau"),
    ] {
        assert_eq!(parts(text), [(role.into(), organ.into())], "{text}");
    }
}

#[test]
fn bylines_hold_no_office() {
    let found = found("It rained in Meixi County. (Reporter Wang Bo)\n");
    assert_eq!(found.keys(Label::Person).len(), 1);
    assert_eq!(found.positions(), [""; 0]);
}

#[test]
fn a_phrase_that_is_no_title_gives_no_office() {
    assert_eq!(found("Top leader Wang Bo came.\n").positions(), [""; 0]);
}

#[test]
fn an_organ_takes_a_place_and_the_place_in_it() {
    let text = "Chen Tao, secretary of the Party Committee of Baihe Meixi County, came.\n";
    assert_eq!(
        found(text).mentions(Label::Org, |m| m.canonical.clone())[0].split(" = ").next(),
        Some("Party Committee of Baihe Meixi County")
    );
}
