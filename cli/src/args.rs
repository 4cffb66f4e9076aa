//! What can be typed after `spelregel`.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::{Args, Parser, Subcommand, ValueEnum};
use spelregel::{Date, Language, Severity};

/// Check change programmes against governance rules.
#[derive(Debug, Parser)]
#[command(name = "spelregel", version, propagate_version = true)]
#[command(
    after_help = "Exit status: 0 when all is well, 1 when rules fail, 2 when nothing could be \
                        checked because the input is broken."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: When,
}

impl Arguments {
    /// Whether to use colours, `NO_COLOR` and the like not yet looked at.
    pub(crate) fn colour(&self) -> ColorChoice {
        match self.color {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Also in files and pipes
    Always,
    /// Not at all
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check models, and report what needs attention
    Check(Check),
    /// List the rules, or explain one
    Rules(Rules),
    /// Explain a rule's verdict on an element: the condition part by part, with what each came to
    Explain(Explain),
    /// What is different between two reports
    Diff(Diff),
    /// Draw the network of a model, with findings marked
    Picture(Picture),
    /// Convert an ArchiMate file to a model document, and tell what has no place in it
    Convert(Convert),
    /// Run the examples of packs, and tell what they leave untested
    Test(Test),
    /// List the codes of what can be wrong with a text, or explain one
    Codes(Codes),
    /// Print the JSON Schema of a sort of document, for editors and programs
    Schema(Schema),
}

/// Where rules come from.
#[derive(Debug, Args)]
pub(crate) struct Sources {
    /// Shipped packs by name, `all` of them, or files; without this, all shipped packs
    #[arg(long, value_name = "PACK", num_args = 1.., value_delimiter = ',')]
    pub(crate) rules: Vec<String>,
    /// The organisation's own parameters, severities and additions to the metamodel
    #[arg(long, value_name = "FILE")]
    pub(crate) settings: Option<String>,
    /// Additions to the shipped metamodel; or, named with `metamodel:`, one in its place
    #[arg(long, value_name = "FILE")]
    pub(crate) metamodel: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Model files in YAML or JSON, or of ArchiMate, which together make one model; `-` reads standard input
    #[arg(value_name = "MODEL")]
    pub(crate) models: Vec<String>,
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Only rules with this tag
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',')]
    pub(crate) tags: Vec<String>,
    /// Only what belongs to this programme
    #[arg(long = "programme", value_name = "ID", value_delimiter = ',')]
    pub(crate) programmes: Vec<String>,
    /// The date of the check, such as 2026-06-01; without this, today
    #[arg(long, value_name = "DATE")]
    pub(crate) at: Option<Date>,
    /// Instead of a report: which verdicts change up to this date if nothing else does, the earliest first
    #[arg(long, value_name = "DATE")]
    pub(crate) horizon: Option<Date>,
    /// As if this gate were asked for now
    #[arg(long, value_name = "GATE")]
    pub(crate) gate: Option<String>,
    /// The language of the report: nl or en
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
    /// The form of the report
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: ReportFormat,
    /// In SARIF, leave accepted deviations out instead of marking them as suppressed
    #[arg(long)]
    pub(crate) omit_waived: bool,
    /// Judge only what is new since this report, one that `--format json` wrote
    #[arg(long, value_name = "REPORT")]
    pub(crate) baseline: Option<String>,
    /// The least severity with which a rule that fails gives exit status 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: Threshold,
    /// Give exit status 1 for what is not known yet, too
    #[arg(long)]
    pub(crate) fail_on_unknown: bool,
    /// Write the report to a file
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl Check {
    pub(crate) fn fail_on(&self) -> Severity {
        self.fail_on.severity()
    }
}

#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// A file of Archi (`.archimate`), or in the exchange format of ArchiMate 3
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
    /// Write the model to a file
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write everything that has no place, or could mean several things, to a file
    #[arg(long, value_name = "FILE")]
    pub(crate) notes: Option<PathBuf>,
    /// The language of the notes: nl or en
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
}

#[derive(Debug, Args)]
pub(crate) struct Picture {
    /// Model files as for `check`
    #[arg(value_name = "MODEL", required = true)]
    pub(crate) models: Vec<String>,
    /// Mark what the rules find; without `--rules`, all shipped packs are asked
    #[arg(long)]
    pub(crate) findings: bool,
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// The date at which links are looked at, such as 2026-06-01; without this, today
    #[arg(long, value_name = "DATE")]
    pub(crate) at: Option<Date>,
    /// As if this gate were asked for now
    #[arg(long, value_name = "GATE", requires = "findings")]
    pub(crate) gate: Option<String>,
    /// Only what lies around this element
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(crate) focus: Vec<String>,
    /// How many links away from it one still sees
    #[arg(long, value_name = "LINKS", default_value = "2", requires = "focus")]
    pub(crate) depth: usize,
    /// Only elements of this kind
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// How many elements are drawn at most
    #[arg(long, value_name = "ELEMENTS", default_value = "300")]
    pub(crate) most: usize,
    /// The colours
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) theme: PictureTheme,
    /// The form of the picture
    #[arg(long, value_enum, default_value = "svg")]
    pub(crate) format: PictureFormat,
    /// The language of labels: nl or en
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
    /// Write the picture to a file
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PictureTheme {
    /// Light, and dark where the reader's system is
    Auto,
    Light,
    Dark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PictureFormat {
    /// For pages and documents
    Svg,
    /// For Graphviz
    Dot,
    /// For Mermaid, which many pages draw
    Mermaid,
}

/// Two reports that `check --format json` wrote.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The earlier report
    #[arg(value_name = "EARLIER")]
    pub(crate) earlier: String,
    /// The later report
    #[arg(value_name = "LATER")]
    pub(crate) later: String,
    /// The language: nl or en
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: DiffFormat,
    /// The least severity with which a rule that fails anew gives exit status 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: Threshold,
}

impl Diff {
    pub(crate) fn fail_on(&self) -> Severity {
        self.fail_on.severity()
    }
}

#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// The id of the rule to explain
    #[arg(value_name = "RULE")]
    pub(crate) rule: Option<String>,
    /// Print how the rule is evaluated, as the operators of its plan
    #[arg(long, requires = "rule")]
    pub(crate) plan: bool,
    /// Write a page for every rule, in every language, to this folder
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["rule", "lang", "format"])]
    pub(crate) html: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// The language: nl or en
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[command(override_usage = "spelregel explain [OPTIONS] <MODEL>... <RULE> <ELEMENT>")]
pub(crate) struct Explain {
    /// Model files as for `check`; then the id of the rule; then the id of the element, or `model` for a
    /// rule that is asked of the model as a whole
    #[arg(value_name = "MODEL… RULE ELEMENT", num_args = 3.., required = true)]
    pub(crate) asked: Vec<String>,
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// The date of the check, such as 2026-06-01; without this, today
    #[arg(long, value_name = "DATE")]
    pub(crate) at: Option<Date>,
    /// As if this gate were asked for now
    #[arg(long, value_name = "GATE")]
    pub(crate) gate: Option<String>,
    /// The language: nl or en
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Shipped packs by name, `all` of them, or files
    #[arg(value_name = "PACK", required = true)]
    pub(crate) packs: Vec<String>,
    /// The organisation's own parameters, severities and additions to the metamodel
    #[arg(long, value_name = "FILE")]
    pub(crate) settings: Option<String>,
    /// Additions to the shipped metamodel; or, named with `metamodel:`, one in its place
    #[arg(long, value_name = "FILE")]
    pub(crate) metamodel: Option<String>,
    /// The language: nl or en
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
    /// The form of the report
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Codes {
    /// The code to explain, as it stands in brackets after `error` or `warning`
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Of what
    #[arg(value_enum, value_name = "DOCUMENT")]
    pub(crate) of: Document,
    /// The organisation's settings: models and packs may use what these add to the metamodel
    #[arg(long, value_name = "FILE")]
    pub(crate) settings: Option<String>,
    /// Additions to the shipped metamodel; or, named with `metamodel:`, one in its place
    #[arg(long, value_name = "FILE")]
    pub(crate) metamodel: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Document {
    /// Models of programmes
    Model,
    /// Packs of rules
    Pack,
    /// An organisation's settings
    Settings,
    /// Metamodels
    Metamodel,
    /// What `check --format json` writes
    Report,
    /// What `explain --format json` writes
    Explanation,
    /// What `diff --format json` writes
    Difference,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, in at most a hundred columns
    Text,
    /// For programs, in every language
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people, in at most a hundred columns
    Text,
    /// For programs, in every language
    Json,
    /// For merge requests, wikis and mail
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people, in at most a hundred columns
    Text,
    /// For programs, in every language
    Json,
    /// For merge requests, wikis and mail
    Markdown,
    /// One page to read, print and take along
    Html,
    /// SARIF 2.1.0, for pages and editors that show findings beside files
    Sarif,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Threshold {
    Error,
    Warning,
    Advice,
}

impl Threshold {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Advice => Severity::Advice,
        }
    }
}
