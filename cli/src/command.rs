//! What the program does, one module a command.

pub(crate) mod check;
pub(crate) mod codes;
pub(crate) mod convert;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod picture;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod test;

use anstream::ColorChoice;
use spelregel::{Language, Limits, Model, Pack, Report, RuleSet, Settings, Source, archimate};

use crate::args::Sources;
use crate::input::{self, ModelFile, Reader};
use crate::output::{self, Trouble};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Fine,
    /// Rules fail.
    Findings,
    /// The input is broken, or the question makes no sense.
    NotChecked,
}

impl Outcome {
    /// What the program leaves behind for scripts.
    pub(crate) fn status(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Findings => 1,
            Self::NotChecked => 2,
        }
    }
}

/// All shipped packs.
const ALL: &str = "all";

/// The rules that the arguments ask for, with the organisation's settings.
fn rules(sources: &Sources, reader: &mut Reader) -> Result<RuleSet, Trouble> {
    let settings = sources.settings.as_deref().map(|file| reader.source(file));
    let metamodel = sources.metamodel.as_deref().map(|file| reader.source(file));
    let mut ids: Vec<&str> = Vec::new();
    let mut files: Vec<Source> = Vec::new();
    let shipped = if sources.rules.is_empty() { &[ALL.to_owned()][..] } else { &sources.rules };
    for asked in shipped {
        if asked == ALL {
            ids.extend(Pack::shipped_ids());
        } else if let Some(id) = Pack::shipped_ids().find(|id| id == asked) {
            ids.push(id);
        } else {
            files.extend(reader.pack(asked));
        }
    }
    reader.finish()?;
    let settings = match settings.flatten() {
        Some(source) => Settings::load(source)?,
        None => Settings::default(),
    };
    let metamodel = input::metamodel(metamodel.flatten())?;
    let mut packs: Vec<Pack> = Vec::new();
    for id in ids {
        if packs.iter().all(|pack| pack.id() != id)
            && let Some(pack) = Pack::shipped(id)
        {
            packs.push(pack?);
        }
    }
    for file in files {
        packs.push(Pack::load(file)?);
    }
    Ok(RuleSet::compile(&metamodel, packs, &settings)?)
}

/// The model that the files make together. Of what was converted is told what has no place in it.
fn model(
    files: Vec<ModelFile>,
    rules: &RuleSet,
    language: Language,
    colour: ColorChoice,
) -> Result<Model, Trouble> {
    let mut documents = Vec::new();
    for file in files {
        match file {
            ModelFile::Document(source) => documents.push(source),
            ModelFile::ArchiMate(name, bytes) => {
                let converted =
                    archimate::convert(rules.metamodel(), &name, &bytes, &Limits::default())?;
                output::note(&converted.notes.summary(language), colour);
                documents.push(converted.document);
            }
        }
    }
    Ok(Model::load(rules.metamodel(), documents)?)
}

/// A report that `check --format json` wrote.
fn report(file: &str, reader: &mut Reader) -> Result<Report, Trouble> {
    let source = reader.source(file);
    reader.finish()?;
    let text = source.as_ref().map_or("", Source::text);
    Report::from_json(text).map_err(|problem| {
        Trouble::new(format!("`{file}`: {problem}")).help(
            "`spelregel check … --format json --output FILE` writes reports that can be read back",
        )
    })
}

/// The language that was asked for, else the organisation's, else that of the machine.
fn language(asked: Option<Language>, rules: &RuleSet) -> Language {
    let own = || rules.settings().languages().first().copied();
    asked.or_else(own).unwrap_or_else(input::machine_language)
}
