//! The guide “your first rule”: every file in it is written, every command run, every output compared.
//!
//! With the variable `SPELREGEL_REFRESH=1` a run writes the outputs into the guide instead; the difference
//! is then reviewed like code. Its fences:
//!
//! | fence | what |
//! | --- | --- |
//! | `yaml FILE` | the file is this from now on |
//! | `yaml FILE end` | this stands at the end of the file |
//! | `yaml FILE before LINE` | this stands before a line of the file |
//! | `replace FILE` | `old => new`, a replacement a line, everywhere in the file |
//! | `console`, `console exit=1` | a command after `$ `, what it prints, and the status that it ends with |

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/first-rule.md");

/// A fence: the words after its ticks, and its lines.
struct Fence {
    about: Vec<String>,
    text: String,
}

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What the command prints, and how it ends.
fn run(folder: &Path, command: &str) -> Result<(String, Option<i32>)> {
    let arguments = command.strip_prefix("spelregel ").ok_or("not a command of ours")?;
    let mut program = Command::new(env!("CARGO_BIN_EXE_spelregel"));
    program.args(arguments.split_whitespace()).current_dir(folder).env_clear();
    let output = program.output()?;
    let text = String::from_utf8([output.stdout, output.stderr].concat())?;
    // Nothing on a page ends in spaces.
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    Ok((lines.join("\n"), output.status.code()))
}

/// Does what a fence says, and tells what it should hold.
fn follow(folder: &Path, fence: &Fence) -> Result<String> {
    let about: Vec<&str> = fence.about.iter().map(String::as_str).collect();
    let read = |file: &str| fs::read_to_string(folder.join(file));
    match about.as_slice() {
        ["yaml", file] => fs::write(folder.join(file), &fence.text)?,
        ["yaml", file, "end"] => fs::write(folder.join(file), read(file)? + &fence.text)?,
        ["yaml", file, "before", line] => {
            let text = read(file)?;
            let (before, after) =
                text.split_once(&format!("\n{line}\n")).ok_or("no such line in the file")?;
            fs::write(folder.join(file), format!("{before}\n{}{line}\n{after}", fence.text))?;
        }
        ["replace", file] => {
            let mut text = read(file)?;
            for line in fence.text.lines() {
                let (old, new) = line.split_once(" => ").ok_or("no replacement")?;
                assert!(text.contains(old), "{old}");
                text = text.replace(old, new);
            }
            fs::write(folder.join(file), text)?;
        }
        ["console", expected @ ..] => {
            let status = expected.first().and_then(|exit| exit.strip_prefix("exit="));
            let command = fence.text.lines().next().and_then(|line| line.strip_prefix("$ "));
            let command = command.ok_or("no command")?;
            let (out, found) = run(folder, command)?;
            assert_eq!(found, Some(status.unwrap_or("0").parse()?), "{command}\n{out}");
            return Ok(format!("$ {command}\n{out}\n"));
        }
        other => return Err(format!("an unknown fence: {other:?}").into()),
    }
    Ok(fence.text.clone())
}

#[test]
fn the_guide_does_what_it_says() {
    let guide = fs::read_to_string(GUIDE).unwrap();
    let folder = TempDir::new().unwrap();
    let mut found = String::new();
    let mut lines = guide.lines();
    let mut commands = 0;
    while let Some(line) = lines.next() {
        found.push_str(line);
        found.push('\n');
        if let Some(about) = line.strip_prefix("```") {
            let about: Vec<String> = about.split_whitespace().map(str::to_owned).collect();
            commands += usize::from(about.first().is_some_and(|first| first == "console"));
            let text = lines.by_ref().take_while(|line| *line != "```");
            let text = text.fold(String::new(), |text, line| text + line + "\n");
            found.push_str(&follow(folder.path(), &Fence { about, text }).unwrap());
            found.push_str("```\n");
        }
    }
    assert!(commands > 5, "{commands}");
    if std::env::var_os("SPELREGEL_REFRESH").is_some() {
        fs::write(GUIDE, found).unwrap();
    } else {
        assert_eq!(
            guide, found,
            "SPELREGEL_REFRESH=1 writes what the commands print into the guide"
        );
    }
}
