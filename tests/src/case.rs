//! Markdown to cases.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::driver::{File, Input};

/// A file of cases.
#[derive(Debug)]
pub struct Document {
    /// Where it lies.
    pub path: PathBuf,
    /// Its lines.
    pub lines: Vec<String>,
    /// Its tests, in order.
    pub cases: Vec<Case>,
    /// Every heading, in order.
    pub headings: Vec<String>,
}

/// A test: what goes in, and what is expected to come out.
#[derive(Debug)]
pub struct Case {
    /// The headings that lead to it.
    pub title: String,
    /// The line of its heading, from 1.
    pub line: usize,
    /// What goes in.
    pub input: Input,
    /// What is expected.
    pub expected: Vec<Expected>,
}

/// A fence that says what is expected.
#[derive(Debug, Clone)]
pub struct Expected {
    /// Of what.
    pub kind: ExpectedKind,
    /// Its lines.
    pub body: Vec<String>,
    /// Position of its first line in the document.
    pub start: usize,
}

/// What a fence says of what comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedKind {
    /// The verdicts.
    Verdicts,
    /// What findings say.
    Messages,
    /// Every problem as it is printed.
    Diagnostics,
    /// The report as text.
    Report,
    /// The values of expressions.
    Cel,
}

/// A fence as written.
struct Fence {
    info: String,
    body: Vec<String>,
    /// Position of its first line.
    start: usize,
}

/// A heading with the fences directly under it.
struct Section {
    level: usize,
    title: String,
    /// Position of its line.
    line: usize,
    fences: Vec<Fence>,
}

impl Document {
    /// Reads a file.
    ///
    /// # Errors
    /// Where it can't be read, or a fence is none of those that cases know.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        Self::parse(path, &text)
    }

    fn parse(path: &Path, text: &str) -> Result<Self> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let sections = sections(&lines).with_context(|| path.display().to_string())?;
        let mut cases = Vec::new();
        // The headings above the one at hand, and what stands under them.
        let mut above: Vec<(usize, &str, Input)> = Vec::new();
        for section in &sections {
            above.retain(|(level, ..)| *level < section.level);
            let mut input = above.last().map(|(.., input)| input.clone()).unwrap_or_default();
            let mut expected = Vec::new();
            for fence in &section.fences {
                let place = || format!("{}:{}", path.display(), fence.start);
                expected.extend(take(fence, &mut input).with_context(place)?);
            }
            let titles = above.iter().map(|(_, title, _)| *title).chain([section.title.as_str()]);
            let title = titles.collect::<Vec<_>>().join(" / ");
            if !expected.is_empty() {
                let line = section.line + 1;
                cases.push(Case { title, line, input: input.clone(), expected });
            }
            above.push((section.level, &section.title, input));
        }
        let headings = sections.iter().map(|section| section.title.clone()).collect();
        Ok(Self { path: path.to_owned(), lines, cases, headings })
    }
}

fn sections(lines: &[String]) -> Result<Vec<Section>> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Option<(String, Fence)> = None;
    for (position, line) in lines.iter().enumerate() {
        if let Some((marks, fence)) = &mut open {
            if line == marks {
                let (_, fence) = open.take().context("a fence is open")?;
                let section = sections.last_mut().context("a fence before the first heading")?;
                section.fences.push(fence);
            } else {
                fence.body.push(line.clone());
            }
            continue;
        }
        let marks: String = line.chars().take_while(|c| *c == '`').collect();
        if marks.len() >= 3 {
            let info = line.trim_start_matches('`').trim().to_owned();
            open = Some((marks, Fence { info, body: Vec::new(), start: position + 1 }));
        } else if line.starts_with('#') {
            let level = line.chars().take_while(|c| *c == '#').count();
            let title = line.trim_start_matches('#').trim().to_owned();
            sections.push(Section { level, title, line: position, fences: Vec::new() });
        }
    }
    if let Some((_, fence)) = open {
        bail!("line {}: a fence without an end", fence.start);
    }
    Ok(sections)
}

/// Takes a fence as input, or as what is expected.
fn take(fence: &Fence, input: &mut Input) -> Result<Option<Expected>> {
    let mut words = fence.info.split_whitespace();
    let kind = words.next().unwrap_or_default();
    let name = words.next().map(str::to_owned);
    let is_hex = words.next() == Some("hex");
    let mut text = fence.body.join("\n");
    text.push('\n');
    let file = |default: &str| File {
        name: name.clone().unwrap_or_else(|| default.to_owned()),
        text: text.clone(),
        is_hex,
    };
    let expected = |kind| Some(Expected { kind, body: fence.body.clone(), start: fence.start });
    Ok(match kind {
        "model" => {
            let default = match input.models.len() {
                0 => "model.yaml".to_owned(),
                more => format!("model-{}.yaml", more + 1),
            };
            input.models.push(file(&default));
            None
        }
        "pack" => {
            let default = match input.packs.len() {
                0 => "pack.yaml".to_owned(),
                more => format!("pack-{}.yaml", more + 1),
            };
            input.packs.push(file(&default));
            None
        }
        "rules" => {
            let text = crate::terse::pack(&fence.body)?;
            input.packs.push(File { text, ..file("pack.yaml") });
            None
        }
        "settings" => {
            input.settings = Some(file("settings.yaml"));
            None
        }
        "metamodel" => {
            input.metamodel = Some(file("metamodel.yaml"));
            None
        }
        "options" => {
            for line in fence.body.iter().filter(|line| !line.trim().is_empty()) {
                let (key, value) = line.split_once(':').context("an option is `key: value`")?;
                input.options.set(key.trim(), value.trim())?;
            }
            None
        }
        "expect" => expected(ExpectedKind::Verdicts),
        "messages" => expected(ExpectedKind::Messages),
        "diagnostics" => expected(ExpectedKind::Diagnostics),
        "report" => expected(ExpectedKind::Report),
        "cel" => {
            input.expressions = crate::lines::joined(&fence.body)
                .map(|line| crate::lines::expression(&line).0.to_owned())
                .collect();
            expected(ExpectedKind::Cel)
        }
        other => bail!("cases know no fence `{other}`"),
    })
}
