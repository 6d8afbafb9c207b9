//! Compiles the shipped gazetteers, so that the program need not do it whenever it starts.
//!
//! The modules that read and check gazetteer files are those of the library. A fault in a file stops the build and is
//! told with file and line.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "the build script uses a part of the modules that it shares"
)]

#[path = "src/error.rs"]
mod error;
#[path = "src/model.rs"]
mod model;
#[path = "src/gazetteer/source/mod.rs"]
mod source;
#[path = "src/text/mod.rs"]
mod text;

use source::{Compiled, FILES, SourceFile};
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for watched in ["build.rs", "src/error.rs", "src/model.rs", "src/text", "src/gazetteer/source", "gazetteers"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let files = shipped(&root.join("gazetteers"))?;
    match Compiled::new(&files) {
        Err(faults) => {
            faults.0.iter().for_each(|fault| println!("cargo::error={fault}"));
            Ok(())
        }
        Ok(compiled) => {
            fs::write(out.join("gazetteers.image"), compiled.to_bytes()?)?;
            Ok(fs::write(out.join("shipped.rs"), module(&root, &files))?)
        }
    }
}

/// The files in their fixed order; the folder may lack those that only users have.
fn shipped(folder: &Path) -> Result<Vec<SourceFile>, Box<dyn Error>> {
    let mut files = Vec::new();
    for name in FILES.iter().filter(|name| folder.join(name).exists()) {
        let bytes = fs::read(folder.join(name))?;
        files.push(SourceFile { name: (*name).into(), label: (*name).into(), bytes });
    }
    Ok(files)
}

/// Source text of the constants that hold the image and the files.
fn module(root: &Path, files: &[SourceFile]) -> String {
    let mut text = String::from(
        "/// The compiled gazetteers.\npub const IMAGE: &[u8] =\n    \
         include_bytes!(concat!(env!(\"OUT_DIR\"), \"/gazetteers.image\"));\n\n\
         /// Names and contents of the files, in a fixed order.\npub const FILES: &[(&str, &str)] = &[\n",
    );
    for file in files {
        let path = root.join("gazetteers").join(&file.name);
        let _ = writeln!(text, "    ({:?}, include_str!({:?})),", file.name, path.display().to_string());
    }
    text + "];\n"
}
