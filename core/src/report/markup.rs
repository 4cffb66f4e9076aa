//! HTML that is well formed by construction: text gets in only escaped.

use super::telling::clean;

/// A piece of HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Markup(String);

/// An element that is being written; its attributes come before its content.
#[derive(Debug)]
pub(crate) struct Element {
    name: &'static str,
    start: String,
    content: Markup,
}

/// After these a new line makes the source readable and shows nowhere.
const BLOCKS: &[&str] = &[
    "article", "body", "caption", "details", "div", "dl", "dd", "fieldset", "footer", "form", "h1",
    "h2", "h3", "h4", "head", "header", "html", "label", "li", "link", "main", "meta", "nav", "ol",
    "p", "pre", "script", "section", "style", "summary", "table", "tbody", "thead", "title", "tr",
    "ul",
];
/// Elements without content or end.
const VOID: &[&str] = &["input", "link", "meta"];

impl Markup {
    /// Text, with what HTML would read as its own escaped, and without what would steer the reading.
    pub(crate) fn text(text: &str) -> Self {
        let mut out = Self::default();
        out.push_text(&clean(text));
        out
    }

    /// Text whose lines and indentation count, for `pre`.
    pub(crate) fn lines(text: &str) -> Self {
        let mut out = Self::default();
        for (number, line) in text.lines().enumerate() {
            if number > 0 {
                out.0.push('\n');
            }
            out.push_text(&clean(line));
        }
        out
    }

    /// What the program itself holds: styles and scripts.
    pub(crate) fn own(text: &'static str) -> Self {
        Self(text.to_owned())
    }

    /// One piece after the other.
    pub(crate) fn all(pieces: impl IntoIterator<Item = Self>) -> Self {
        Self(pieces.into_iter().map(|piece| piece.0).collect())
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }

    fn push_text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
    }
}

/// An element of this name.
pub(crate) fn el(name: &'static str) -> Element {
    Element { name, start: format!("<{name}"), content: Markup::default() }
}

impl Element {
    pub(crate) fn attr(mut self, name: &'static str, value: &str) -> Self {
        let value = Markup::text(value);
        self.start = format!("{} {name}=\"{}\"", self.start, value.0);
        self
    }

    pub(crate) fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    pub(crate) fn text(self, text: &str) -> Markup {
        self.child(&Markup::text(text)).done()
    }

    pub(crate) fn child(mut self, child: &Markup) -> Self {
        self.content.0.push_str(&child.0);
        self
    }

    pub(crate) fn children(self, children: impl IntoIterator<Item = Markup>) -> Markup {
        self.child(&Markup::all(children)).done()
    }

    pub(crate) fn done(self) -> Markup {
        let Self { name, start, content } = self;
        let end = if BLOCKS.contains(&name) { "\n" } else { "" };
        if VOID.contains(&name) {
            Markup(format!("{start}>{end}"))
        } else {
            Markup(format!("{start}>{}</{name}>{end}", content.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_open_no_element_and_close_no_attribute() {
        let nasty = "</p><script>alert('1')</script>\" onclick=\"x & y\u{202e}";
        let html = el("p").attr("title", nasty).text(nasty).into_string();
        assert_eq!(html.matches('<').count(), 2, "{html}");
        assert_eq!(html.matches('"').count(), 2, "{html}");
        assert!(!html.contains('\u{202e}'), "{html}");
    }

    #[test]
    fn elements_without_content_have_no_end() {
        assert_eq!(el("meta").attr("charset", "utf-8").done().0, "<meta charset=\"utf-8\">\n");
        assert_eq!(el("p").done().0, "<p></p>\n");
    }
}
