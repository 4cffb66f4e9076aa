//! Broken input: a clear error within a second, exit status 2, and no panic.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// On a quiet machine each takes less than a second. Those that run tests are busy, and these are
/// builds without optimisation.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the program says of arguments that name files of a directory.
fn complaint(directory: &Path, arguments: &str) -> io::Result<String> {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_spelregel"))
        .args(arguments.split_whitespace())
        .current_dir(directory)
        .env_clear()
        .stdin(Stdio::null())
        .output()?;
    let err = String::from_utf8_lossy(&output.stderr);
    let mut shown = format!("$ spelregel {arguments}\n{err}");
    if output.status.code() != Some(2) {
        shown = format!("{shown}(status {:?})\n", output.status);
    }
    if !output.stdout.is_empty() {
        shown = format!("{shown}(out: {})\n", String::from_utf8_lossy(&output.stdout));
    }
    if start.elapsed() > PATIENCE {
        shown = format!("{shown}(took {:?})\n", start.elapsed());
    }
    Ok(shown)
}

fn files() -> io::Result<TempDir> {
    let directory = TempDir::new()?;
    let write = |name: &str, text: &[u8]| fs::write(directory.path().join(name), text);
    let rule = |require: &str, define: &str| {
        format!(
            "spelregel: 1\npack: p\nversion: 1.0.0\ntitle: {{en: T}}\n{define}rules:\n  - id: r\n    \
             title: {{en: T}}\n    each: Goal\n    severity: error\n    message: {{en: M}}\n    \
             require: \"{require}\"\n"
        )
    };
    write("fine.yaml", b"goals: [{id: a}]\n")?;
    write("empty.yaml", b"")?;
    write("blank.yaml", b"\n# nothing here\n")?;
    write("latin-1.yaml", b"goals:\n  - {id: caf\xe9}\n")?;
    write("zeros.yaml", &[0; 64])?;
    fs::create_dir(directory.path().join("folder"))?;
    let depth = 100_000;
    write("deep.yaml", format!("goals: {}{}\n", "[".repeat(depth), "]".repeat(depth)).as_bytes())?;
    write("deep.json", format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)).as_bytes())?;
    write("entries.yaml", format!("{}x\n", "- ".repeat(depth)).as_bytes())?;
    let mut bomb = String::from("a: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        // Writing to a text never fails.
        let _ = writeln!(bomb, "b{level}: &a{level} [{aliases}]");
    }
    write("bomb.yaml", bomb.as_bytes())?;
    let long = format!("goals:\n  - {{id: a, name: \"{}\"}}\n", "x".repeat(10_000_000));
    write("long.yaml", long.as_bytes())?;
    write("ids.yaml", "goals:\n  - {id: een doel}\n  - {id: \"🎯\"}\n".as_bytes())?;
    let parentheses = format!("{}true{}", "(".repeat(depth), ")".repeat(depth));
    write("parentheses.yaml", rule(&parentheses, "").as_bytes())?;
    let question = format!("{}true", "!".repeat(1000));
    write("nots.yaml", rule(&question, "").as_bytes())?;
    let route = format!("paths: {{Goal.a: '{}refines{}'}}\n", "(".repeat(depth), ")".repeat(depth));
    write("route.yaml", rule("self.a.size() == 0", &route).as_bytes())?;
    let fewer = format!("{}true{}", "(".repeat(1000), ")".repeat(1000));
    write("fewer.yaml", rule(&fewer, "").as_bytes())?;
    let circle = "define:\n  Goal.a: self.b\n  Goal.b: self.a\n";
    write("circle.yaml", rule("self.a", circle).as_bytes())?;
    write("misspelt.yaml", rule("self.nmae == 'x'", "").as_bytes())?;
    Ok(directory)
}

fn complaints(arguments: &[&str]) -> io::Result<String> {
    let directory = files()?;
    let all: io::Result<Vec<String>> =
        arguments.iter().map(|one| complaint(directory.path(), one)).collect();
    Ok(all?.join("\n"))
}

#[test]
fn files_that_are_none() {
    let arguments = [
        "check empty.yaml",
        "check blank.yaml",
        "check latin-1.yaml",
        "check zeros.yaml",
        "check folder",
        "check missing.yaml also-missing.yaml",
        "check fine.yaml --settings missing.yaml",
        "check fine.yaml --metamodel folder",
        "check fine.yaml --rules empty.yaml",
        "check fine.yaml --settings empty.yaml",
        "check fine.yaml --metamodel empty.yaml",
    ];
    insta::assert_snapshot!(complaints(&arguments).unwrap());
}

#[test]
fn texts_that_ask_too_much() {
    let arguments = [
        "check deep.yaml",
        "check deep.json",
        "check entries.yaml",
        "check bomb.yaml",
        "check long.yaml",
        "check fine.yaml --rules parentheses.yaml",
        "check fine.yaml --rules fewer.yaml",
        "check fine.yaml --rules nots.yaml",
        "check fine.yaml --rules route.yaml",
        "check fine.yaml --rules bomb.yaml",
        "check fine.yaml --settings deep.yaml",
        "check fine.yaml --metamodel deep.json",
    ];
    insta::assert_snapshot!(complaints(&arguments).unwrap());
}

#[test]
fn texts_that_are_wrong() {
    let arguments = [
        "check ids.yaml",
        "check fine.yaml --rules circle.yaml",
        "check fine.yaml --rules misspelt.yaml",
    ];
    insta::assert_snapshot!(complaints(&arguments).unwrap());
}

#[test]
fn questions_that_make_no_sense() {
    let arguments = [
        "check",
        "check --rules slim-invoeren fine.yaml",
        "check fine.yaml --rules slim",
        "check fine.yaml --gate G9",
        "check fine.yaml --programme nobody",
        "check fine.yaml --tag nothing",
        "check fine.yaml --at 2026-02-30",
        "check fine.yaml --lang fr",
        "check fine.yaml --fail-on everything",
        "check fine.yaml --colour never",
        "rules nothing-like-it",
    ];
    insta::assert_snapshot!(complaints(&arguments).unwrap());
}
