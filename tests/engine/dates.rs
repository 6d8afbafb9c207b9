//! The year, month and day that a date leaves out.

use super::found;

#[test]
fn the_year_is_that_of_publication_or_the_one_before() {
    let found = found("Date: 2021-01-04\n\nOn December 30 it rained. On January 3 it was dry.\n");
    assert_eq!(found.extraction.profile.published, "2021-01-04");
    assert_eq!(found.dates(), ["2021-01-04 = 2021-01-04", "December 30 = 2020-12-30", "January 3 = 2021-01-03"]);
}

#[test]
fn a_full_date_of_the_text_gives_the_year_where_no_publication_is_known() {
    let found = found("It rained.\nIt was dry on December 30, 2019. It snowed on January 1.\n");
    assert_eq!(found.extraction.profile.published, "");
    assert_eq!(found.dates(), ["December 30, 2019 = 2019-12-30", "January 1 = 2020-01-01"]);
}

#[test]
fn a_year_that_the_text_names_is_taken_as_it_is() {
    assert_eq!(found("The plan for 2018 was read. On May 5 it rained.\n").dates(), ["May 5 = 2018-05-05"]);
}

#[test]
fn without_any_year_it_stays_open() {
    assert_eq!(
        found("On May 5 it rained. On the 6th it was dry.\n").dates(),
        ["May 5 = ????-05-05", "6th = ????-05-06"]
    );
}

#[test]
fn a_day_alone_belongs_to_the_month_before_it() {
    let found = found("Date: 2021-06-01\n\nIt rained on May 5. It was dry on the 6th.\n");
    assert_eq!(found.dates()[1..], ["May 5 = 2021-05-05", "6th = 2021-05-06"]);
}

#[test]
fn a_day_alone_that_is_later_than_publication_was_in_the_month_before() {
    assert_eq!(found("Date: 2021-01-04\n\nOn the 28th it rained.\n").dates()[1..], ["28th = 2020-12-28"]);
}

#[test]
fn relative_days_count_from_publication() {
    // 2021-06-02 was a Wednesday.
    let found = found("Date: 2021-06-02\n\nToday it rains. Yesterday it was dry. On Monday it snowed.\n");
    assert_eq!(found.dates()[1..], ["Today = 2021-06-02", "Yesterday = 2021-06-01", "Monday = 2021-05-31"]);
}

#[test]
fn relative_days_have_no_value_without_publication() {
    assert_eq!(found("It rained yesterday.\n").dates(), ["yesterday = "]);
}

#[test]
fn a_run_of_days_is_an_interval() {
    let found = found("Date: 2021-06-01\n\nFrom May 5 to 7 it rained. It was dry from May 30 to Jun. 1.\n");
    assert_eq!(found.dates()[1..], ["May 5 to 7 = 2021-05-05/2021-05-07", "May 30 to Jun. 1 = 2021-05-30/2021-06-01"]);
}

#[test]
fn a_run_of_weekdays_ends_on_or_before_the_report() {
    // 2021-06-07 was a Monday.
    let found = found("Date: 2021-06-09\n\nHe was there from Monday to Tuesday.\n");
    assert_eq!(found.dates()[1..], ["Monday to Tuesday = 2021-06-07/2021-06-08"]);
}

#[test]
fn figures_that_may_be_month_or_day_stay_open() {
    assert_eq!(found("It rained on 21/08/2023.\n").dates(), ["21/08/2023 = 2023-08-21"]);
    assert_eq!(found("It rained on 10/08/2023.\n").dates(), ["10/08/2023 = 2023-??-??"]);
}

#[test]
fn two_days_of_two_months_are_two_dates() {
    let found = found("Date: 2021-06-01\n\nIt rained on May 5 and May 9.\n");
    assert_eq!(found.dates()[1..], ["May 5 = 2021-05-05", "May 9 = 2021-05-09"]);
}

#[test]
fn relative_days_count_from_the_day_of_the_dispatch() {
    let found = found("Date: 2021-05-02\n\nBaihe, May 1 — Today it rains.\n");
    assert_eq!(found.extraction.profile.published, "2021-05-02");
    assert_eq!(found.dates().last().unwrap(), "Today = 2021-05-01");
}

#[test]
fn the_day_of_publication_stands_in_many_forms_of_line() {
    for line in [
        "2021-05-02   Lanshan Daily   Wang Bo",
        "Lanshan Daily (May 2, 2021 page 1)",
        "Date 2021-05-02 by: the office",
        "Rain · Original 2021-05-02 17:02 from: Baihe and many other places of this country",
    ] {
        let found = found(&format!("It rains\n\n{line}\n\nIt rained on May 30, 2020.\n"));
        assert_eq!(found.extraction.profile.published, "2021-05-02", "{line}");
    }
}

#[test]
fn a_day_in_a_sentence_is_not_that_of_publication() {
    let found = found(
        "It rains\n\nLanshan Daily reported that on May 2, 2021 it rained in Baihe and in all of the other cities.\n",
    );
    assert_eq!(found.extraction.profile.published, "");
}
