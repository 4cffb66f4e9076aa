//! XML as a tree, for data of others.

use anyhow::{Context, Result, bail, ensure};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Levels of nesting in a file.
const DEEPEST: usize = 64;

/// An element. Names are without prefixes.
#[derive(Debug, Default)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Names and values.
    pub attributes: Vec<(String, String)>,
    /// What is between its tags, without what is in other elements and without space around it.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Node>,
}

impl Node {
    /// Reads a file.
    ///
    /// # Errors
    /// Where the text is no XML, or has a document type or entities of its own.
    pub fn parse(text: &str) -> Result<Self> {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Self> = Vec::new();
        loop {
            let closed = match reader.read_event()? {
                Event::Start(start) => {
                    ensure!(open.len() < DEEPEST, "more than {DEEPEST} levels deep");
                    open.push(Self::opened(&start)?);
                    None
                }
                Event::Empty(start) => Some(Self::opened(&start)?),
                Event::End(_) => Some(open.pop().context("an end without a start")?),
                Event::Text(text) => {
                    push(&mut open, &text.xml10_content());
                    None
                }
                Event::CData(text) => {
                    push(&mut open, &text.xml10_content());
                    None
                }
                Event::GeneralRef(reference) => {
                    if let Some(c) = reference.resolve_char_ref()? {
                        push(&mut open, c.encode_utf8(&mut [0; 4]));
                    } else {
                        let known = resolve_predefined_entity(reference.as_ref());
                        push(&mut open, known.context("an entity of its own")?);
                    }
                    None
                }
                Event::DocType(_) => bail!("a document type"),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => None,
                Event::Eof => bail!("the file ends before its root does"),
            };
            let Some(mut closed) = closed else { continue };
            let trimmed = closed.text.trim().to_owned();
            closed.text = trimmed;
            match open.last_mut() {
                Some(parent) => parent.children.push(closed),
                None => return Ok(closed),
            }
        }
    }

    fn opened(start: &BytesStart<'_>) -> Result<Self> {
        let mut node = Self { name: start.local_name().as_ref().to_owned(), ..Self::default() };
        for attribute in start.attributes() {
            let attribute = attribute?;
            let name = attribute.key.local_name().as_ref().to_owned();
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
            node.attributes.push((name, value.into_owned()));
        }
        Ok(node)
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The elements of that name in it.
    pub fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first element of that name in it, where there is any.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        let found = self.children.iter().find(|child| child.name == name)?;
        Some(found.text.as_str()).filter(|text| !text.is_empty())
    }
}

fn push(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}
