//! The types that the stages hand to each other: documents, spans, mentions, facts.
//!
//! Plain data without behaviour of the stages. Every offset inside the program is a [`Span`] in bytes of the
//! document's text; the tables count Unicode scalar values, and only `write` converts.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a document's text. Both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end` (bytes).
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span (equal spans do).
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The text under the span; empty where the span does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// One text to read, with what its container says about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Identity in all tables.
    pub id: String,
    /// The path as given by the user.
    pub source: String,
    /// Line or row in a container; empty for a file that is one document.
    pub record: String,
    /// Metadata from outside the text; empty where unknown.
    pub metadata: Metadata,
    /// The text as read, without a leading byte order mark.
    pub text: String,
    /// What the reader has to say about the text (for instance that bytes were replaced); empty if nothing.
    pub notes: String,
}

/// What a container (not the text) says about a document; empty cells mean unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Headline.
    pub title: String,
    /// Day of publication, ISO 8601.
    pub published: String,
    /// Newspaper, agency or site.
    pub outlet: String,
    /// Address on the web.
    pub url: String,
}

/// Type of a mention, as the output contract names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// A personal name.
    Person,
    /// The longest phrase that names one office.
    Title,
    /// A named organisation or particular organ.
    Org,
    /// A proper name of a place.
    Region,
    /// A meeting told apart by at least one modifier.
    Meeting,
    /// A fixed political formulation.
    Slogan,
    /// A calendar expression that fixes a day or a run of days.
    Date,
}

impl Label {
    /// All labels in their fixed order.
    pub const ALL: [Label; 7] =
        [Label::Person, Label::Title, Label::Org, Label::Region, Label::Meeting, Label::Slogan, Label::Date];

    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Label::Person => "PERSON",
            Label::Title => "TITLE",
            Label::Org => "ORG",
            Label::Region => "REGION",
            Label::Meeting => "MEETING",
            Label::Slogan => "SLOGAN",
            Label::Date => "DATE",
        }
    }
}

/// Level of an organ, an office or a jurisdiction, from the centre down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// The centre.
    Central,
    /// Province, autonomous region, municipality under the centre.
    Province,
    /// Prefecture-level city, prefecture, league.
    Prefecture,
    /// County, district, county-level city, banner.
    County,
    /// Township, town, subdistrict.
    Township,
}

impl Level {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Level::Central => "central",
            Level::Province => "province",
            Level::Prefecture => "prefecture",
            Level::County => "county",
            Level::Township => "township",
        }
    }

    /// The level with this name in the tables and gazetteers.
    pub fn parse(name: &str) -> Option<Level> {
        [Level::Central, Level::Province, Level::Prefecture, Level::County, Level::Township]
            .into_iter()
            .find(|level| level.name() == name)
    }
}

/// The id of the rule or gazetteer entry that made a row.
pub type Rule = Cow<'static, str>;

/// Index of a mention in [`Extraction::mentions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub usize);

/// Index of an entity in [`Extraction::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub usize);

/// A stretch of text that names something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Type.
    pub label: Label,
    /// Bytes of the surface in the document's text.
    pub span: Span,
    /// Sentence, from 0.
    pub sentence: usize,
    /// What it names, where that could be settled.
    pub entity: Option<EntityId>,
    /// Canonical form: the ISO value of a DATE, the standard wording otherwise; empty if unknown.
    pub canonical: String,
    /// Rule or gazetteer entry.
    pub rule: Rule,
}

/// What a document names, once per document; the key is the same in all documents of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entity {
    /// Identity across documents (`entity_id` in the tables).
    pub key: String,
    /// Type (the name of a [`Label`]).
    pub kind: &'static str,
    /// Standard name, or the fullest name in the document.
    pub name: String,
    /// Chinese name, empty if unknown.
    pub name_zh: String,
    /// Wikidata id, empty if unknown.
    pub wikidata: String,
    /// GB/T 2260 code of a region, or of the region whose organ it is; empty otherwise.
    pub region_code: String,
    /// For a person: what the document tells of who it is.
    pub person: Option<Person>,
}

/// What the form of a person's name tells of how rare it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum NameForm {
    /// Surname and given name of several syllables: few namesakes in one place.
    Full,
    /// Surname and given name of one syllable: many namesakes everywhere.
    Short,
    /// A surname alone.
    Surname,
    /// Any other name ("Rosa Weber", "Tursun Wufuer").
    #[default]
    Other,
}

/// What a document tells of the identity of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Whether people.csv says who it is: then the entity's key is settled.
    pub listed: bool,
    /// Form of the name.
    pub form: NameForm,
    /// Whether the name stands in a byline: a reporter's, not an official's.
    pub byline: bool,
    /// Persons of people.csv with this name, and why none of them could be told to be meant.
    pub candidates: Vec<Candidate>,
}

/// A listed person who may be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Key of the entity.
    pub key: String,
    /// Standard name.
    pub name: String,
    /// Chinese name, empty if unknown.
    pub name_zh: String,
    /// Wikidata id, empty if unknown.
    pub wikidata: String,
    /// Chinese name and posts, for a reader.
    pub about: String,
    /// What is missing.
    pub why: Cow<'static, str>,
}

/// A place as the tables show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Path from province down (`Liaoning/Fuxin/Fumeng County`), `China` for the centre; empty if unknown.
    pub path: String,
    /// GB/T 2260 code, empty if there is none or if several divisions are meant.
    pub code: String,
    /// Level, where known.
    pub level: Option<Level>,
}

impl Place {
    /// Last part of the path: the place itself.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or("")
    }
}

/// Where a fact stands and what made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Sentence, from 0.
    pub sentence: usize,
    /// Bytes of the words that carry the fact.
    pub span: Span,
    /// Bytes of the words that support it (the clause or sentence); cut to 300 characters by `write`.
    pub support: Span,
    /// Rule or gazetteer entry.
    pub rule: Rule,
}

/// A person holds, held or is to hold an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The person.
    pub person: EntityId,
    /// The TITLE mention.
    pub title: MentionId,
    /// Title as written.
    pub wording: String,
    /// Rank without organ and region, in standard wording ("deputy secretary").
    pub role: String,
    /// Organ in standard wording, without place and level; empty if none.
    pub organization: String,
    /// The place whose office it is.
    pub region: Place,
    /// `former`, `acting`, `elect`, `appointed`, `removed`, or empty.
    pub status: &'static str,
    /// Day on which the document shows the person in office, ISO 8601; empty if unknown.
    pub observed: String,
    /// Where the document says so.
    pub evidence: Evidence,
}

/// A meeting, inspection or other event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The MEETING mention that names it, if it has a name.
    pub mention: Option<MentionId>,
    /// Name as written; empty for a bare "held a meeting" or an inspection.
    pub name: String,
    /// Kind, from the list of the output contract (`standing_committee` ... `other`).
    pub kind: String,
    /// Ordinal number of the meeting ("34"), empty if none.
    pub ordinal: String,
    /// Organiser as written, empty if not said.
    pub organizer: String,
    /// Jurisdiction of the event.
    pub region: Place,
    /// First day, ISO 8601, empty if unknown.
    pub start_date: String,
    /// Last day, ISO 8601, empty if unknown.
    pub end_date: String,
    /// Place as written, empty if not said.
    pub place: String,
    /// Whether the document reports the event (true) or only cites it (false).
    pub reported: bool,
    /// Where the document says so.
    pub evidence: Evidence,
}

/// How a person took part in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Chaired or hosted it.
    Presided,
    /// Gave a speech or report, or is quoted as speaking there.
    Spoke,
    /// Was there.
    Attended,
    /// Sent written instructions.
    Instructed,
    /// Went along on an inspection or visit.
    Accompanied,
    /// Led an inspection or visit.
    Inspected,
}

impl Role {
    /// All roles in their fixed order.
    pub const ALL: [Role; 6] =
        [Role::Presided, Role::Spoke, Role::Attended, Role::Instructed, Role::Accompanied, Role::Inspected];

    /// The name in the tables and gazetteers.
    pub fn name(self) -> &'static str {
        match self {
            Role::Presided => "presided",
            Role::Spoke => "spoke",
            Role::Attended => "attended",
            Role::Instructed => "instructed",
            Role::Accompanied => "accompanied",
            Role::Inspected => "inspected",
        }
    }

    /// The role with this name.
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A person in a role at an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participation {
    /// Index in [`Extraction::meetings`].
    pub meeting: usize,
    /// The person.
    pub person: EntityId,
    /// The role.
    pub role: Role,
    /// Place in the list of names, from 1; 0 where there is no list.
    pub list_order: usize,
    /// Title beside the name in that sentence, as written; empty if none.
    pub title: String,
    /// Where the document says so.
    pub evidence: Evidence,
}

/// Who is made to say a slogan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// A person who is quoted.
    Person(EntityId),
    /// "The meeting emphasized ...": index in [`Extraction::meetings`] where there is one.
    Meeting(Option<usize>),
    /// The reporter's own prose.
    Document,
}

/// One use of a slogan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SloganUse {
    /// The SLOGAN mention.
    pub mention: MentionId,
    /// Standard English wording, or the wording itself where no gazetteer knows it.
    pub slogan: String,
    /// Chinese original, empty if unknown.
    pub slogan_zh: String,
    /// Kind (`numbered`, `doctrine`, `set_phrase`, ...).
    pub kind: String,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Who says it.
    pub speaker: Speaker,
    /// The verb that carries it ("firmly support"), empty if none.
    pub stance: String,
    /// Meeting at which it is said, as index in [`Extraction::meetings`].
    pub meeting: Option<usize>,
    /// Where it stands.
    pub evidence: Evidence,
}

/// A relation between two things of a document, in the form of the long table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Subject, by what it is.
    pub subject: Node,
    /// Predicate (`holds_office`, `presided`, `says`, `held_in`, `organized`, ...).
    pub predicate: &'static str,
    /// Object, by what it is.
    pub object: Node,
    /// Where the document says so.
    pub evidence: Evidence,
}

/// One end of a [`Relation`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    /// An entity (person, organisation, region, slogan).
    Entity(EntityId),
    /// A mention (a title, a place that is not linked).
    Mention(MentionId),
    /// Index in [`Extraction::meetings`].
    Meeting(usize),
    /// The document itself.
    Document,
}

/// What is known of the document as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// Headline.
    pub title: String,
    /// Day of publication, ISO 8601.
    pub published: String,
    /// Newspaper, agency or site.
    pub outlet: String,
    /// Address on the web.
    pub url: String,
    /// Language tag (`en`).
    pub language: String,
    /// Length in Unicode scalar values.
    pub characters: usize,
    /// Number of sentences.
    pub sentences: usize,
    /// Jurisdiction that the document is about.
    pub region: Place,
    /// Remarks for the user; empty if none.
    pub notes: String,
}

/// Everything found in one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extraction {
    /// The document as a whole.
    pub profile: Profile,
    /// Entities: persons first, then the others in the order of their first mention.
    pub entities: Vec<Entity>,
    /// Mentions in the order of the text (start, then longer first, then label).
    pub mentions: Vec<Mention>,
    /// Offices of persons.
    pub positions: Vec<Position>,
    /// Events, reported and cited.
    pub meetings: Vec<Meeting>,
    /// Persons at events.
    pub participations: Vec<Participation>,
    /// Uses of slogans.
    pub slogans: Vec<SloganUse>,
    /// All relations in one long list.
    pub relations: Vec<Relation>,
}
