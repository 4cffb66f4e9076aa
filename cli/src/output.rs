//! What the program gives back: reports, and what went wrong.

use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use spelregel::report::Colour;
use spelregel::{Code, Diagnostics};

/// Why nothing could be checked.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Texts are not what they should be.
    Texts(Diagnostics),
    /// Something outside texts: a file that isn't there, a name that means nothing.
    Plain {
        message: String,
        helps: Vec<String>,
    },
    Several(Vec<Trouble>),
}

impl Trouble {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Plain { message: message.into(), helps: Vec::new() }
    }

    /// The same with advice.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        if let Self::Plain { helps, .. } = &mut self {
            helps.push(help.into());
        }
        self
    }

    /// Several as one; `None` of none.
    pub(crate) fn all(mut troubles: Vec<Self>) -> Option<Self> {
        match troubles.len() {
            0 | 1 => troubles.pop(),
            _ => Some(Self::Several(troubles)),
        }
    }

    /// The code of the first problem in a text, if there is one.
    fn code(&self) -> Option<Code> {
        match self {
            Self::Texts(problems) => problems.iter().next().map(|problem| problem.code),
            Self::Plain { .. } => None,
            Self::Several(troubles) => troubles.iter().find_map(Self::code),
        }
    }

    fn to_text(&self, colour: Colour) -> String {
        match self {
            Self::Texts(problems) => problems.render(colour),
            Self::Plain { message, helps } => {
                let (red, bold, plain) = match colour {
                    Colour::Always => ("\u{1b}[1m\u{1b}[91m", "\u{1b}[1m", "\u{1b}[0m"),
                    Colour::Never => ("", "", ""),
                };
                let mut text = format!("{red}error{plain}{bold}: {}{plain}\n", clean(message));
                for help in helps {
                    text = format!("{text}  = {bold}help{plain}: {}\n", clean(help));
                }
                text
            }
            Self::Several(troubles) => {
                let texts: Vec<String> = troubles.iter().map(|t| t.to_text(colour)).collect();
                texts.join("\n")
            }
        }
    }
}

impl From<Diagnostics> for Trouble {
    fn from(problems: Diagnostics) -> Self {
        Self::Texts(problems)
    }
}

/// Names come from the command line, and may hold what would steer a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// Tells people why nothing was checked.
pub(crate) fn tell(trouble: &Trouble, choice: ColorChoice) {
    let more = trouble.code().map_or_else(String::new, |code| {
        format!("\nMore about a problem: spelregel codes {}\n", code.as_str())
    });
    complain(|colour| trouble.to_text(colour) + &more, choice);
}

/// Tells people what is odd about texts that are used all the same.
pub(crate) fn warn(warnings: &Diagnostics, choice: ColorChoice) {
    complain(|colour| format!("{}\n", warnings.render(colour)), choice);
}

/// Tells people what became of their input.
pub(crate) fn note(text: &str, choice: ColorChoice) {
    complain(|_| text.lines().map(|line| clean(line) + "\n").collect(), choice);
}

fn complain(text: impl FnOnce(Colour) -> String, choice: ColorChoice) {
    let errors = io::stderr();
    let text = text(on(&errors, choice));
    // Where even that fails, there is nobody left to tell.
    let _ = AutoStream::new(errors, choice).write_all(text.as_bytes());
}

/// Writes to standard output. A reader that has seen enough and went away is no trouble.
pub(crate) fn print(
    text: impl FnOnce(Colour) -> String,
    choice: ColorChoice,
) -> Result<(), Trouble> {
    let out = io::stdout();
    let text = text(on(&out, choice));
    let mut out = AutoStream::new(out, choice);
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Trouble::new(format!("the report can't be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes to a file in a folder that may not be there yet.
pub(crate) fn write_inside(file: &Path, text: &str) -> Result<(), Trouble> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|error| {
            Trouble::new(format!("the folder `{}` can't be made: {error}", folder.display()))
        })?;
    }
    write(file, text)
}

/// Writes to a file.
pub(crate) fn write(file: &Path, text: &str) -> Result<(), Trouble> {
    fs::write(file, text).map_err(|error| {
        Trouble::new(format!("`{}` can't be written: {error}", file.display()))
            .help("check that the directory is there and may be written to")
    })
}

/// Whether text in files has colours: only where that was asked for.
pub(crate) fn in_files(choice: ColorChoice) -> Colour {
    match choice {
        ColorChoice::Always | ColorChoice::AlwaysAnsi => Colour::Always,
        ColorChoice::Auto | ColorChoice::Never => Colour::Never,
    }
}

fn on(stream: &(impl anstream::stream::RawStream + IsTerminal), choice: ColorChoice) -> Colour {
    let choice = match choice {
        ColorChoice::Auto => AutoStream::choice(stream),
        chosen => chosen,
    };
    if choice == ColorChoice::Never { Colour::Never } else { Colour::Always }
}
