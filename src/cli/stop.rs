//! Ctrl-C and other requests to end: what is in work is finished and kept, then the program ends.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

use super::console;

/// Exit code of a run that was stopped, as of a shell's commands.
pub(super) const CODE: u8 = 130;

/// Whether somebody has asked to stop. A handler of signals can reach nothing but what is static.
static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens from now on. A second request ends the program at once; what is done is on the disk.
pub(super) fn listen() {
    let handler = || {
        if ASKED.swap(true, Ordering::Relaxed) {
            process::exit(CODE.into());
        }
        console::message("stopping; what is in work is finished first (again to stop at once)");
    };
    // Where signals cannot be caught, the program is simply killed: --resume goes on after that too.
    let _ = ctrlc::set_handler(handler);
}

/// The mark that is set when somebody asks to stop.
pub(super) fn asked() -> &'static AtomicBool {
    &ASKED
}
