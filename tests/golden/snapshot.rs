//! An extraction as a text for people: profile, mentions, positions, meetings, participation, uses of slogans.
//!
//! Offsets count characters, as in the tables. An empty value is left out.

use std::fmt::Write;

use tifa::model::{
    EntityId, Extraction, Meeting, Mention, Participation, Place, Position, Profile, SloganUse, Speaker,
};

use crate::support::extract;

/// The snapshot of what is found in `text`.
pub fn of(text: &str) -> String {
    let page = Page { text, extraction: &extract(text) };
    let e = page.extraction;
    let mut out = String::new();
    section(&mut out, "document", profile(&e.profile));
    section(&mut out, "mentions", e.mentions.iter().map(|m| page.mention(m)));
    section(&mut out, "positions", e.positions.iter().map(|p| page.position(p)));
    section(&mut out, "meetings", e.meetings.iter().enumerate().map(|(i, m)| page.meeting(i, m)));
    section(&mut out, "participation", e.participations.iter().map(|p| page.participation(p)));
    section(&mut out, "slogans", e.slogans.iter().map(|s| page.slogan(s)));
    out
}

fn section(out: &mut String, name: &str, lines: impl IntoIterator<Item = String>) {
    writeln!(out, "{name}").unwrap();
    for line in lines {
        writeln!(out, "  {line}").unwrap();
    }
}

/// `name: value` where there is a value.
fn field(name: &str, value: &str) -> Option<String> {
    (!value.is_empty()).then(|| format!("{name}: {value}"))
}

/// The fields that have a value, after `head`.
fn line(head: String, fields: &[(&str, &str)]) -> String {
    let fields = fields.iter().filter_map(|(name, value)| field(name, value));
    std::iter::once(head).chain(fields).collect::<Vec<_>>().join("; ")
}

fn profile(profile: &Profile) -> Vec<String> {
    let length = format!("{} characters, {} sentences", profile.characters, profile.sentences);
    let fields = [
        ("title", profile.title.as_str()),
        ("published", &profile.published),
        ("outlet", &profile.outlet),
        ("url", &profile.url),
        ("language", &profile.language),
        ("length", &length),
        ("region", &place(&profile.region)),
        ("notes", &profile.notes),
    ];
    fields.iter().filter_map(|(name, value)| field(name, value)).collect()
}

/// Path, code and level, as far as they are known.
fn place(place: &Place) -> String {
    let level = place.level.map_or("", |level| level.name());
    let parts = [place.path.as_str(), &place.code, level];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A document with what was found in it.
struct Page<'a> {
    text: &'a str,
    extraction: &'a Extraction,
}

impl Page<'_> {
    fn characters(&self, byte: usize) -> usize {
        self.text[..byte].chars().count()
    }

    fn name(&self, entity: EntityId) -> &str {
        &self.extraction.entities[entity.0].name
    }

    /// Number of a meeting as it is shown; empty if there is none.
    fn number(meeting: Option<usize>) -> String {
        meeting.map_or(String::new(), |index| (index + 1).to_string())
    }

    fn mention(&self, m: &Mention) -> String {
        let surface = &self.text[m.span.start..m.span.end];
        let (start, end) = (self.characters(m.span.start), self.characters(m.span.end));
        let key = m.entity.map_or(String::new(), |id| format!(" {}", self.extraction.entities[id.0].key));
        let canonical = if m.canonical.is_empty() { String::new() } else { format!(" -> {}", m.canonical) };
        format!("{} {start}..{end} {surface}{canonical}{key} [{}]", m.label.name(), m.rule)
    }

    fn position(&self, p: &Position) -> String {
        let fields = [
            ("role", p.role.as_str()),
            ("organ", &p.organization),
            ("region", &place(&p.region)),
            ("status", p.status),
            ("observed", &p.observed),
        ];
        let head = format!("{}: {}", self.name(p.person), p.wording);
        format!("{} [{}]", line(head, &fields), p.evidence.rule)
    }

    fn meeting(&self, index: usize, m: &Meeting) -> String {
        let name = if m.name.is_empty() { "(no name)" } else { &m.name };
        let reported = if m.reported { "reported" } else { "cited" };
        let fields = [
            ("kind", m.kind.as_str()),
            ("ordinal", &m.ordinal),
            ("organizer", &m.organizer),
            ("region", &place(&m.region)),
            ("from", &m.start_date),
            ("to", &m.end_date),
            ("place", &m.place),
        ];
        format!("{} [{}]", line(format!("{} {reported}: {name}", index + 1), &fields), m.evidence.rule)
    }

    fn participation(&self, p: &Participation) -> String {
        let order = if p.list_order == 0 { String::new() } else { p.list_order.to_string() };
        let meeting = Self::number(Some(p.meeting));
        let fields = [("meeting", meeting.as_str()), ("in list", &order), ("title", &p.title)];
        let head = format!("{} {}", self.name(p.person), p.role.name());
        format!("{} [{}]", line(head, &fields), p.evidence.rule)
    }

    fn slogan(&self, s: &SloganUse) -> String {
        let span = self.extraction.mentions[s.mention.0].span;
        let speaker = match s.speaker {
            Speaker::Person(person) => self.name(person).to_owned(),
            Speaker::Meeting(meeting) => format!("meeting {}", Self::number(meeting)),
            Speaker::Document => "document".to_owned(),
        };
        let quoted = if s.quoted { "yes" } else { "" };
        let meeting = Self::number(s.meeting);
        let fields = [
            ("zh", s.slogan_zh.as_str()),
            ("kind", &s.kind),
            ("quoted", quoted),
            ("speaker", speaker.trim_end()),
            ("stance", &s.stance),
            ("meeting", &meeting),
        ];
        line(format!("{} {}", self.characters(span.start), s.slogan), &fields)
    }
}
