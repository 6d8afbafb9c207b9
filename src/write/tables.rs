//! The tables of the output contract, declared once: header, codebook and the type of a row.
//!
//! Columns may be added at the end of a table, never renamed, moved or dropped.

use std::borrow::Cow;

use serde::Serialize;

use super::schema::{Column, ForeignKey, Kind, Row, Table, cell, header, kind, tables};

const DOC_ID: &str = "The document.";
const SENTENCE: &str = "Sentence of the document, counted from 0.";
const START: &str = "First character of the words that carry the row, counted from 0 in Unicode scalar values of the \
                     text as read, a leading byte order mark not counted.";
const END: &str = "One past the last character, counted as `start`.";
const EVIDENCE: &str = "The words that support the row: at most 300 characters, cut between words, white space \
                        collapsed.";
const RULE: &str = "The rule or gazetteer entry that made the row.";
const LEVEL: &str = "central, province, prefecture, county or township.";
const CODE: &str = "GB/T 2260 code of the region; empty if it has none or several are meant.";
const PERSON_ID: &str = "The person, as entity_id.";
const PERSON: &str = "Name of the person: the standard name, or the fullest one in the document.";

tables! {
    /// One row per document that was read.
    DocumentRow("documents" key "doc_id") {
        doc_id: String, "Identity of the document: 12 hexadecimal digits of a hash over its path below the folder \
            given and its text, with `-2`, `-3` ... where a run holds the same more than once.";
        source: String, "The path as given.";
        record: String, "Line or row in a container; empty for a file that is one document.";
        title: String, "Headline.";
        published: Date, "Day of publication.";
        outlet: String, "Newspaper, agency or site.";
        url: String, "Address on the web.";
        language: String, "Language tag, as `en`.";
        characters: Integer, "Length of the text in Unicode scalar values.";
        sentences: Integer, "Number of sentences.";
        region: String, "Jurisdiction that the document is about, as a path from province down \
            (`Liaoning/Fuxin/Fumeng County`); `China` for the centre.";
        region_code: String, CODE;
        level: String, LEVEL;
        duplicate_of: String, "First document of the run with the same text or nearly the same (a reprint).";
        notes: String, "Remarks on how the document was read.";
    } ["duplicate_of" -> "documents"."doc_id"]

    /// One row per mention: a stretch of text that names something.
    MentionRow("mentions" key "mention_id") {
        mention_id: String, "Identity of the mention: doc_id, `-m` and a number from 1.";
        doc_id: String, DOC_ID;
        sentence: Integer, SENTENCE;
        label as "type": String, "PERSON, TITLE, ORG, REGION, MEETING, SLOGAN or DATE.";
        text: String, "The words as written.";
        start: Integer, START;
        end: Integer, END;
        entity_id: String, "What the words name, where that could be settled.";
        canonical: String, "For a DATE its ISO 8601 value (a day, or two joined by `/`), else the standard wording.";
        rule: String, RULE;
    } ["doc_id" -> "documents"."doc_id", "entity_id" -> "entities"."entity_id"]

    /// One row per entity in the corpus, in the order of first appearance.
    EntityRow("entities" key "entity_id") {
        entity_id: String, "Identity of the entity in all documents.";
        kind as "type": String, "Type, as in mentions.csv.";
        name: String, "Standard name, or the first one that a document gives.";
        name_zh: String, "Chinese name.";
        wikidata: String, "Wikidata id.";
        region_code: String, "GB/T 2260 code of a region, or of the region whose organ it is; empty if it has none.";
        mentions: Integer, "Mentions in all documents.";
        documents: Integer, "Documents in which it occurs.";
        first_seen: Date, "Earliest day of publication of these documents.";
        last_seen: Date, "Latest day of publication of these documents.";
        evidence: String, "For a person, why its documents tell of one: `listed` in people.csv, `office` in one place, \
            `document` that gives several offices to one name, `place` and a rare name, `decision` of the user; empty \
            where one document or one rule for the name is all there is.";
    } []

    /// One row per person and office in a document.
    PositionRow("positions") {
        doc_id: String, DOC_ID;
        person_id: String, PERSON_ID;
        person: String, PERSON;
        title: String, "The title as written.";
        role: String, "Rank without organ and region, in standard wording (`deputy secretary`).";
        organization: String, "The organ in standard wording, without place and level (`Party Committee Standing \
            Committee`); empty if the title names none and none follows from it.";
        region: String, "The place whose office it is, as a path from province down; `China` for the centre.";
        region_code: String, CODE;
        level: String, LEVEL;
        status: String, "former, acting, elect, appointed or removed; empty for plain tenure.";
        observed: Date, "Day on which the document shows the person in office.";
        sentence: Integer, SENTENCE;
        start: Integer, START;
        end: Integer, END;
        evidence: String, EVIDENCE;
        rule: String, RULE;
    } ["doc_id" -> "documents"."doc_id", "person_id" -> "entities"."entity_id"]

    /// One row per meeting, inspection or other event in a document.
    MeetingRow("meetings" key "meeting_id") {
        meeting_id: String, "Identity of the meeting: doc_id, `-e` and a number from 1.";
        doc_id: String, DOC_ID;
        name: String, "The name as written; empty for a bare `held a meeting` or an inspection.";
        kind: String, "standing_committee, plenary, congress, work_conference, study_session, review, seminar, \
            symposium, mobilization, inspection, ceremony, press, executive, party_group, democratic_life, forum, \
            visit or other.";
        ordinal: String, "Ordinal number of the meeting, as `34`.";
        organizer: String, "The organiser as written.";
        region: String, "Jurisdiction of the event, as a path from province down; `China` for the centre.";
        region_code: String, CODE;
        level: String, LEVEL;
        start_date: Date, "First day.";
        end_date: Date, "Last day.";
        place: String, "The place as written.";
        reported: Boolean, "true: the event that the document reports; false: one that it cites.";
        sentence: Integer, SENTENCE;
        start: Integer, START;
        end: Integer, END;
        evidence: String, EVIDENCE;
        rule: String, RULE;
    } ["doc_id" -> "documents"."doc_id"]

    /// One row per person and role at a meeting.
    ParticipationRow("participation") {
        meeting_id: String, "The meeting.";
        doc_id: String, DOC_ID;
        person_id: String, PERSON_ID;
        person: String, PERSON;
        role: String, "presided, spoke, attended, instructed, accompanied or inspected.";
        list_order: MaybeInteger, "Place in the list of names, from 1; empty where there is no list.";
        title: String, "The title beside the name, as written.";
        sentence: Integer, SENTENCE;
        start: Integer, START;
        end: Integer, END;
        evidence: String, EVIDENCE;
        rule: String, RULE;
    } ["meeting_id" -> "meetings"."meeting_id", "doc_id" -> "documents"."doc_id",
        "person_id" -> "entities"."entity_id"]

    /// One row per use of a slogan.
    SloganRow("slogans") {
        doc_id: String, DOC_ID;
        slogan_id: String, "The slogan, as entity_id.";
        slogan: String, "Standard English wording, or the wording as written where no gazetteer knows it.";
        slogan_zh: String, "Chinese original.";
        kind: String, "Kind of slogan (`numbered`, `doctrine`, `set_phrase` ...).";
        text: String, "The words as written.";
        quoted: Boolean, "Whether it stands in quotation marks.";
        speaker_type: String, "person, meeting or document: who is made to say it.";
        speaker_id: String, "entity_id, meeting_id or doc_id, after speaker_type; empty for a meeting without a row.";
        speaker: String, "Name of the person or meeting; empty for a document.";
        stance: String, "The verb that carries it (`firmly support`).";
        meeting_id: String, "The meeting at which it is said.";
        sentence: Integer, SENTENCE;
        start: Integer, START;
        end: Integer, END;
        evidence: String, EVIDENCE;
        rule: String, RULE;
    } ["doc_id" -> "documents"."doc_id", "slogan_id" -> "entities"."entity_id",
        "meeting_id" -> "meetings"."meeting_id"]

    /// One row per relation: all kinds in one long table.
    RelationRow("relations" key "relation_id") {
        relation_id: String, "Identity of the relation: doc_id, `-r` and a number from 1.";
        doc_id: String, DOC_ID;
        subject_id: String, "entity_id, mention_id, meeting_id or doc_id of the subject.";
        subject_type: String, "Type of the entity or mention, or MEETING (a row of meetings.csv) or DOCUMENT.";
        predicate: String, "What the subject does or is to the object (`holds_office`, `presided`, `says` ...).";
        object_id: String, "entity_id, mention_id, meeting_id or doc_id of the object.";
        object_type: String, "As subject_type.";
        sentence: Integer, SENTENCE;
        start: Integer, START;
        end: Integer, END;
        evidence: String, EVIDENCE;
        rule: String, RULE;
    } ["doc_id" -> "documents"."doc_id"]

    /// One row per input that could not be read, or was read in part.
    ProblemRow("problems") {
        source: String, "The path as given.";
        record: String, "Line or row in a container; empty for a file that is one document.";
        problem: String, "missing, unreadable, truncated, ratio, no_text_column, no_column, encrypted, nested, empty, \
            too_large, row_width, invalid_json, or internal for a fault of the program.";
        detail: String, "What is wrong and what to do about it.";
    } []

    /// One row per two persons who may be one, or who were made one on thin evidence; a filled-in copy is a file of
    /// decisions.
    AmbiguousRow("ambiguous") {
        name: String, "Name as written.";
        state: String, "What the run made of them: `joined` into one entity, or `apart`.";
        why: String, "Why, and what speaks for the opposite.";
        decision: String, "Empty: for the user to write `same` or `different`.";
        a: String, "Key of one side, for decisions.";
        a_about: String, "Office and place, as far as they are known.";
        a_documents: Integer, "Documents in which it occurs.";
        a_first_seen: Date, "Earliest day of publication of these documents.";
        a_last_seen: Date, "Latest day of publication of these documents.";
        a_doc_id: String, "First of these documents.";
        b: String, "Key of the other side; an entity_id if it is a listed person.";
        b_about: String, "Office and place, as far as they are known; of a listed person the Chinese name and posts.";
        b_documents: Integer, "Documents in which it occurs; 0 for a listed person.";
        b_first_seen: Date, "Earliest day of publication of these documents.";
        b_last_seen: Date, "Latest day of publication of these documents.";
        b_doc_id: String, "First of these documents.";
    } ["a_doc_id" -> "documents"."doc_id", "b_doc_id" -> "documents"."doc_id"]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str) -> Option<&'static Table> {
        TABLES.iter().find(|table| table.name == name)
    }

    fn header(table: &Table) -> String {
        table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn headers_are_those_of_the_contract() {
        let contract = [
            "doc_id, source, record, title, published, outlet, url, language, characters, sentences, region, \
             region_code, level, duplicate_of, notes",
            "mention_id, doc_id, sentence, type, text, start, end, entity_id, canonical, rule",
            "entity_id, type, name, name_zh, wikidata, region_code, mentions, documents, first_seen, last_seen, \
             evidence",
            "doc_id, person_id, person, title, role, organization, region, region_code, level, status, observed, \
             sentence, start, end, evidence, rule",
            "meeting_id, doc_id, name, kind, ordinal, organizer, region, region_code, level, start_date, end_date, \
             place, reported, sentence, start, end, evidence, rule",
            "meeting_id, doc_id, person_id, person, role, list_order, title, sentence, start, end, evidence, rule",
            "doc_id, slogan_id, slogan, slogan_zh, kind, text, quoted, speaker_type, speaker_id, speaker, stance, \
             meeting_id, sentence, start, end, evidence, rule",
            "relation_id, doc_id, subject_id, subject_type, predicate, object_id, object_type, sentence, start, end, \
             evidence, rule",
            "source, record, problem, detail",
            "name, state, why, decision, a, a_about, a_documents, a_first_seen, a_last_seen, a_doc_id, b, b_about, \
             b_documents, b_first_seen, b_last_seen, b_doc_id",
        ];
        assert_eq!(TABLES.iter().map(header).collect::<Vec<_>>(), contract);
    }

    #[test]
    fn tables_stand_in_the_order_of_the_contract() {
        let names: Vec<_> = TABLES.iter().map(|table| table.name).collect();
        let contract =
            "documents mentions entities positions meetings participation slogans relations problems ambiguous";
        assert_eq!(names.join(" "), contract);
        assert_eq!(TABLES[SloganRow::TABLE].name, "slogans");
    }

    #[test]
    fn keys_name_columns_that_exist() {
        let has = |table: &Table, name: &str| table.columns.iter().any(|column| column.name == name);
        for one in TABLES {
            assert!(one.primary_key.iter().all(|key| has(one, key)), "{}", one.name);
            for key in one.foreign_keys {
                let target = table(key.table).unwrap();
                assert!(has(one, key.column) && target.primary_key == [key.target], "{} {}", one.name, key.column);
            }
        }
    }

    #[test]
    fn every_column_is_described_in_a_sentence() {
        for column in TABLES.iter().flat_map(|table| table.columns) {
            assert!(column.description.ends_with('.') && !column.description.contains("  "), "{}", column.name);
        }
    }
}
