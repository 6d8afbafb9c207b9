//! Relations between mentions: offices, events and who took part in them, and who says which slogan.
//!
//! Works on resolved mentions and the words between them; knows nothing of files and tables.

pub mod clauses;
pub mod events;
pub mod long;
mod office_names;
pub mod offices;
pub mod roles;
pub mod rules;
pub mod speakers;

use crate::model::{Meeting, Participation, Position, SloganUse};
use crate::resolve::{Reading, Resolved};

/// The facts of a document.
#[derive(Debug, Default)]
pub struct Facts {
    /// Offices of persons.
    pub positions: Vec<Position>,
    /// Events, reported and cited.
    pub meetings: Vec<Meeting>,
    /// Persons at events.
    pub participations: Vec<Participation>,
    /// Uses of slogans.
    pub slogans: Vec<SloganUse>,
}

/// Relates the mentions of `reading`.
pub fn relate(reading: &Reading, resolved: &Resolved) -> Facts {
    let positions = offices::find(reading, resolved);
    let meetings = events::find(reading, resolved);
    let clauses = clauses::read(reading, resolved);
    let participations = roles::find(reading, resolved, &positions, &meetings, &clauses);
    let slogans = speakers::find(reading, resolved, &meetings, &clauses);
    Facts { positions, meetings, participations, slogans }
}
