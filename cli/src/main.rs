//! The program `spelregel`.

use std::process::ExitCode;

fn main() -> ExitCode {
    spelregel_cli::run(std::env::args_os()).into()
}
