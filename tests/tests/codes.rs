//! Every diagnostic code has a page, which says what it means, why it matters and what to do, with an input
//! that gives it and one that doesn't. That they do so is tested with the other cases.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use spelregel::Code;
use spelregel_tests::case::{Case, Document, ExpectedKind};
use spelregel_tests::files;

const FOLDER: &str = "cases/codes";

fn page(code: Code) -> Result<Document> {
    Document::read(&files::path(FOLDER).join(format!("{}.md", code.as_str())))
}

/// Whether the case expects a problem of the code.
fn gives(case: &Case, code: Code) -> bool {
    let of_code = format!("[{}]: ", code.as_str());
    let diagnostics = case.expected.iter().filter(|e| e.kind == ExpectedKind::Diagnostics);
    diagnostics.flat_map(|expected| &expected.body).any(|line| {
        ["error", "warning"]
            .iter()
            .any(|level| line.strip_prefix(level).is_some_and(|rest| rest.starts_with(&of_code)))
    })
}

#[test]
fn every_code_has_an_input_that_gives_it_and_one_that_does_not() -> Result<()> {
    for code in Code::ALL.iter().copied() {
        let page = page(code)?;
        let [title, ..] = page.headings.as_slice() else {
            anyhow::bail!("{} has no heading", page.path.display());
        };
        assert_eq!(title, code.as_str());
        let [bad, good] = page.cases.as_slice() else {
            anyhow::bail!("{}: {} cases, and two are wanted", code.as_str(), page.cases.len());
        };
        assert_eq!(bad.title, format!("{} / Not like this", code.as_str()));
        assert_eq!(good.title, format!("{} / Like this", code.as_str()));
        assert!(gives(bad, code), "{}: the first input doesn't give it", code.as_str());
        assert!(!gives(good, code), "{}: the second input gives it", code.as_str());
        let about = |case: &Case| case.expected.iter().any(|e| e.kind == ExpectedKind::Diagnostics);
        assert!(about(good), "{}: what the second input gives is not said", code.as_str());
    }
    Ok(())
}

#[test]
fn every_page_says_what_a_code_means_why_it_matters_and_what_to_do() -> Result<()> {
    for code in Code::ALL {
        let paragraphs: Vec<&str> = code.page().split("\n\n").take(4).collect();
        let [title, meaning, why, remedy] = paragraphs.as_slice() else {
            anyhow::bail!("{} has too few paragraphs", code.as_str());
        };
        assert_eq!(*title, format!("# {}", code.as_str()));
        assert_eq!(*meaning, code.meaning());
        assert!(!meaning.contains('\n'), "{}: the meaning is one line", code.as_str());
        assert!(meaning.ends_with('.'), "{}: {meaning}", code.as_str());
        assert!(why.starts_with("Why it matters: "), "{}: {why}", code.as_str());
        assert!(remedy.starts_with("What to do: "), "{}: {remedy}", code.as_str());
    }
    Ok(())
}

#[test]
fn every_page_is_of_a_code() -> Result<()> {
    let pages = files::all(&files::path(FOLDER), "md")?;
    let of = |path: &std::path::PathBuf| {
        let name = path.file_stem().and_then(|stem| stem.to_str()).context("a name")?;
        Ok(name.to_owned())
    };
    let pages: BTreeSet<String> = pages.iter().map(of).collect::<Result<_>>()?;
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    assert_eq!(pages, codes);
    Ok(())
}
