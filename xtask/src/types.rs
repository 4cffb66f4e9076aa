//! The TypeScript types of the npm package: what the published JSON Schemas say, in another notation.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::workspace;

const FILE: &str = "bindings-wasm/js/src/types.generated.ts";
const HEAD: &str = "\
// Made from the schemas in `docs/schema` and the shipped packs by `cargo xtask types`.

";

/// A schema, the name of the type that it describes, and what the names of its parts start with.
struct Schema {
    file: &'static str,
    root: Option<&'static str>,
    parts: Parts,
}

/// How the parts of a schema are named.
#[derive(Clone, Copy)]
enum Parts {
    /// As they are.
    Same,
    /// In the namespace of the vocabulary.
    Kinds,
    /// With this before them; parts of the vocabulary are in its namespace.
    Prefixed(&'static str),
}

const SCHEMAS: [Schema; 8] = [
    Schema { file: "report", root: Some("Report"), parts: Parts::Same },
    Schema { file: "explanation", root: Some("Explanation"), parts: Parts::Same },
    Schema { file: "difference", root: Some("Difference"), parts: Parts::Same },
    Schema { file: "exchange", root: None, parts: Parts::Same },
    Schema { file: "model", root: Some("ModelDocument"), parts: Parts::Kinds },
    Schema { file: "pack", root: Some("PackDocument"), parts: Parts::Prefixed("Pack") },
    Schema { file: "settings", root: Some("SettingsDocument"), parts: Parts::Prefixed("Settings") },
    Schema {
        file: "metamodel",
        root: Some("MetamodelDocument"),
        parts: Parts::Prefixed("Metamodel"),
    },
];

/// Writes the types anew.
pub(crate) fn write() -> Result<()> {
    Ok(fs::write(workspace::path(FILE), generate()?)?)
}

/// Whether the checked-in types are those of the schemas.
pub(crate) fn check() -> Result<()> {
    if fs::read_to_string(workspace::path(FILE))? != generate()? {
        bail!("{FILE} is old: write it anew with `cargo xtask types`");
    }
    Ok(())
}

fn generate() -> Result<String> {
    let mut out = HEAD.to_owned();
    out.push_str(&packs()?);
    let mut writer = Writer { out, parts: Parts::Same, kinds: BTreeSet::new(), depth: 0 };
    let mut written = BTreeSet::new();
    for Schema { file, root, parts } in SCHEMAS {
        let path = workspace::path(&format!("docs/schema/{file}.json"));
        let schema: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
        let schema = schema.as_object().context("a schema is an object")?;
        writer.parts = parts;
        let defined = schema.get("$defs").and_then(Value::as_object);
        if let Parts::Kinds = parts {
            writer.kinds = defined.into_iter().flatten().map(|(name, _)| name.clone()).collect();
            writer
                .line("/** The kinds of the shipped metamodel, as model documents write them. */");
            writer.line("export declare namespace kinds {");
            writer.depth += 1;
        }
        for (name, definition) in defined.into_iter().flatten() {
            let name = writer.name(name);
            // What the namespace has already, and what several schemas share.
            if !name.starts_with("kinds.") && written.insert(format!("{}{name}", writer.depth)) {
                writer.declare(&name, definition)?;
            }
        }
        if let Parts::Kinds = parts {
            writer.depth -= 1;
            writer.line("}\n");
            // From here on they are named from outside.
            writer.parts = Parts::Prefixed("Model");
        }
        if let Some(root) = root {
            writer.declare(root, &Value::Object(schema.clone()))?;
        }
    }
    Ok(writer.out)
}

/// The shipped packs by name.
fn packs() -> Result<String> {
    let ids: Option<Vec<&str>> =
        spelregel_rules::PACKS.iter().map(|(file, _)| file.strip_suffix(".yaml")).collect();
    let ids = ids.context("packs are YAML")?;
    let union: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    let mut out = format!(
        "/** The id of a pack that is shipped. */\nexport type ShippedPack = {};\n\n\
         /** The shipped packs. */\nexport const packs = {{\n",
        union.join(" | ")
    );
    for id in ids {
        let mut words = id.split('-');
        let first = words.next().unwrap_or_default().to_owned();
        let name = words.fold(first, |name, word| name + &capital(word));
        writeln!(out, "  {name}: \"{id}\",")?;
    }
    out.push_str("} as const;\n\n");
    Ok(out)
}

struct Writer {
    out: String,
    parts: Parts,
    /// The names in the namespace of the vocabulary.
    kinds: BTreeSet<String>,
    depth: usize,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.out.push_str(&"  ".repeat(self.depth));
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// What the type of a part is called.
    fn name(&self, part: &str) -> String {
        match self.parts {
            Parts::Same => part.to_owned(),
            Parts::Kinds => pascal(part),
            Parts::Prefixed(_) if self.kinds.contains(part) => format!("kinds.{}", pascal(part)),
            Parts::Prefixed(_) if part == "model" => "ModelDocument".to_owned(),
            Parts::Prefixed(before) => format!("{before}{}", pascal(part)),
        }
    }

    fn about(&mut self, schema: &Map<String, Value>) {
        let description = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        let mut lines: Vec<String> = description.lines().map(str::to_owned).collect();
        for choice in schema.get("oneOf").and_then(Value::as_array).into_iter().flatten() {
            if let (Some(value), Some(about)) = (choice.get("const"), choice.get("description")) {
                lines.push(format!("- `{value}`: {}", about.as_str().unwrap_or_default()));
            }
        }
        match lines.as_slice() {
            [] => {}
            [only] => self.line(&format!("/** {only} */")),
            several => {
                self.line("/**");
                for line in several {
                    self.line(&format!(" * {line}"));
                }
                self.line(" */");
            }
        }
    }

    fn declare(&mut self, name: &str, schema: &Value) -> Result<()> {
        if name == "ModelDocument" && self.out.contains("export interface ModelDocument {") {
            return Ok(());
        }
        let fields = schema.as_object().context("a definition is an object")?;
        self.about(fields);
        if is_object(fields) && fields.get("additionalProperties").is_none_or(Value::is_boolean) {
            self.line(&format!("export interface {name} {{"));
            self.fields(fields)?;
            self.line("}");
        } else {
            let described = self.schema(schema)?;
            self.line(&format!("export type {name} = {described};"));
        }
        self.out.push('\n');
        Ok(())
    }

    fn fields(&mut self, schema: &Map<String, Value>) -> Result<()> {
        self.depth += 1;
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            if let Some(fields) = property.as_object() {
                self.about(fields);
            }
            let optional = if required.contains(&name.as_str()) { "" } else { "?" };
            let described = self.schema(property)?;
            self.line(&format!("readonly {}{optional}: {described};", key(name)));
        }
        self.depth -= 1;
        Ok(())
    }

    fn schema(&mut self, schema: &Value) -> Result<String> {
        let Some(fields) = schema.as_object() else { return Ok("unknown".to_owned()) };
        if let Some(target) = fields.get("$ref").and_then(Value::as_str) {
            let part = target.strip_prefix("#/$defs/").context("references stay in a schema")?;
            return Ok(self.name(part));
        }
        if let Some(value) = fields.get("const") {
            return Ok(value.to_string());
        }
        if let Some(values) = fields.get("enum").and_then(Value::as_array) {
            return Ok(union(values.iter().map(Value::to_string).collect()));
        }
        if is_object(fields) {
            return self.object(fields);
        }
        for choice in ["anyOf", "oneOf"] {
            if let Some(choices) = fields.get(choice).and_then(Value::as_array) {
                let choices: Result<Vec<String>> =
                    choices.iter().map(|choice| self.schema(choice)).collect();
                return Ok(union(choices?));
            }
        }
        let names: Vec<&str> = match fields.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => return Ok("unknown".to_owned()),
        };
        let types: Result<Vec<String>> = names
            .into_iter()
            .map(|name| match name {
                "string" | "boolean" | "null" => Ok(name.to_owned()),
                "integer" | "number" => Ok("number".to_owned()),
                "array" => {
                    let item = match fields.get("items") {
                        Some(item) => self.schema(item)?,
                        None => "unknown".to_owned(),
                    };
                    Ok(format!("readonly {}[]", bracketed(&item)))
                }
                "object" => self.object(fields),
                other => bail!("no type of TypeScript for `{other}`"),
            })
            .collect();
        Ok(union(types?))
    }

    /// An object without a name.
    fn object(&mut self, fields: &Map<String, Value>) -> Result<String> {
        if let Some(value) = fields.get("additionalProperties").filter(|value| value.is_object()) {
            let value = self.schema(value)?;
            return Ok(format!("{{ readonly [name: string]: {value} }}"));
        }
        if !fields.contains_key("properties") {
            return Ok("{ readonly [name: string]: unknown }".to_owned());
        }
        // Written apart, then put in: what is inside is indented as if it stood here.
        let outer = std::mem::take(&mut self.out);
        let result = self.fields(fields);
        let inner = std::mem::replace(&mut self.out, outer);
        result?;
        Ok(format!("{{\n{inner}{}}}", "  ".repeat(self.depth)))
    }
}

fn is_object(fields: &Map<String, Value>) -> bool {
    fields.get("type").is_some_and(|name| name == "object")
}

fn union(mut types: Vec<String>) -> String {
    let mut seen = BTreeSet::new();
    types.retain(|one| seen.insert(one.clone()));
    types.join(" | ")
}

fn bracketed(item: &str) -> String {
    if item.contains(" | ") || item.starts_with("readonly ") {
        format!("({item})")
    } else {
        item.to_owned()
    }
}

/// `link_held_by` as `LinkHeldBy`.
fn pascal(name: &str) -> String {
    name.split('_').map(capital).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn key(name: &str) -> String {
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    if is_plain { name.to_owned() } else { Value::from(name).to_string() }
}
