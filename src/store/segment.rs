//! A segment: a file with the blocks of some hundred documents.
//!
//! Layout: eight bytes that name the format, the lengths of three frames (8 bytes each, little-endian), the frames:
//! heads, notes, rows. A frame is zstd with a checksum over postcard; each of its entries has the position before it.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::block::{Block, Head, LEVEL, Notes, Rows};
use crate::error::Error;
use crate::read::Position;

/// Changes with every change of what is stored.
const MAGIC: &[u8; 8] = b"tifaseg1";
const HEADER: usize = 8 + 3 * 8;

/// A part of a block that is stored in a frame of its own.
pub trait Part: Serialize + DeserializeOwned + Send {
    /// Which frame.
    const FRAME: usize;
}

impl Part for Head {
    const FRAME: usize = 0;
}

impl Part for Notes {
    const FRAME: usize = 1;
}

impl Part for Rows {
    const FRAME: usize = 2;
}

/// Writes blocks to a file, which has its name only when it is whole.
pub(super) fn write(path: &Path, blocks: &[Block]) -> Result<(), Error> {
    let bytes = encode(blocks).map_err(|error| Error::write(path, error))?;
    let part = path.with_extension("part");
    fs::write(&part, bytes).map_err(|error| Error::write(&part, error))?;
    fs::rename(&part, path).map_err(|error| Error::write(path, error))
}

fn encode(blocks: &[Block]) -> io::Result<Vec<u8>> {
    let frames = [
        frame(blocks.iter().map(|block| (block.position, &block.head)).collect())?,
        frame(blocks.iter().map(|block| (block.position, &block.notes)).collect())?,
        frame(blocks.iter().map(|block| (block.position, &block.rows)).collect())?,
    ];
    let mut bytes = MAGIC.to_vec();
    frames.iter().for_each(|frame| bytes.extend((frame.len() as u64).to_le_bytes()));
    frames.iter().for_each(|frame| bytes.extend(frame));
    Ok(bytes)
}

fn frame<P: Serialize>(entries: Vec<(Position, P)>) -> io::Result<Vec<u8>> {
    let bytes = postcard::to_allocvec(&entries).map_err(io::Error::other)?;
    let mut encoder = zstd::Encoder::new(Vec::new(), LEVEL)?;
    encoder.include_checksum(true)?;
    io::Write::write_all(&mut encoder, &bytes)?;
    encoder.finish()
}

/// One part of all blocks of a segment.
///
/// # Errors
///
/// [`Error::Io`] if the file cannot be read or is not whole.
pub(super) fn read<P: Part>(path: &Path) -> Result<Vec<(Position, P)>, Error> {
    decode(path).map_err(|error| Error::read(path, error))
}

fn decode<P: Part>(path: &Path) -> io::Result<Vec<(Position, P)>> {
    let mut file = File::open(path)?;
    let mut header = [0; HEADER];
    file.read_exact(&mut header)?;
    let (magic, lengths) = header.split_at(MAGIC.len());
    if magic != MAGIC {
        return Err(io::Error::other("written by another version of tifa, or no segment of a run"));
    }
    let lengths: Vec<u64> = lengths.chunks_exact(8).map(length).collect();
    let length = lengths.get(P::FRAME).copied().unwrap_or_default();
    file.seek_relative(lengths.iter().take(P::FRAME).sum::<u64>() as i64)?;
    let mut bytes = Vec::new();
    zstd::Decoder::new(file.take(length))?.read_to_end(&mut bytes)?;
    postcard::from_bytes(&bytes).map_err(io::Error::other)
}

fn length(bytes: &[u8]) -> u64 {
    bytes.try_into().map_or(0, u64::from_le_bytes)
}

/// Whole blocks of a segment.
pub(super) fn read_blocks(path: &Path) -> Result<Vec<Block>, Error> {
    let (heads, notes, rows) = (read::<Head>(path)?, read::<Notes>(path)?, read::<Rows>(path)?);
    let parts = heads.into_iter().zip(notes).zip(rows);
    Ok(parts.map(|(((position, head), (_, notes)), (_, rows))| Block { position, head, notes, rows }).collect())
}

/// Whether a segment has its full length: a file can be cut when a machine goes down.
pub(super) fn is_whole(path: &Path) -> bool {
    let check = || -> io::Result<bool> {
        let mut file = File::open(path)?;
        let mut header = [0; HEADER];
        file.read_exact(&mut header)?;
        let stored: u64 = header[MAGIC.len()..].chunks_exact(8).map(length).fold(0, u64::saturating_add);
        Ok(file.seek(SeekFrom::End(0))? == stored.saturating_add(HEADER as u64))
    };
    check().unwrap_or(false)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::reprints::Signature;

    pub(in crate::store) fn block(file: u64, id: &str) -> Block {
        let head = Head { hash: [file as u8; 16], id: id.into(), signature: Some(Signature::new(id)) };
        let notes = Notes { id: id.into(), published: "2020-01-01".into(), ..Notes::default() };
        let rows = Rows::pack(id, format!("0,{id},row\n").as_bytes()).unwrap();
        Block { position: Position { file, record: 0 }, head, notes, rows }
    }

    #[test]
    fn blocks_come_back_whole_or_in_parts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("0.seg");
        let blocks = [block(3, "a"), block(4, "b")];
        write(&path, &blocks).unwrap();
        assert_eq!(read_blocks(&path).unwrap(), blocks);
        let rows = read::<Rows>(&path).unwrap();
        assert_eq!(rows[1], (blocks[1].position, blocks[1].rows.clone()));
        assert!(is_whole(&path));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_damaged_segment_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("0.seg");
        write(&path, &[block(3, "a")]).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 9;
        bytes[last] ^= 0x55;
        fs::write(&path, &bytes).unwrap();
        assert!(read::<Rows>(&path).is_err() && is_whole(&path));
        fs::write(&path, &bytes[..last]).unwrap();
        assert!(read::<Rows>(&path).is_err() && !is_whole(&path));
        fs::write(&path, b"something else that is long enough to hold a header").unwrap();
        let error = read::<Head>(&path).unwrap_err().to_string();
        assert!(error.contains("no segment of a run"), "{error}");
    }
}
