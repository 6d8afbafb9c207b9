//! The shape of the tables: names, columns, types, keys. What stands in a table is in `tables`.
//!
//! The macro [`tables!`] makes of one declaration both the columns (headers and codebook) and the type of a row, so
//! that the two cannot drift apart.

use serde::Serialize;

/// A table of a run.
#[derive(Debug)]
pub struct Table {
    /// Name of the file without `.csv`.
    pub name: &'static str,
    /// What a row is.
    pub description: &'static str,
    /// The columns in their order.
    pub columns: &'static [Column],
    /// Columns whose values together are unique; empty if none need be.
    pub primary_key: &'static [&'static str],
    /// Columns that hold keys of other tables.
    pub foreign_keys: &'static [ForeignKey],
}

/// A column of a [`Table`].
#[derive(Debug)]
pub struct Column {
    /// Name in the header.
    pub name: &'static str,
    /// Type of the values; any cell may be empty besides.
    pub kind: Kind,
    /// What a value says.
    pub description: &'static str,
}

/// Type of the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    String,
    /// A whole number, 0 or more.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A full ISO 8601 date.
    Date,
}

impl Kind {
    /// The name in Frictionless Table Schema.
    pub fn name(self) -> &'static str {
        match self {
            Kind::String => "string",
            Kind::Integer => "integer",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
        }
    }
}

/// A column whose values are keys of a table.
#[derive(Debug)]
pub struct ForeignKey {
    /// The column that holds the key.
    pub column: &'static str,
    /// The table to which the key belongs.
    pub table: &'static str,
    /// The column of that table.
    pub target: &'static str,
}

/// A row of one table.
pub(super) trait Row: Serialize {
    /// Place of the table in `TABLES`.
    const TABLE: usize;
}

/// Declares tables in their order: for each the type of a row, and all of them as `TABLES`.
///
/// A column is `name: type, description`, with `name as "header"` where the header is a word of Rust.
macro_rules! tables {
    ($($(#[doc = $description:literal])+ $row:ident($name:literal $(key $($key:literal)+)?) {
        $($column:ident $(as $header:literal)?: $kind:ident, $about:expr;)+
    } [$($from:literal -> $to:literal.$target:literal),*])+) => {
        /// All tables of a run in their order.
        pub static TABLES: &[Table] = &[$(Table {
            name: $name,
            description: concat!($($description),+),
            columns: &[$(Column {
                name: header!($column $($header)?),
                kind: kind!($kind),
                description: $about,
            }),+],
            primary_key: &[$($($key),+)?],
            foreign_keys: &[$(ForeignKey { column: $from, table: $to, target: $target }),*],
        }),+];

        #[expect(clippy::enum_variant_names, reason = "the variants are the types of the rows")]
        enum Place { $($row),+ }

        $($(#[doc = $description])+
        #[derive(Debug, Serialize)]
        pub(super) struct $row<'a> { $(pub(super) $column: cell!($kind 'a)),+ }

        impl Row for $row<'_> {
            const TABLE: usize = Place::$row as usize;
        })+
    };
}

macro_rules! header {
    ($column:ident) => {
        stringify!($column)
    };
    ($column:ident $header:literal) => {
        $header
    };
}

macro_rules! kind {
    (MaybeInteger) => {
        Kind::Integer
    };
    ($kind:ident) => {
        Kind::$kind
    };
}

macro_rules! cell {
    (String $a:lifetime) => { Cow<$a, str> };
    (Date $a:lifetime) => { &$a str };
    (Integer $a:lifetime) => { usize };
    (MaybeInteger $a:lifetime) => { Option<usize> };
    (Boolean $a:lifetime) => { bool };
}

pub(super) use {cell, header, kind, tables};
