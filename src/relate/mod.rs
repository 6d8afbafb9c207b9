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

/// Length of a full date, `YYYY-MM-DD`.
const ISO_DAY: usize = 10;

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
    let mut positions = offices::find(reading, resolved);
    let meetings = events::find(reading, resolved);
    observe(&mut positions, &meetings);
    let clauses = clauses::read(reading, resolved);
    let participations = roles::find(reading, resolved, &positions, &meetings, &clauses);
    let slogans = speakers::find(reading, resolved, &meetings, &clauses);
    Facts { positions, meetings, participations, slogans }
}

/// A report without a day of publication shows its offices on the day of the event that it reports.
fn observe(positions: &mut [Position], meetings: &[Meeting]) {
    let is_day = |day: &&str| day.len() == ISO_DAY && !day.contains('?');
    let Some(day) = meetings.iter().filter(|m| m.reported).map(|m| m.start_date.as_str()).find(is_day) else { return };
    for position in positions.iter_mut().filter(|position| position.observed.is_empty()) {
        day.clone_into(&mut position.observed);
    }
}
