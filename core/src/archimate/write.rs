//! The model document: an element a line, in the order of kinds and of the file.

use std::collections::BTreeMap;

use super::join::Link;
use super::place::{Placed, quoted};
use super::read::File;
use crate::metamodel::Vocabulary;

pub(super) fn document(
    vocabulary: &Vocabulary,
    file: &File,
    placed: &Placed,
    links: &[Link],
) -> String {
    let mut by_element: BTreeMap<usize, Vec<&Link>> = BTreeMap::new();
    for link in links {
        by_element.entry(link.from).or_default().push(link);
    }
    let title: String = file.name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut out = format!("# {title}\nspelregel: 1\n");
    for (kind, declared) in vocabulary.kinds.enumerate() {
        let elements = placed.elements.iter().filter(|(_, element)| element.kind == kind);
        let mut elements = elements.peekable();
        if elements.peek().is_some() {
            out.push_str(&format!("{}:\n", declared.section));
        }
        for (position, element) in elements {
            let mut fields = vec![format!("id: {}", quoted(&element.id))];
            for (property, value) in &element.properties {
                fields.push(format!("{}: {value}", vocabulary.properties[*property].name));
            }
            let own = by_element.get(position).map_or(&[][..], Vec::as_slice);
            for (relation, declared) in vocabulary.relations.enumerate() {
                let own: Vec<String> = own
                    .iter()
                    .filter(|link| link.relation == relation)
                    .filter_map(|link| target(vocabulary, placed, link))
                    .collect();
                if !own.is_empty() {
                    fields.push(format!("{}: [{}]", declared.name, own.join(", ")));
                }
            }
            out.push_str(&format!("  - {{{}}}\n", fields.join(", ")));
        }
    }
    out
}

/// `"co2"`, or with properties `{to: "co2", share: 0.5}`
fn target(vocabulary: &Vocabulary, placed: &Placed, link: &Link) -> Option<String> {
    let to = quoted(&placed.elements.get(&link.to)?.id);
    if link.properties.is_empty() {
        return Some(to);
    }
    let properties = link
        .properties
        .iter()
        .map(|(property, value)| format!("{}: {value}", vocabulary.properties[*property].name));
    let fields: Vec<String> = [format!("to: {to}")].into_iter().chain(properties).collect();
    Some(format!("{{{}}}", fields.join(", ")))
}
