//! Expressions as they are drawn: text, and where `&&` and `||` stand in it.

/// An expression, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Text as it stands.
    Text(String),
    /// Parts one after the other.
    Parts(Vec<Term>),
    /// `(left && right)`, or `(left || right)`: two questions of which neither needs the other.
    Logic {
        /// `&&` or `||`.
        operator: &'static str,
        /// The left one.
        left: Box<Term>,
        /// The right one.
        right: Box<Term>,
    },
}

impl Term {
    /// Two questions joined by `&&` or `||`.
    pub fn logic(operator: &'static str, left: Self, right: Self) -> Self {
        Self::Logic { operator, left: Box::new(left), right: Box::new(right) }
    }

    /// The text with the operands of every `&&` and `||` swapped.
    pub fn swapped(&self) -> String {
        let mut out = String::new();
        self.write(true, &mut out);
        out
    }

    fn write(&self, swapped: bool, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Parts(parts) => parts.iter().for_each(|part| part.write(swapped, out)),
            Self::Logic { operator, left, right } => {
                let (first, second) = if swapped { (right, left) } else { (left, right) };
                out.push('(');
                first.write(swapped, out);
                out.push_str(&format!(" {operator} "));
                second.write(swapped, out);
                out.push(')');
            }
        }
    }
}

impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = String::new();
        self.write(false, &mut out);
        f.write_str(&out)
    }
}

impl From<&str> for Term {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Term {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Term {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

/// A term of several parts, each text or a term.
macro_rules! term {
    ($($part:expr),+ $(,)?) => {
        $crate::generate::term::Term::Parts(vec![$($crate::generate::term::Term::from($part)),+])
    };
}

pub(super) use term;
