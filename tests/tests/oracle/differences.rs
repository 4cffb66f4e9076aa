//! The list of differences.

use anyhow::{Context, Result, bail};
use spelregel_tests::files;

use crate::theirs::Outcome;

/// A listed difference.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) name: String,
    /// What the text of an expression holds that differs so.
    sign: String,
    /// What their result then holds.
    result: String,
    pub(crate) example: String,
    pub(crate) ours: String,
    pub(crate) theirs: String,
    pub(crate) reason: String,
}

pub(crate) fn read() -> Result<Vec<Difference>> {
    let text = files::text("data/cel-crate/differences.tsv")?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| Difference::parse(line).with_context(|| line.to_owned())).collect()
}

impl Difference {
    fn parse(line: &str) -> Result<Self> {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let Ok([name, sign, result, example, ours, theirs, reason]) =
            <[String; 7]>::try_from(columns)
        else {
            bail!("not seven columns");
        };
        Ok(Self { name, sign, result, example, ours, theirs, reason })
    }

    /// Whether it says why an expression has that result there and another one here.
    pub(crate) fn explains(&self, text: &str, theirs: &Outcome) -> bool {
        text.contains(&self.sign)
            && (self.result == "*" || theirs.to_string().contains(&self.result))
    }
}
