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

#[test]
fn a_meeting_behind_the_lead_is_reported_where_its_sentence_is_tied_to_what_was_before() {
    let rest = "It rained all day long. It rained all night long. It rained all week long.";
    let second = "Li Shufen chaired the 4th work conference on rivers.";
    let found_in = |tie: &str| found(&format!("{HELD} {rest} {tie} {second}\n")).meetings()[1].clone();
    assert_eq!(found_in("Subsequently"), "reported 4th work conference on rivers (work_conference)");
    assert_eq!(found_in("After the meeting,"), "reported 4th work conference on rivers (work_conference)");
    assert_eq!(found_in("Once"), "cited 4th work conference on rivers (work_conference)");
}

#[test]
fn a_meeting_behind_the_lead_is_reported_where_a_day_shortly_before_the_report_stands_beside_it() {
    let text = |day: &str| {
        format!(
            "Date: 2021-05-06\n\n{HELD} It rained all day long. It rained all night long. It rained all week long. He said so at the work conference on rivers on {day}.\n"
        )
    };
    assert_eq!(found(&text("May 4")).meetings()[1], "reported work conference on rivers (work_conference)");
    assert_eq!(found(&text("May 1")).meetings()[1], "cited work conference on rivers (work_conference)");
}

#[test]
fn an_inspection_told_before_the_meeting_is_an_event_of_its_own() {
    let text =
        "From May 4 to 5, 2021, Li Shufen went to Meixi County, and on May 5 she chaired a symposium on bridges.\n";
    let found = found(text);
    assert_eq!(found.meetings(), ["reported  (inspection)", "reported symposium on bridges (symposium)"]);
    let days: Vec<_> = found.extraction.meetings.iter().map(|m| (&*m.start_date, &*m.end_date)).collect();
    assert_eq!(days, [("2021-05-04", "2021-05-05"), ("2021-05-05", "2021-05-05")]);
    assert_eq!(found.extraction.meetings[0].place, "Meixi County");
}

#[test]
fn an_inspection_told_behind_the_meeting_in_its_sentence_is_none() {
    let text = "Li Shufen chaired a symposium on bridges; the leaders who visited Meixi County came.\n";
    assert_eq!(found(text).meetings(), ["reported symposium on bridges (symposium)"]);
}

#[test]
fn a_further_meeting_without_a_name_follows_an_inspection() {
    let lead = "Li Shufen inspected the Changli River. It rained all day long. It rained all night long. It rained all week long.";
    let later = found(&format!("{lead} In the afternoon he also presided over a meeting.\n"));
    assert_eq!(later.meetings(), ["reported  (inspection)", "reported  (other)"]);
    let same = found(&format!("{lead} In the afternoon he also presided over the meeting.\n"));
    assert_eq!(same.meetings(), ["reported  (inspection)"]);
}

#[test]
fn a_list_of_places_is_no_place_of_the_inspection_but_a_place_in_another_is() {
    let place = |places: &str| found(&format!("Li Shufen went to {places}.\n")).extraction.meetings[0].place.clone();
    assert_eq!(place("Meixi County and Yunmo County"), "");
    assert_eq!(place("Mingtao Town, Meixi County"), "Mingtao Town");
    assert_eq!(place("Meixi County, Yunmo County and Baihe"), "");
}

#[test]
fn an_exposition_that_was_held_is_an_event_and_no_mention() {
    let found = found("Date: 2021-05-06\n\nOn May 5, the 3rd Meixi Pear Expo was held in Meixi County.\n");
    assert_eq!(found.meetings(), ["reported 3rd Meixi Pear Expo (other)"]);
    let event = &found.extraction.meetings[0];
    assert_eq!((&*event.start_date, &*event.place, event.mention), ("2021-05-05", "Meixi County", None));
    assert!(found.mentions(tifa::model::Label::Meeting, |_| String::new()).is_empty());
}

#[test]
fn an_exposition_that_only_stands_in_the_text_is_no_event() {
    assert!(found("The 3rd Meixi Pear Expo sold pears.\n").meetings().is_empty());
}

#[test]
fn a_comment_reports_no_event() {
    let text = format!("{HELD} It rained.\n");
    assert_eq!(
        found(&format!("Commentator of Lanshan Daily: On rain\n\n{text}")).meetings(),
        ["cited symposium on bridges (symposium)"]
    );
    assert_eq!(found(&format!("On rain\n\n{text}")).meetings(), ["reported symposium on bridges (symposium)"]);
}

#[test]
fn the_organ_that_met_tells_the_kind_of_a_meeting_that_has_only_a_number() {
    let kind = |text: &str| found(text).extraction.meetings[0].kind.clone();
    let organ = "Standing Committee of the Meixi County Party Committee";
    assert_eq!(kind(&format!("The {organ} held its 6th meeting in 2021.\n")), "standing_committee");
    assert_eq!(kind("The Meixi County Party Committee held its 6th meeting in 2021.\n"), "other");
    assert_eq!(kind(&format!("The 6th meeting of directors of the {organ} was held.\n")), "other");
}

#[test]
fn what_a_conference_celebrates_tells_its_kind() {
    let kind = |text: &str| found(text).extraction.meetings[0].kind.clone();
    assert_eq!(kind("The 6th conference marking the flood was held.\n"), "ceremony");
    assert_eq!(kind("The 6th conference on floods was held.\n"), "work_conference");
}

#[test]
fn the_fuller_name_of_the_headline_is_taken_and_the_day_of_the_body() {
    let text = "Lanshan Province stressed during the 6th symposium on bridges of the Meixi County Party Committee\n\n\
                On May 5, 2021, the committee held the 6th symposium.\n";
    let event = &found(text).extraction.meetings[0];
    assert_eq!(event.name, "6th symposium on bridges of the Meixi County Party Committee");
    assert_eq!(event.start_date, "2021-05-05");
}

#[test]
fn a_run_of_days_told_in_another_sentence_is_that_of_the_meeting() {
    let name = "6th symposium on bridges";
    let text = format!("It was approved at the {name} held on May 7, 2021. The {name} was held from May 5 to 7.\n");
    let event = &found(&text).extraction.meetings[0];
    assert_eq!((&*event.start_date, &*event.end_date), ("2021-05-05", "2021-05-07"));
}

#[test]
fn the_dateline_tells_the_place_and_not_the_day() {
    let text = "Date: 2021-05-06\n\nBaihe, May 6 -- The symposium on bridges was held on May 5.\n";
    let event = &found(text).extraction.meetings[0];
    assert_eq!((&*event.start_date, &*event.place), ("2021-05-05", "Baihe"));
}

#[test]
fn the_venue_tells_the_place() {
    let place = |venue: &str| {
        let found = found(&format!("Our county sang in Meixi County. The symposium on bridges was held {venue}.\n"));
        found.extraction.meetings[0].place.clone()
    };
    assert_eq!(place("in the old mill of Liutang Village"), "Liutang Village");
    assert_eq!(place("on the third floor of the county government"), "Meixi County");
    assert_eq!(place("at the Green Bridge Centre"), "Green Bridge Centre");
    assert_eq!(place("at noon"), "");
}

#[test]
fn whoever_held_the_meeting_by_its_name_is_the_region() {
    let rest = "It rained all day long. It rained all night long. It rained all week long.";
    let text =
        format!("The city of Baihe sang. Our city sang. {rest} In the afternoon Meixi County then held a meeting.\n");
    let regions: Vec<_> = found(&text).extraction.meetings.iter().map(|m| m.region.path.clone()).collect();
    assert_eq!(regions, ["Lanshan/Baihe/Meixi County"]);
}

#[test]
fn a_letter_that_is_received_is_no_reception() {
    assert_eq!(found("Li Shufen met with Wang Bo in Baihe.\n").meetings(), ["reported  (other)"]);
    assert!(found("Li Shufen met with approval from Baihe.\n").meetings().is_empty());
}

#[test]
fn a_lecture_is_an_event_where_nothing_else_is() {
    assert_eq!(found("On May 5, Li Shufen gave a lecture in Baihe.\n").meetings(), ["reported  (other)"]);
}
