//! Which organisation an organ's name means, whatever words a translator chose.

use tifa::model::Label;

use super::found;

#[test]
fn an_organ_of_a_place_has_one_key_in_all_renderings() {
    let found = found(
        "Meixi County holds a meeting\n\nThe Meixi County Party Committee met. The County Party Committee spoke. The Party \
         Committee of Meixi County came.\n",
    );
    let expected = [
        "Meixi County Party Committee = org:party-committee@910122",
        "County Party Committee = org:party-committee@910122",
        "Party Committee of Meixi County = org:party-committee@910122",
    ];
    assert_eq!(found.keys(Label::Org), expected);
}

#[test]
fn organs_of_other_places_and_levels_are_others() {
    let found = found(
        "Meixi County holds a meeting\n\nThe Standing Committee of the County Party Committee of Meixi County met in Meixi \
         County. The Baihe Municipal Party Committee spoke. The Party Committee of Yunmo County of Baihe City spoke.\n",
    );
    let expected = [
        "Standing Committee of the County Party Committee of Meixi County = \
         org:party-committee-standing-committee@910122",
        "Baihe Municipal Party Committee = org:party-committee@910100",
        "Party Committee of Yunmo County = org:party-committee@910121",
    ];
    assert_eq!(found.keys(Label::Org), expected);
    let code = |entity: &tifa::model::Entity| (entity.kind == "ORG").then(|| entity.region_code.clone());
    let codes: Vec<String> = found.extraction.entities.iter().filter_map(code).collect();
    assert_eq!(codes, ["910122", "910100", "910121"]);
}

#[test]
fn a_listed_organisation_has_its_own_key() {
    assert_eq!(found("The State Office said so.\n").keys(Label::Org), ["State Office = org:state-office"]);
}
