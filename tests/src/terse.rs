//! Packs in few words, for tests in which the form of packs is not the point.
//!
//! ```text
//! uses base
//! parameter longest: duration = 180d
//! define Role.holder_count: self.held_by.size()
//! path Project.prerequisites: depends_on+
//! one-holder Role: self.holder_count == 1
//!   when: self.role_type == RoleType.commissioner
//!   message: held by {self.held_by}
//! ```
//!
//! What a rule leaves out it gets: severity `error`, a title and messages in both languages.

use anyhow::{Context, Result, bail};

/// The pack as YAML.
///
/// # Errors
/// Where a line is none of those above.
pub fn pack(lines: &[String]) -> Result<String> {
    let mut uses = Vec::new();
    let (mut parameters, mut definitions, mut paths) =
        (String::new(), String::new(), String::new());
    let mut rules: Vec<Rule> = Vec::new();
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        if line.starts_with(' ') {
            let rule = rules.last_mut().context("a field before the first rule")?;
            rule.field(line.trim())?;
            continue;
        }
        let (head, body) = line.split_once(": ").map_or((line.as_str(), ""), |parts| parts);
        match head.split_once(' ') {
            Some(("uses", pack)) => uses.push(pack.to_owned()),
            Some(("parameter", name)) => {
                let (kind, value) = body.split_once(" = ").context("a parameter has a default")?;
                let kind = quoted(kind);
                parameters.push_str(&format!("  {name}: {{type: {kind}, default: {value}}}\n"));
            }
            Some(("define" | "path", name)) => {
                // The types of arguments hold colons too: the body comes after the last parenthesis.
                let (name, body) = match line.split_once("): ") {
                    Some((head, body)) if name.contains('(') => {
                        (format!("{})", head.trim_start_matches("define ")), body)
                    }
                    _ => (name.to_owned(), body),
                };
                let out = if line.starts_with("path") { &mut paths } else { &mut definitions };
                out.push_str(&format!("  {}: {}\n", quoted(&name), quoted(body)));
            }
            Some((id, kinds)) => rules.push(Rule::new(id, kinds, body)),
            None => bail!("no line of a pack: {line}"),
        }
    }
    let mut text = String::from("spelregel: 1\npack: case\nversion: 1.0.0\ntitle: {en: Case}\n");
    text.push_str(&format!("uses: [{}]\n", uses.join(", ")));
    for (key, part) in [("parameters", parameters), ("define", definitions), ("paths", paths)] {
        if !part.is_empty() {
            text.push_str(&format!("{key}:\n{part}"));
        }
    }
    text.push_str("rules:\n");
    text.extend(rules.iter().map(Rule::yaml));
    Ok(text)
}

/// Text that YAML reads as it stands.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

struct Rule {
    id: String,
    kinds: String,
    require: String,
    severity: String,
    message: Option<String>,
    lets: Vec<(String, String)>,
    others: Vec<(String, String)>,
}

impl Rule {
    fn new(id: &str, kinds: &str, require: &str) -> Self {
        Self {
            id: id.to_owned(),
            kinds: kinds.to_owned(),
            require: require.to_owned(),
            severity: "error".to_owned(),
            message: None,
            lets: Vec::new(),
            others: Vec::new(),
        }
    }

    fn field(&mut self, line: &str) -> Result<()> {
        let (key, value) = line.split_once(": ").context("a field is `key: value`")?;
        match key.split_once(' ') {
            Some(("let", name)) => self.lets.push((name.to_owned(), value.to_owned())),
            _ if key == "severity" => value.clone_into(&mut self.severity),
            _ if key == "message" => self.message = Some(value.to_owned()),
            _ if key == "when" => self.others.push((key.to_owned(), quoted(value))),
            _ => self.others.push((key.to_owned(), value.to_owned())),
        }
        Ok(())
    }

    fn yaml(&self) -> String {
        let title = quoted(&self.id);
        let message = quoted(self.message.as_deref().unwrap_or(&self.id));
        let mut text = format!(
            "  - id: {}\n    title: {{en: {title}, nl: {title}}}\n    each: [{}]\n",
            self.id, self.kinds
        );
        if !self.lets.is_empty() {
            text.push_str("    let:\n");
            for (name, value) in &self.lets {
                text.push_str(&format!("      {name}: {}\n", quoted(value)));
            }
        }
        for (key, value) in &self.others {
            text.push_str(&format!("    {key}: {value}\n"));
        }
        text.push_str(&format!("    require: {}\n", quoted(&self.require)));
        text.push_str(&format!("    severity: {}\n", self.severity));
        text.push_str(&format!("    message: {{en: {message}, nl: {message}}}\n"));
        text
    }
}
