//! What `gazetteer check` finds: nothing in the shipped files, and each kind of fault in a user's.

use std::fs;

use tifa::gazetteer::check;

use crate::support::shipped;

const REGIONS: &str = "id,code,level,zh,name,base,variants,bare,parent,from,to,note\n";
const SLOGANS: &str = "id,zh,en,kind,year,variants,note\n";
const POSTS: &str = "person,title,organization,region,from,to,source\n";
const PEOPLE: &str = "id,zh,name,variants,wikidata,born,died,link,note\n";

/// Findings in a folder with these files, without the folder.
fn findings(files: &[(&str, String)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let prefix = format!("{}/", folder.path().display());
    check::folder(folder.path()).unwrap().iter().map(|f| f.to_string().replace(&prefix, "")).collect()
}

/// Findings in one file with these rows.
fn in_file(name: &str, header: &str, rows: &str) -> Vec<String> {
    findings(&[(name, format!("{header}{rows}\n"))])
}

#[test]
fn the_shipped_files_are_clean() {
    let findings: Vec<String> = check::shipped().iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn clean_rows_give_no_findings() {
    let rows = "zz-lakes,湖净,clean lakes,set_phrase,2001,lakes that are clean,";
    assert_eq!(in_file("slogans.csv", SLOGANS, rows), [""; 0]);
}

#[test]
fn a_file_that_does_not_load_is_a_fault() {
    let rows = "zz,湖,clean lakes,motto,,,";
    let message = "slogans.csv:2: fault: unknown variant `motto`, expected one of `numbered`, `doctrine`, `set_phrase`, \
                   `campaign`, `provincial`";
    assert_eq!(in_file("slogans.csv", SLOGANS, rows), [message]);
}

#[test]
fn one_variant_under_two_entries_is_a_duplicate_also_of_a_shipped_row() {
    let two = "zz-a,湖,clean lakes,set_phrase,,,\nzz-b,河,big rivers,set_phrase,,Clean-Lakes,";
    let message = "slogans.csv:3: duplicate: `Clean-Lakes` stands under `zz-a` (line 2) too; keep it in one of them";
    assert_eq!(in_file("slogans.csv", SLOGANS, two), [message]);
    let row = &shipped().gazetteers().slogans[0];
    let found = in_file("slogans.csv", SLOGANS, &format!("zz-a,湖,{},set_phrase,,,", row.en));
    let begin = format!("slogans.csv:2: duplicate: `{}` stands under `{}` (line 2) too", row.en, row.id);
    assert!(found.len() == 1 && found[0].starts_with(&begin), "{found:?}");
}

#[test]
fn a_variant_that_differs_in_case_or_hyphens_only_is_redundant() {
    let rows = "zz-a,湖,clean lakes,set_phrase,,very clean lakes|Very-Clean Lakes,";
    let message =
        "slogans.csv:2: redundant: `Very-Clean Lakes` adds nothing to what stands before it in the row; delete it";
    assert_eq!(in_file("slogans.csv", SLOGANS, rows), [message]);
}

#[test]
fn stopped_words_and_sentence_ends_are_unreachable() {
    let stop = "text,scope,reason\nclean lakes,slogan,they are wet\n".to_owned();
    let slogans = format!("{SLOGANS}zz-a,湖,clean lakes,set_phrase,,Lakes are wet. They are clean,\n");
    let expected = [
        "slogans.csv:2: unreachable: `Lakes are wet. They are clean` holds the end of a sentence and is never found; \
         write it without the dot",
        "slogans.csv:2: unreachable: `clean lakes` stands in stoplist.csv and is never found; delete one of the two",
    ];
    assert_eq!(findings(&[("slogans.csv", slogans), ("stoplist.csv", stop)]), expected);
}

#[test]
fn short_and_common_words_need_a_guard() {
    let row = |bare: &str| format!("zz-lake,,water,碗湖,Bowl Lake,Bowl,,{bare},cn,,,");
    let message = "regions.csv:2: unguarded: `Bowl` is a short or common word: give it case `exact`, boundary `strict` \
                   or a context, or bare `typed`";
    assert_eq!(in_file("regions.csv", REGIONS, &row("yes")), [message]);
    assert_eq!(in_file("regions.csv", REGIONS, &row("typed")), [""; 0]);
    let guarded = REGIONS.replace("note", "note,context");
    assert_eq!(in_file("regions.csv", &guarded, &format!("{},lake[s]", row("yes"))), [""; 0]);
}

#[test]
fn dates_must_be_dates_and_go_together() {
    let people = format!("{PEOPLE}zz-person,,Zhu Qingquan,,,1950,2010,,\nzz-other,,Zhu Qingshan,,,1951,,,\n");
    let posts = "zz-person,Secretary,Committee of the Lakes,cn,2012,2011,general\n\
                 zz-person,Mayor,City of the Lakes,cn,May 2001,,general\n\
                 zz-person,Warden,House of the Lakes,cn,1960,1970,general\n\
                 zz-person,Keeper,Garden of the Lakes,cn,2001,2014,general\n\
                 zz-person,Head,Office of the Lakes,cn,2000-01,2006-01,general\n\
                 zz-other,Head,Office of the Lakes,cn,2003-01,2009-01,general\n";
    let expected = [
        "posts.csv:2: date: `2011` is before `2012`",
        "posts.csv:2: date: `zz-person` died 2010; is it a namesake?",
        "posts.csv:3: date: `May 2001` is no date; write YYYY or YYYY-MM",
        "posts.csv:4: date: begins 1960, but `zz-person` was born 1950",
        "posts.csv:5: date: `zz-person` died 2010; is it a namesake?",
        "posts.csv:7: date: holds the office at the same time as `zz-person` (line 6); check from and to",
    ];
    assert_eq!(findings(&[("people.csv", people), ("posts.csv", format!("{POSTS}{posts}"))]), expected);
}

#[test]
fn references_must_lead_somewhere_that_can_be() {
    let rows = "zz-a,,county,,Shuibei County,Shuibei,,typed,zz-b,,,\nzz-b,,county,,Shuinan County,Shuinan,,typed,zz-a,,,\n\
                zz-c,990000,province,,Shuixi Province,Shuixi,,typed,r210100,,,\n\
                zz-d,990101,county,,Shuidong County,Shuidong,,typed,r210100,,,";
    let expected = [
        "regions.csv:2: reference: `zz-a` lies in itself: its parents lead back to it",
        "regions.csv:3: reference: `zz-b` lies in itself: its parents lead back to it",
        "regions.csv:4: reference: a province cannot lie in the prefecture `r210100`",
        "regions.csv:5: reference: code 990101 does not begin like that of its parent, 210100",
    ];
    assert_eq!(in_file("regions.csv", REGIONS, rows), expected);
    let organization = "id,zh,en,variants,class,level,region,case,note\nzz,,Clean Lakes Union,,mass,,nowhere,,\n";
    let found = findings(&[("organizations.csv", organization.to_owned())]);
    assert_eq!(found, ["organizations.csv:2: reference: `nowhere` is no id of regions.csv"]);
}

#[test]
fn a_romanised_name_must_be_a_reading_of_its_chinese() {
    let row = |name: &str, variants: &str| format!("zz-p,诸清泉,{name},{variants},,,,,");
    let message = "people.csv:2: reading: `Zhu Qingshan` is no reading of 诸清泉 (`zhuqingquan`); mend the name, or give \
                   the reading as a variant";
    assert_eq!(in_file("people.csv", PEOPLE, &row("Zhu Qingshan", "")), [message]);
    assert_eq!(in_file("people.csv", PEOPLE, &row("Zhu Qingquan", "")), [""; 0]);
    // Heteronyms: each reading is right.
    assert_eq!(in_file("people.csv", PEOPLE, "zz-p,乐长清,Yue Changqing,,,,,,"), [""; 0]);
    assert_eq!(in_file("people.csv", PEOPLE, "zz-p,乐长清,Le Zhangqing,,,,,,"), [""; 0]);
}

#[test]
fn what_was_looked_at_is_accepted_and_nothing_is_accepted_for_ever() {
    let regions = format!("{REGIONS}zz-lake,,water,碗湖,Bowl Lake,Bowl,,yes,cn,,,\n");
    let header = "file,key,finding,reason\n";
    let accepted = format!("{header}regions.csv,zz-lake,unguarded,no bowls here\nregions.csv,zz-pond,unguarded,gone\n");
    let message = "accepted.csv:3: stale: accepts nothing: the row or the finding is gone; delete the line";
    assert_eq!(findings(&[("regions.csv", regions), ("accepted.csv", accepted)]), [message]);
}
