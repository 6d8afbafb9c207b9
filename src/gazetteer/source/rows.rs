//! The rows of the gazetteer files, one struct per file, with the columns in their order.
//!
//! Only shape and labels: what a row means to the finders is said in the README of `gazetteers/`.

use super::forms::Table;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A row of a gazetteer file.
pub trait Row: serde::de::DeserializeOwned {
    /// File name in the gazetteer folder.
    const FILE: &'static str;
    /// Columns in their order.
    const COLUMNS: &'static [&'static str];
    /// Columns that a file may have besides.
    const OPTIONAL: &'static [&'static str];
    /// Columns whose cells, joined by `/`, make the key.
    const KEY: &'static [&'static str];
    /// Identity within the file: a row of the user's folder with the same key replaces the shipped one.
    fn key(&self) -> String;
}

/// A row whose words are looked for in texts.
pub trait Matched: Row {
    /// The gazetteer, as entries name it.
    const TABLE: Table;
    /// How its phrases must be capitalised where a row does not say.
    const CASE: Case;
    /// The cells that hold phrases.
    fn cells(&self) -> Vec<&str>;
    /// What the row's own policy cells say: case, boundary and context.
    fn policy(&self) -> (Option<Case>, Option<Boundary>, &str);
}

/// One struct for each file. `matched TABLE case CASE of CELLS` adds the policy columns, which a file may leave out.
macro_rules! row {
    ($(#[$meta:meta])* $name:ident $file:literal by $($key:ident)/+, matched $table:ident $case:ident of $cells:expr => {
        $($(#[$fmeta:meta])* $field:ident : $type:ty = $column:literal),* $(,)?
    }) => {
        row!(@row $(#[$meta])* $name $file by $($key)/+, ["case", "boundary", "context"] => {
            $($(#[$fmeta])* $field : $type = $column,)*
        } {
            /// How it must be capitalised; empty for what is usual in the file.
            #[serde(default)]
            pub case: Option<Case>,
            /// What may touch it.
            #[serde(default)]
            pub boundary: Option<Boundary>,
            /// What must stand near it: `quoted`, or words one of which stands in the sentence.
            #[serde(default)]
            pub context: String,
        });
        impl Matched for $name {
            const TABLE: Table = Table::$table;
            const CASE: Case = Case::$case;
            fn cells(&self) -> Vec<&str> {
                let cells: fn(&$name) -> Vec<&str> = $cells;
                cells(self)
            }
            fn policy(&self) -> (Option<Case>, Option<Boundary>, &str) {
                (self.case, self.boundary, &self.context)
            }
        }
    };
    ($(#[$meta:meta])* $name:ident $file:literal by $($key:ident)/+ => {
        $($(#[$fmeta:meta])* $field:ident : $type:ty = $column:literal),* $(,)?
    }) => {
        row!(@row $(#[$meta])* $name $file by $($key)/+, [] => { $($(#[$fmeta])* $field : $type = $column,)* } {});
    };
    (@row $(#[$meta:meta])* $name:ident $file:literal by $($key:ident)/+, $optional:expr => {
        $($(#[$fmeta:meta])* $field:ident : $type:ty = $column:literal,)*
    } { $($policy:tt)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            $($(#[$fmeta])* #[serde(rename = $column)] pub $field: $type,)*
            $($policy)*
        }
        impl Row for $name {
            const FILE: &'static str = $file;
            const COLUMNS: &'static [&'static str] = &[$($column),*];
            const OPTIONAL: &'static [&'static str] = &$optional;
            const KEY: &'static [&'static str] = &[$(stringify!($key)),+];
            fn key(&self) -> String {
                [$(self.$key.to_string()),+].join("/")
            }
        }
    };
}

macro_rules! labels {
    ($($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $label:literal),* $(,)? })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
            pub enum $name { $($(#[$vmeta])* #[serde(rename = $label)] $variant),* }
            impl $name {
                /// The label in the file.
                pub fn name(self) -> &'static str {
                    match self { $($name::$variant => $label),* }
                }
            }
            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(self.name())
                }
            }
        )*
    };
}

labels! {
    /// What kind of place a region is.
    RegionLevel {
        /// A state.
        Country = "country",
        /// Province, autonomous region, municipality under the centre, special administrative region.
        Province = "province",
        /// Prefecture-level city, prefecture, league.
        Prefecture = "prefecture",
        /// County, district, county-level city, banner.
        County = "county",
        /// A named area that is no division.
        Area = "area",
        /// River, lake, sea, reservoir.
        Water = "water",
        /// Mountain, basin, plateau.
        Mountain = "mountain",
        /// Development zone, new area, free trade zone.
        Zone = "zone",
        /// Continent.
        Continent = "continent",
    }
    /// Whether a region's name may stand without its type word.
    Bare {
        /// The base alone is read as the place.
        Yes = "yes",
        /// Only with its type word.
        Typed = "typed",
    }
    /// Kind of slogan.
    SloganKind {
        /// "two establishments"
        Numbered = "numbered",
        /// A doctrine or guiding theory.
        Doctrine = "doctrine",
        /// A set phrase.
        SetPhrase = "set_phrase",
        /// A campaign.
        Campaign = "campaign",
        /// A slogan of one province or city.
        Provincial = "provincial",
    }
    /// How a phrase must be capitalised.
    Case {
        /// In any case.
        Any = "any",
        /// Each content word begins with a capital.
        Capital = "capital",
        /// Its first word begins with a capital, the others may not ("Yunnan province").
        Lead = "lead",
        /// Letter for letter.
        Exact = "exact",
    }
    /// What may touch a phrase on either side, besides space and punctuation.
    Boundary {
        /// A hyphen: words that it joins are words of their own.
        Word = "word",
        /// Nothing: not a part of a hyphenated word.
        Strict = "strict",
    }
    /// What it takes to take a name for a listed person.
    Linking {
        /// The name, where no local office stands beside it: a person so well known that the name tells.
        Name = "name",
        /// A post that agrees in place and date.
        Post = "post",
        /// The same of a very common name: a post at the centre must also agree with the title or the report.
        Strict = "strict",
    }
    /// What a row of titles.csv is.
    TitleClass {
        /// Head of a title: "secretary", "mayor".
        Rank = "rank",
        /// A rank that is a seat in a body: "member". Everywhere else it is a rank.
        Seat = "seat",
        /// Stands before a rank: "deputy", "executive".
        Modifier = "modifier",
        /// Looks like a rank and is none: "top leader", "reporter".
        NoTitle = "no_title",
    }
    /// When a rank or organ counts without further words.
    Alone {
        /// In any place.
        Always = "always",
        /// When each word of it is capitalised.
        Capital = "capital",
        /// Beside a person's name or another title.
        Person = "person",
        /// Never.
        Never = "never",
    }
    /// What a row of organs.csv is.
    OrganClass {
        /// Last word of an organ's name: "committee", "bureau".
        Head = "head",
        /// A head that a level word alone does not make a particular organ: "county party group".
        Generic = "generic",
        /// A head that goes on with "for" or "on" ("leading group for ...").
        Purpose = "purpose",
        /// Stands before a head: "party", "discipline inspection".
        Modifier = "modifier",
        /// Closes the proper name of a company, school, paper: "Daily", "University".
        Suffix = "suffix",
    }
    /// What a row of meetings.csv is.
    MeetingClass {
        /// Last word of a meeting's name.
        Head = "head",
        /// A word that names a meeting only with a number, an organ or a proper name: "lecture", "dialogue".
        Weak = "weak",
        /// The complete name of a meeting.
        Name = "name",
        /// Stands before the head and tells nothing ("important", "video").
        Empty = "empty",
        /// Tells the kind, wherever it stands in the name.
        Hint = "hint",
        /// An event that is no meeting and gives no mention: "expo", "festival".
        Event = "event",
    }
    /// What a row of verbs.csv is.
    VerbClass {
        /// A person or meeting is quoted: "pointed out", "stressed".
        Report = "report",
        /// A person does something at an event; `role` says what.
        Role = "role",
        /// What is done with a slogan: "firmly support".
        Stance = "stance",
        /// An event takes place: "was held", "convened".
        Hold = "hold",
        /// Any other finite verb that ends a noun phrase.
        Other = "other",
    }
    /// What a row of triggers.csv is.
    TriggerClass {
        /// Passive, the doer follows: "was chaired by"; value = role.
        Passive = "passive",
        /// Inverted, the doers follow after "were": "also present"; value = role.
        Inverted = "inverted",
        /// The doers follow directly: "accompanied by", "along with"; value = role.
        Companion = "companion",
        /// Before or after a title: "former", "acting"; value = status.
        Status = "status",
        /// A person gets or loses an office: "was appointed"; value = status.
        Appointment = "appointment",
        /// What follows is cited, not reported: "the spirit of".
        Cited = "cited",
        /// An inspection or visit is told of; value = kind of event.
        Inspection = "inspection",
        /// Behind the name that a resume opens with: "male", "born in".
        Resume = "resume",
        /// Words that begin a speech: "in his speech".
        Speech = "speech",
        /// A sentence so begun goes on with the speaker before: "it is necessary", "we must".
        Continue = "continue",
        /// Joins a person and the office: "who is", "serves as".
        Copula = "copula",
        /// The text turns to something outside the report: "related links", "leave comment".
        Boilerplate = "boilerplate",
        /// Opens a sentence that tells of a further event: "before the meeting", "subsequently".
        Sequence = "sequence",
        /// The text is somebody's opinion and reports no event: "commentator of".
        Comment = "comment",
        /// Organs and slogans of another country; value = the country.
        Foreign = "foreign",
        /// What stands in narrative and not in reports: "thought to himself", "Chapter".
        Narrative = "narrative",
    }
    /// What a stoplist row forbids.
    Scope {
        /// Never a personal name, nor part of one.
        Person = "person",
        /// Never a place.
        Region = "region",
        /// Never an organisation.
        Org = "org",
        /// Never a slogan.
        Slogan = "slogan",
        /// Never a meeting.
        Meeting = "meeting",
        /// Never a title.
        Title = "title",
    }
    /// Class of a word of the language.
    WordClass {
        /// the, a, this, our
        Determiner = "determiner",
        /// he, it, who
        Pronoun = "pronoun",
        /// in, at, over
        Preposition = "preposition",
        /// and, as well as
        Conjunction = "conjunction",
        /// is, was, has, must
        Auxiliary = "auxiliary",
        /// also, then
        Adverb = "adverb",
        /// provincial, municipal; value = level
        Level = "level",
        /// province, county; value = level
        LevelNoun = "level_noun",
        /// one, two; value = number
        Number = "number",
        /// first, second; value = number
        Ordinal = "ordinal",
        /// January, Jan; value = number
        Month = "month",
        /// Monday; value = 1 to 7
        Weekday = "weekday",
        /// today, yesterday; value = days from today
        RelativeDay = "relative_day",
        /// morning
        Daypart = "daypart",
        /// Nov, No, Co
        Abbreviation = "abbreviation",
        /// County, River; value = level
        RegionType = "region_type",
        /// Chinese; value = region id
        Nationality = "nationality",
        /// Comrade, Mr
        Address = "address",
        /// Reporter, Editor
        Byline = "byline",
        /// Source:, Date:; value = date, outlet, person, ignore, title
        Label = "label",
        /// leaders, comrades, others
        Group = "group",
        /// marking, celebrating: a participle that goes on with a meeting's name
        Complement = "complement",
        /// hall, room: a noun behind a meeting word that makes another thing of it
        Compound = "compound",
        /// was, were, been
        Be = "be",
        /// he, she, his, her: stands for a person
        Personal = "personal",
        /// what, which, that: opens a clause that is told of, not reported
        Relative = "relative",
        /// and, who, then, while: carries the subject over to the next verb
        Linking = "linking",
        /// of, on, between: opens what stands behind a meeting word and tells which meeting it is
        Opener = "opener",
        /// news, affairs: ends in s and is no plural
        Singular = "singular",
        /// work, study, report: a verb that stands before nouns as their modifier too
        NounVerb = "noun_verb",
        /// our: the reporter's own jurisdiction
        Our = "our",
        /// the, whole, entire: before the reporter's own jurisdiction
        Whole = "whole",
        /// include, includes: between a person's offices and their list
        Inclusion = "inclusion",
        /// com, cn: the end of a site's name
        Domain = "domain",
        /// four words and more that are no names though capitalised: months, days, headings
        NoName = "no_name",
        /// in, stationed in: between a body and the place or organ where it has its seat
        Posting = "posting",
        /// villages, townships: places of a kind, of which offices in general are
        Division = "division",
        /// Tashi, Bayar: given names of peoples without surnames
        SingleName = "single_name",
    }
}

row! {
    /// regions.csv
    RegionRow "regions.csv" by id, matched Region Lead of |r| {
        let base = (r.bare == Bare::Yes).then_some(r.base.as_str());
        [r.name.as_str(), &r.variants].into_iter().chain(base).collect()
    } => {
        /// Identity.
        id: String = "id",
        /// GB/T 2260 code or empty.
        code: String = "code",
        /// Kind of place.
        level: RegionLevel = "level",
        /// Chinese name.
        zh: String = "zh",
        /// Full English name.
        name: String = "name",
        /// Name without type word.
        base: String = "base",
        /// Other names.
        variants: String = "variants",
        /// Whether the base may stand alone.
        bare: Bare = "bare",
        /// Id of the next higher region.
        parent: String = "parent",
        /// First year.
        from: String = "from",
        /// Last year, empty if current.
        to: String = "to",
        /// Remark.
        note: String = "note",
    }
}

row! {
    /// slogans.csv
    SloganRow "slogans.csv" by id, matched Slogan Any of |r| vec![&r.en, &r.variants] => {
        /// Identity.
        id: String = "id",
        /// Chinese original.
        zh: String = "zh",
        /// Standard English.
        en: String = "en",
        /// Kind.
        kind: SloganKind = "kind",
        /// Year of coining.
        year: String = "year",
        /// Other renderings.
        variants: String = "variants",
        /// Remark; the first word `quoted` says: only inside quotation marks.
        note: String = "note",
    }
}

row! {
    /// people.csv
    PersonRow "people.csv" by id, matched Person Capital of |r| vec![&r.name, &r.variants] => {
        /// Identity.
        id: String = "id",
        /// Chinese name.
        zh: String = "zh",
        /// Romanisation in use.
        name: String = "name",
        /// Other romanisations.
        variants: String = "variants",
        /// Wikidata id.
        wikidata: String = "wikidata",
        /// Year of birth.
        born: String = "born",
        /// Year of death.
        died: String = "died",
        /// What it takes to link the name to this person; empty for `post`.
        link: Option<Linking> = "link",
        /// Remark.
        note: String = "note",
    }
}

row! {
    /// posts.csv
    PostRow "posts.csv" by person/title/organization/region/from => {
        /// Id in people.csv.
        person: String = "person",
        /// Title.
        title: String = "title",
        /// Organ.
        organization: String = "organization",
        /// Id in regions.csv.
        region: String = "region",
        /// YYYY or YYYY-MM.
        from: String = "from",
        /// YYYY or YYYY-MM, empty if current.
        to: String = "to",
        /// Key of sources.toml or `general`.
        source: String = "source",
    }
}

row! {
    /// surnames.csv
    SurnameRow "surnames.csv" by pinyin => {
        /// Reading, lower case without tone.
        pinyin: String = "pinyin",
        /// Surnames read so.
        zh: String = "zh",
        /// Whether it has two syllables.
        compound: bool = "compound",
        /// common, regular or rare.
        frequency: String = "frequency",
        /// Whether it is an English word too.
        word: bool = "word",
    }
}

row! {
    /// syllables.csv
    SyllableRow "syllables.csv" by syllable => {
        /// A syllable of pinyin.
        syllable: String = "syllable",
        /// Whether it is an English word too.
        word: bool = "word",
    }
}

row! {
    /// english.csv
    EnglishRow "english.csv" by word => {
        /// An ordinary English word, lower case; regular plurals are derived.
        word: String = "word",
    }
}

row! {
    /// organizations.csv
    OrganizationRow "organizations.csv" by id, matched Organization Any of |r| vec![&r.en, &r.variants] => {
        /// Identity.
        id: String = "id",
        /// Chinese name.
        zh: String = "zh",
        /// Standard English.
        en: String = "en",
        /// Other names.
        variants: String = "variants",
        /// Class.
        class: String = "class",
        /// Level.
        level: String = "level",
        /// Id in regions.csv.
        region: String = "region",
        /// Remark.
        note: String = "note",
    }
}

row! {
    /// organs.csv
    OrganRow "organs.csv" by id, matched Organ Any of |r| vec![&r.en, &r.variants] => {
        /// Identity.
        id: String = "id",
        /// Chinese name.
        zh: String = "zh",
        /// Standard English.
        en: String = "en",
        /// Other renderings.
        variants: String = "variants",
        /// Class.
        class: OrganClass = "class",
        /// Level that the word itself tells.
        level: String = "level",
        /// When it counts without modifier.
        alone: Alone = "alone",
        /// `yes` if all its renderings name one organ, which `en` then stands for.
        one: String = "one",
        /// Remark.
        note: String = "note",
    }
}

row! {
    /// offices.csv
    OfficeRow "offices.csv" by rank/organ/level => {
        /// Ids of titles.csv joined by `|`, or `*`.
        rank: String = "rank",
        /// Standard names of organs joined by `|`: an empty one for none, `*` for any, `* Bureau` for any that ends so.
        organ: String = "organ",
        /// Level of the office's place, `local` for any below the centre, or empty for any.
        level: String = "level",
        /// Standard rank; empty if it stays.
        role: String = "role",
        /// Standard organ, with `{}` for what it was; empty if it stays.
        organization: String = "organization",
        /// Remark.
        note: String = "note",
    }
}

row! {
    /// titles.csv
    TitleRow "titles.csv" by id, matched Title Any of |r| vec![&r.en, &r.variants] => {
        /// Identity.
        id: String = "id",
        /// Chinese.
        zh: String = "zh",
        /// Standard English.
        en: String = "en",
        /// Other renderings.
        variants: String = "variants",
        /// Class.
        class: TitleClass = "class",
        /// Level that the word itself tells ("governor": province).
        level: String = "level",
        /// When it counts without organ or region.
        alone: Alone = "alone",
        /// Remark.
        note: String = "note",
    }
}

row! {
    /// meetings.csv
    MeetingRow "meetings.csv" by id, matched Meeting Any of |r| vec![&r.en, &r.variants] => {
        /// Identity.
        id: String = "id",
        /// Chinese.
        zh: String = "zh",
        /// Standard English.
        en: String = "en",
        /// Other renderings.
        variants: String = "variants",
        /// Class.
        class: MeetingClass = "class",
        /// Kind of meeting.
        kind: String = "kind",
        /// Remark.
        note: String = "note",
    }
}

row! {
    /// verbs.csv
    VerbRow "verbs.csv" by id, matched Verb Any of |r| vec![&r.variants] => {
        /// Identity.
        id: String = "id",
        /// Chinese.
        zh: String = "zh",
        /// All forms.
        variants: String = "variants",
        /// Class.
        class: VerbClass = "class",
        /// Role at an event, or empty.
        role: String = "role",
        /// Remark.
        note: String = "note",
    }
}

row! {
    /// triggers.csv
    TriggerRow "triggers.csv" by id, matched Trigger Any of |r| vec![&r.variants] => {
        /// Identity.
        id: String = "id",
        /// All forms.
        variants: String = "variants",
        /// Class.
        class: TriggerClass = "class",
        /// What it tells: a role, a status, a kind.
        value: String = "value",
        /// Remark.
        note: String = "note",
    }
}

row! {
    /// stoplist.csv
    StopRow "stoplist.csv" by text/scope, matched Stop Any of |r| vec![&r.text] => {
        /// The words.
        text: String = "text",
        /// What they are not.
        scope: Scope = "scope",
        /// Why.
        reason: String = "reason",
    }
}

row! {
    /// lexicon.csv
    WordRow "lexicon.csv" by text/class, matched Word Any of |r| vec![&r.text] => {
        /// The word or words.
        text: String = "text",
        /// Its class.
        class: WordClass = "class",
        /// Value: a number, a level, a region id.
        value: String = "value",
        /// Remark.
        note: String = "note",
    }
}

row! {
    /// off.csv: rows of other files that the user switches off.
    OffRow "off.csv" by file/key => {
        /// File that holds the row ("slogans.csv").
        file: String = "file",
        /// Key of the row.
        key: String = "key",
        /// Why it is switched off.
        reason: String = "reason",
    }
}

row! {
    /// townships.csv: townships and subdistricts, to link by; they are not looked for.
    TownshipRow "townships.csv" by code => {
        /// Code of nine digits (GB/T 10114), of which the first six are the county's.
        code: String = "code",
        /// Chinese name.
        zh: String = "zh",
        /// Romanised name with type word; further readings of its characters behind `|`.
        name: String = "name",
    }
}

row! {
    /// accepted.csv: findings of a check that were looked at and are right as they are.
    AcceptedRow "accepted.csv" by file/key/finding => {
        /// File that holds the row ("regions.csv").
        file: String = "file",
        /// Key of the row.
        key: String = "key",
        /// Kind of finding.
        finding: String = "finding",
        /// Why it is right.
        reason: String = "reason",
    }
}
