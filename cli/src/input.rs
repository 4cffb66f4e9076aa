//! What the program takes in: files, bounded in size, and what the machine says of itself.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use spelregel::{Date, Diagnostics, Language, Limits, Metamodel, Pack, Source};

use crate::output::Trouble;

/// The name of standard input, on the command line.
const STANDARD_INPUT: &str = "-";

/// Reads files, and collects what is wrong with all of them.
#[derive(Debug)]
pub(crate) struct Reader {
    limit: u64,
    input_is_read: bool,
    troubles: Vec<Trouble>,
}

impl Reader {
    pub(crate) fn new() -> Self {
        let limit = u64::try_from(Limits::default().source_bytes).unwrap_or(u64::MAX);
        Self { limit, input_is_read: false, troubles: Vec::new() }
    }

    /// The text of a file, or of standard input for `-`; `None` where there is trouble with it.
    pub(crate) fn source(&mut self, file: &str) -> Option<Source> {
        let read = if file == STANDARD_INPUT { self.input() } else { self.file(file) };
        match read {
            Ok(source) => Some(source),
            Err(trouble) => {
                self.troubles.push(trouble);
                None
            }
        }
    }

    /// A file that holds a model; `None` where there is trouble with it.
    pub(crate) fn model(&mut self, file: &str) -> Option<ModelFile> {
        if !is_archimate(file) {
            return self.source(file).map(ModelFile::Document);
        }
        self.bytes(file).map(|bytes| ModelFile::ArchiMate(file.to_owned(), bytes))
    }

    /// The bytes of a file; `None` where there is trouble with it.
    pub(crate) fn bytes(&mut self, file: &str) -> Option<Vec<u8>> {
        self.bytes_of_file(file).map_err(|trouble| self.troubles.push(trouble)).ok()
    }

    /// The text of a pack's file. Where there is none, the name of a shipped pack may be meant.
    pub(crate) fn pack(&mut self, file: &str) -> Option<Source> {
        let looks_like_a_name = !file.contains(['.', '/', '\\']) && file != STANDARD_INPUT;
        if looks_like_a_name && !Path::new(file).exists() {
            let names: Vec<&str> = Pack::shipped_ids().collect();
            let trouble = Trouble::new(format!("there is no shipped pack and no file `{file}`"))
                .help(format!("the shipped packs are {}", names.join(", ")));
            self.troubles.push(trouble);
            return None;
        }
        self.source(file)
    }

    /// What went wrong so far, if anything did.
    pub(crate) fn finish(&mut self) -> Result<(), Trouble> {
        match Trouble::all(std::mem::take(&mut self.troubles)) {
            Some(trouble) => Err(trouble),
            None => Ok(()),
        }
    }

    fn input(&mut self) -> Result<Source, Trouble> {
        if self.input_is_read {
            return Err(Trouble::new("standard input can be read only once")
                .help("use `-` for one file, and names for the others"));
        }
        self.input_is_read = true;
        let bytes = self.bounded("standard input", io::stdin().lock())?;
        Ok(Source::from_bytes("standard input", &bytes)?)
    }

    fn file(&self, name: &str) -> Result<Source, Trouble> {
        Ok(Source::from_bytes(name, &self.bytes_of_file(name)?)?)
    }

    fn bytes_of_file(&self, name: &str) -> Result<Vec<u8>, Trouble> {
        let trouble = |error: &io::Error| cannot_read(name, error);
        // Asked first: opening a directory works on some systems, and waits for a pipe on others.
        let about = fs::metadata(name).map_err(|error| trouble(&error))?;
        if about.is_dir() {
            return Err(Trouble::new(format!("`{name}` is a directory"))
                .help(format!("name the files in it, such as {}", inside(name))));
        }
        let file = File::open(name).map_err(|error| trouble(&error))?;
        self.bounded(name, file)
    }

    fn bounded(&self, name: &str, from: impl Read) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        from.take(self.limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| cannot_read(name, &error))?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > self.limit {
            return Err(Trouble::new(format!("`{name}` is larger than {} bytes", self.limit))
                .help("split it into several files: together they make one model"));
        }
        Ok(bytes)
    }
}

/// A file that holds a model.
#[derive(Debug)]
pub(crate) enum ModelFile {
    Document(Source),
    /// With its name and bytes.
    ArchiMate(String, Vec<u8>),
}

/// Whether a file is one of ArchiMate, by the ending of its name.
fn is_archimate(name: &str) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|ending| {
        ["archimate", "xml"].iter().any(|one| ending.eq_ignore_ascii_case(one))
    })
}

fn inside(directory: &str) -> String {
    format!("`{}`", Path::new(directory).join("*.yaml").display())
}

fn cannot_read(name: &str, error: &io::Error) -> Trouble {
    match error.kind() {
        ErrorKind::NotFound => Trouble::new(format!("there is no file `{name}`"))
            .help("check the name, and the directory that you are in"),
        ErrorKind::PermissionDenied => {
            Trouble::new(format!("`{name}` may not be read")).help("ask for the right to read it")
        }
        _ => Trouble::new(format!("`{name}` can't be read: {error}")),
    }
}

/// The metamodel of the text, added to the shipped one where it isn't whole; or the shipped one.
pub(crate) fn metamodel(source: Option<Source>) -> Result<Metamodel, Diagnostics> {
    match source {
        Some(source) => Metamodel::own(&source, &Limits::default()),
        None => Ok(Metamodel::standard()),
    }
}

/// The date where the machine is.
pub(crate) fn today() -> Result<Date, Trouble> {
    let now = jiff::ZonedDateTime::now().date();
    now.to_string().parse().map_err(|_| {
        Trouble::new(format!("the clock of this machine says {now}"))
            .help("give the date of the check: --at 2026-06-01")
    })
}

/// The language that the environment asks for, English where it asks for none that reports have.
pub(crate) fn machine_language() -> Language {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    // Such as `nl_NL.UTF-8`, `nl-BE` or `nl`.
    let code = locale.as_deref().and_then(|locale| locale.split(['_', '-', '.', '@']).next());
    code.and_then(|code| code.to_ascii_lowercase().parse().ok()).unwrap_or_default()
}
