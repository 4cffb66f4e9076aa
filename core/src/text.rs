//! Texts in the languages that reports are written in.

/// A language of reports and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

impl Language {
    /// Every language, in the order in which texts list them.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// The code that documents use: `en` or `nl`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }
}

impl std::str::FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|l| l.code() == text)
            .ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}

/// The text names no language that reports are written in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language of reports: use `en` or `nl`")]
pub struct UnknownLanguage(pub String);

/// A text in one or both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Text {
    /// The English text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// The Dutch text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nl: Option<String>,
}

impl Text {
    /// A text in both languages.
    pub fn both(en: impl Into<String>, nl: impl Into<String>) -> Self {
        Self { en: Some(en.into()), nl: Some(nl.into()) }
    }

    /// The text in the language, else in the other one, else empty.
    pub fn get(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::En => (&self.en, &self.nl),
            Language::Nl => (&self.nl, &self.en),
        };
        first.as_deref().or(second.as_deref()).unwrap_or("")
    }

    /// The text in exactly this language.
    pub fn exact(&self, language: Language) -> Option<&str> {
        match language {
            Language::En => self.en.as_deref(),
            Language::Nl => self.nl.as_deref(),
        }
    }

    /// Where the text of a language goes.
    pub(crate) fn slot(&mut self, language: Language) -> &mut Option<String> {
        match language {
            Language::En => &mut self.en,
            Language::Nl => &mut self.nl,
        }
    }

    /// Whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.en.is_none() && self.nl.is_none()
    }
}
