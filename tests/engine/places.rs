//! Which division a name means, and whose report a document is.
//!
//! Two counties are named Yunmo: `d1` in Baihe of Lanshan, `d2` in Qingtan of Luomen.

use tifa::model::{Label, Level};

use super::found;

#[test]
fn a_namesake_is_settled_by_a_higher_place_that_the_text_names() {
    for (text, key) in [
        ("Lanshan Province sang. The team came from Yunmo County.\n", "region:d1"),
        ("Luomen Province sang. The team came from Yunmo County.\n", "region:d2"),
        ("The team came from Yunmo County. Baihe sang.\n", "region:d1"),
        ("The team came from Yunmo County. Qingtan sang.\n", "region:d2"),
    ] {
        let keys = found(text).keys(Label::Region);
        assert!(keys.contains(&format!("Yunmo County = {key}")), "{text}: {keys:?}");
    }
}

#[test]
fn a_namesake_is_settled_by_the_jurisdiction() {
    for (city, key) in [("Baihe", "region:d1"), ("Qingtan", "region:d2")] {
        let text = format!("The {city} City Government held a meeting. Our city sang. Yunmo County sang.\n");
        let found = found(&text);
        assert_eq!(found.extraction.profile.region.level, Some(Level::Prefecture));
        assert_eq!(found.keys(Label::Region)[1], format!("Yunmo County = {key}"), "{text}");
    }
}

#[test]
fn the_jurisdiction_itself_may_be_a_namesake_settled_by_a_higher_place() {
    for (province, region) in
        [("Lanshan", "Lanshan/Baihe/Yunmo County (910121)"), ("Luomen", "Luomen/Qingtan/Yunmo County (920121)")]
    {
        let found = found(&format!("Our county sang in Yunmo County. {province} Province sang.\n"));
        assert_eq!(found.region(), region);
    }
}

#[test]
fn a_namesake_without_context_stays_open() {
    let found = found("The team came from Yunmo County.\n");
    assert_eq!(found.keys(Label::Region), ["Yunmo County = region:yunmo-county"]);
    assert_eq!(found.region(), " ()");
}

#[test]
fn a_jurisdiction_that_may_be_either_namesake_has_no_code() {
    let found = found("Our county sang. Li Shufen, secretary of the Yunmo County Party Committee, sang.\n");
    assert_eq!(found.keys(Label::Region), ["Yunmo County = region:yunmo-county"]);
    assert_eq!(found.region(), "Yunmo County ()");
    assert_eq!(found.positions(), ["Li Shufen: secretary of the Yunmo County Party Committee @ Yunmo County"]);
}

#[test]
fn the_rule_of_a_namesake_is_the_row_that_it_is_linked_to() {
    let found = found("Luomen Province sang. The team came from Yunmo County.\n");
    let rules = found.mentions(Label::Region, |m| m.rule.to_string());
    assert_eq!(rules, ["Luomen Province = regions:p2", "Yunmo County = regions:d2"]);
}

#[test]
fn a_retired_division_is_not_meant() {
    assert_eq!(found("The team came from Meixi County.\n").keys(Label::Region), ["Meixi County = region:d3"]);
}

#[test]
fn our_county_is_the_county_that_the_text_names() {
    let found = found("Our county sang in Meixi County.\n");
    assert_eq!(found.region(), "Lanshan/Baihe/Meixi County (910122)");
    assert_eq!(found.extraction.profile.region.level, Some(Level::County));
}

#[test]
fn our_city_is_the_city_above_the_county_that_the_text_names() {
    let found = found("Our city sang in Meixi County.\n");
    assert_eq!(found.region(), "Lanshan/Baihe (910100)");
}

#[test]
fn a_bare_office_belongs_to_the_jurisdiction() {
    let found = found("Our county sang in Meixi County. Secretary Li Shufen sang.\n");
    assert_eq!(found.positions(), ["Li Shufen: Secretary @ Lanshan/Baihe/Meixi County"]);
}

#[test]
fn an_office_of_a_higher_level_belongs_to_the_place_above() {
    let found = found("Our county sang in Meixi County. Wang Bo, director of the provincial bureau, sang.\n");
    assert_eq!(found.positions(), ["Wang Bo: director of the provincial bureau @ Lanshan"]);
}

#[test]
fn an_organ_without_a_place_is_told_apart_by_the_jurisdiction() {
    // In a city's report nobody knows which county is meant: the words stay as they are.
    for (county, key) in [("Meixi County", "party-committee@910122"), ("Baihe City", "county-party-committee@910100")] {
        let level = county.split(' ').next_back().unwrap().to_lowercase();
        let found = found(&format!("Our {level} sang in {county}. The County Party Committee sang.\n"));
        let expected = format!("County Party Committee = org:{key}");
        assert_eq!(found.keys(Label::Org), [expected]);
    }
}

#[test]
fn a_place_that_no_gazetteer_lists_is_composed() {
    let found = found("Our town sang in Mingtao Town of Meixi County.\n");
    assert_eq!(found.keys(Label::Region), ["Mingtao Town = region:mingtao-town", "Meixi County = region:d3"]);
    assert_eq!(found.region(), "Lanshan/Baihe/Meixi County/Mingtao Town ()");
}

#[test]
fn the_name_without_its_type_word_counts_where_the_gazetteer_says_so() {
    let found = found("It rained in Meixi and in Changli.\n");
    assert_eq!(found.keys(Label::Region), ["Meixi = region:d3"]);
}

#[test]
fn a_township_is_linked_in_the_county_that_the_sentence_names() {
    for (text, key) in [
        ("The team came from Shiqiao Town, Meixi County.\n", "region:t910122101"),
        ("Lanshan Province sang. The team of Yunmo County came to Shiqiao Town.\n", "region:t910121101"),
        ("The team came from Xian Town, Yunmo County, Lanshan Province.\n", "region:t910121201"),
        // A village may bear the township's name.
        ("The team came from Liutang Village, Meixi County.\n", "region:liutang-village"),
        // A name that the county does not have.
        ("The team came from Liutang Town, Yunmo County, Lanshan Province.\n", "region:liutang-town"),
    ] {
        let keys = found(text).keys(Label::Region);
        assert!(keys.iter().any(|k| k.ends_with(&format!("= {key}"))), "{text}: {keys:?}");
    }
}

#[test]
fn a_township_is_linked_in_the_documents_county_else_if_its_name_is_the_only_one_in_the_city() {
    let county = found("Our county sang in Meixi County. Shiqiao Town sang.\n").keys(Label::Region);
    assert!(county.contains(&"Shiqiao Town = region:t910122101".to_owned()), "{county:?}");
    let city = "The Baihe City Government held a meeting. Our city sang.";
    let one = found(&format!("{city} Liutang Town sang.\n")).keys(Label::Region);
    assert!(one.contains(&"Liutang Town = region:t910122102".to_owned()), "{one:?}");
    let two = found(&format!("{city} Shiqiao Town sang.\n")).keys(Label::Region);
    assert!(two.contains(&"Shiqiao Town = region:shiqiao-town".to_owned()), "{two:?}");
}

#[test]
fn a_linked_township_has_its_code_and_its_county_in_the_position() {
    let found =
        found("Our county sang in Meixi County. Chen Tao, Secretary of the Liutang Town Party Committee, came.\n");
    let places: Vec<_> = found.extraction.positions.iter().map(|p| (&*p.region.path, &*p.region.code)).collect();
    assert_eq!(places, [("Lanshan/Baihe/Meixi County/Liutang Town", "910122102")]);
}

#[test]
fn a_central_agency_that_writes_from_elsewhere_tells_of_that_place() {
    let level = |line: &str| found(&format!("{line} It rained.\n")).extraction.profile.region.level;
    assert_eq!(level("Baihe, May 6 (State Wire) --"), Some(Level::Prefecture));
    assert_eq!(level("China, May 6 (State Wire) -- Baihe is wet."), Some(Level::Central));
}

#[test]
fn a_zone_does_not_name_the_county_that_it_lies_in() {
    let found = found("Our county sang in Meixi Development Zone. Meixi Development Zone sang.\n");
    assert_eq!(found.region(), "Lanshan/Baihe/Meixi County (910122)");
}
