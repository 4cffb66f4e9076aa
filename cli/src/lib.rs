//! The program `spelregel` as a library, for whoever brings it along: checks change programmes against
//! governance rules.

mod args;
mod command;
mod input;
mod output;
pub mod workbook;

use std::ffi::OsString;

use clap::Parser;

use self::args::{Arguments, Command};
use self::command::Outcome;

/// Does what the arguments ask for, the first of which is the name of the program. Yields the exit status.
///
/// ```
/// assert_eq!(spelregel_cli::run(["spelregel", "check", "no-such-file.yaml"].map(Into::into)), 2);
/// ```
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(message) => {
            // Help and versions come this way too. A reader that went away is no reason to fail.
            let _ = message.print();
            return if message.use_stderr() {
                Outcome::NotChecked.status()
            } else {
                Outcome::Fine.status()
            };
        }
    };
    let colour = arguments.colour();
    let done = match &arguments.command {
        Command::Check(check) => command::check::run(check, colour),
        Command::Picture(picture) => command::picture::run(picture, colour),
        Command::Rules(rules) => command::rules::run(rules, colour),
        Command::Explain(explain) => command::explain::run(explain, colour),
        Command::Convert(convert) => command::convert::run(convert, colour),
        Command::Diff(diff) => command::diff::run(diff, colour),
        Command::Test(test) => command::test::run(test, colour),
        Command::Codes(codes) => command::codes::run(codes, colour),
        Command::Schema(schema) => command::schema::run(schema, colour),
    };
    match done {
        Ok(outcome) => outcome.status(),
        Err(trouble) => {
            output::tell(&trouble, colour);
            Outcome::NotChecked.status()
        }
    }
}
