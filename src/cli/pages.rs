//! `tifa completions` and `tifa man`: what a shell and a manual want to know of the commands.

use std::error::Error;

use clap::{Command, CommandFactory};
use clap_complete::Shell;

use super::args::Args;
use super::{Outcome, console};

/// Writes the script that completes commands and options.
pub(super) fn completions(shell: Shell) -> Result<Outcome, Box<dyn Error>> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "tifa", &mut script);
    console::result(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Complete)
}

/// Writes the manual page of the program or of a command.
pub(super) fn man(name: Option<&str>) -> Result<Outcome, Box<dyn Error>> {
    console::result(&page(name)?)?;
    Ok(Outcome::Complete)
}

fn page(name: Option<&str>) -> Result<String, Box<dyn Error>> {
    let mut all = Args::command();
    all.build();
    let command = match name {
        None => all,
        Some(name) => {
            let known = || all.get_subcommands().map(Command::get_name).collect::<Vec<_>>().join(", ");
            let found = all.find_subcommand(name).cloned();
            found.ok_or_else(|| format!("{name}: no command of tifa; the commands are {}", known()))?
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_of_the_program_or_of_a_command() {
        assert!(page(None).unwrap().contains("tifa\\-extract(1)"));
        let extract = page(Some("extract")).unwrap();
        assert!(extract.contains("\\-\\-text\\-column") && extract.contains("Examples"), "{extract}");
        assert!(page(Some("nothing")).unwrap_err().to_string().contains("extract, harvest, merge"));
    }
}
