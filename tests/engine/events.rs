//! Reported and cited meetings, and who took part in which way.

use super::found;

const HELD: &str = "On May 5, the Meixi County Party Committee held a symposium on bridges.";

#[test]
fn what_the_lead_says_was_held_is_reported_and_what_it_studied_is_cited() {
    let text = format!("{HELD} The meeting studied the spirit of the Lanshan Province work conference on rivers.\n");
    let expected = [
        "reported symposium on bridges (symposium)",
        "cited Lanshan Province work conference on rivers (work_conference)",
    ];
    assert_eq!(found(&text).meetings(), expected);
}

#[test]
fn a_cited_meeting_is_not_reported_where_it_comes_first() {
    let text = "In the spirit of the Lanshan Province work conference on rivers, the symposium on bridges was held.\n";
    let expected = [
        "reported symposium on bridges (symposium)",
        "cited Lanshan Province work conference on rivers (work_conference)",
    ];
    assert_eq!(found(text).meetings(), expected);
}

#[test]
fn a_meeting_without_a_name_is_reported_too() {
    let found = found("The Meixi County Party Committee held a meeting. Li Shufen presided over the meeting.\n");
    assert_eq!(found.meetings(), ["reported  (other)"]);
    assert_eq!(found.parts(), ["Li Shufen presided"]);
}

#[test]
fn an_event_has_day_place_and_organizer() {
    let text = "Date: 2021-05-06\n\nOn May 5, the Meixi County Party Committee held a symposium on bridges in Baihe.\n";
    let found = found(text);
    let meeting = &found.extraction.meetings[0];
    assert_eq!((meeting.start_date.as_str(), meeting.end_date.as_str()), ("2021-05-05", "2021-05-05"));
    assert_eq!((meeting.place.as_str(), meeting.organizer.as_str()), ("Baihe", "Meixi County Party Committee"));
    assert_eq!(meeting.region.path, "Lanshan/Baihe/Meixi County");
}

#[test]
fn the_hint_in_a_name_tells_the_kind() {
    let text = "The 3rd meeting of the Standing Committee of the Meixi County Party Committee was held.\n";
    let found = found(text);
    let name = "3rd meeting of the Standing Committee of the Meixi County Party Committee";
    assert_eq!(found.meetings(), [format!("reported {name} (standing_committee)")]);
    assert_eq!(found.extraction.meetings[0].ordinal, "3");
}

#[test]
fn active_verbs_have_their_doers_before_them() {
    let text = format!("{HELD} Li Shufen presided over the meeting and delivered a speech. Wang Bo attended.\n");
    assert_eq!(found(&text).parts(), ["Li Shufen presided", "Li Shufen spoke", "Wang Bo attended"]);
}

#[test]
fn passive_verbs_have_their_doers_behind_them() {
    let text = format!("{HELD} The meeting was chaired by Li Shufen and attended by Wang Bo and Chen Tao.\n");
    assert_eq!(found(&text).parts(), ["Li Shufen presided", "Wang Bo attended 1", "Chen Tao attended 2"]);
}

#[test]
fn inverted_sentences_have_their_doers_behind_them() {
    let text = format!("{HELD} Also present were Wang Bo, director of the bureau, Chen Tao and Zhang Ming.\n");
    assert_eq!(found(&text).parts(), ["Wang Bo attended 1", "Chen Tao attended 2", "Zhang Ming attended 3"]);
}

#[test]
fn the_order_of_a_list_is_kept() {
    let text = format!("{HELD} Zhang Ming, Wang Bo, Chen Tao and others attended the meeting.\n");
    assert_eq!(found(&text).parts(), ["Zhang Ming attended 1", "Wang Bo attended 2", "Chen Tao attended 3"]);
}

#[test]
fn companions_go_along_at_an_inspection() {
    let expected = ["Li Shufen inspected", "Wang Bo accompanied 1", "Chen Tao accompanied 2"];
    for second in ["She was accompanied by Wang Bo and Chen Tao.", "Accompanying were Wang Bo and Chen Tao."] {
        let found = found(&format!("Li Shufen inspected the Changli River. {second}\n"));
        assert_eq!(found.meetings(), ["reported  (inspection)"]);
        assert_eq!(found.parts(), expected, "{second}");
    }
}

#[test]
fn who_attends_an_inspection_goes_along() {
    let found = found("Li Shufen inspected the Changli River. Wang Bo attended.\n");
    assert_eq!(found.parts(), ["Li Shufen inspected", "Wang Bo accompanied"]);
}

#[test]
fn who_is_quoted_at_a_meeting_spoke_there() {
    let text = format!("{HELD} Li Shufen pointed out that it rained. He stressed this.\n");
    assert_eq!(found(&text).parts(), ["Li Shufen spoke"]);
}

#[test]
fn who_wrote_instructions_did_not_speak() {
    let text = format!("{HELD} Li Shufen issued written instructions. He stressed this.\n");
    assert_eq!(found(&text).parts(), ["Li Shufen instructed"]);
}

#[test]
fn nobody_takes_part_where_no_event_is_reported() {
    let found = found("Li Shufen stressed this.\n");
    assert_eq!((found.meetings().len(), found.parts().len()), (0, 0));
}

#[test]
fn a_leader_of_the_centre_who_is_cited_takes_no_part() {
    let text = format!("{HELD} President Wang Shuli stressed this. Li Shufen spoke at the meeting.\n");
    assert_eq!(found(&text).parts(), ["Li Shufen spoke"]);
}

#[test]
fn the_title_beside_the_name_goes_with_the_part() {
    let text = format!("{HELD} Li Shufen, secretary of the Meixi County Party Committee, presided over the meeting.\n");
    let found = found(&text);
    assert_eq!(found.extraction.participations[0].title, "secretary of the Meixi County Party Committee");
}
