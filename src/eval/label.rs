//! The kinds of mention that are scored.

/// The kinds of mention, in the order in which they are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Label {
    Person,
    Title,
    Org,
    Region,
    Meeting,
    Slogan,
    Date,
}

impl Label {
    pub(super) const ALL: [Self; 7] =
        [Self::Person, Self::Title, Self::Org, Self::Region, Self::Meeting, Self::Slogan, Self::Date];

    /// The name of the label in gold files, tables and reports.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Title => "TITLE",
            Self::Org => "ORG",
            Self::Region => "REGION",
            Self::Meeting => "MEETING",
            Self::Slogan => "SLOGAN",
            Self::Date => "DATE",
        }
    }

    /// The label of this name.
    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }
}
