//! Limits on what untrusted input may ask for.

/// How large and how deep input may be. The defaults are safe for input from anybody.
///
/// As JSON they are an object, in which limits that are left out have their defaults.
///
/// ```
/// use spelregel::Limits;
/// let limits: Limits = serde_json::from_str(r#"{"elements": 1000}"#)?;
/// assert_eq!(limits.elements, 1000);
/// assert_eq!(limits.document_depth, Limits::default().document_depth);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of one source text.
    pub source_bytes: usize,
    /// Bytes of one text value.
    pub text_bytes: usize,
    /// Levels of nesting in YAML or JSON.
    pub document_depth: usize,
    /// Values in one YAML or JSON document, aliases counted as often as they are used.
    pub document_nodes: usize,
    /// How much anchors and aliases may add to one YAML document: a step for each value that they
    /// copy, and one for every 16 bytes of its text.
    pub document_aliases: usize,
    /// Levels of nesting in an expression or a path.
    pub expression_depth: usize,
    /// Bytes of one expression.
    pub expression_bytes: usize,
    /// Levels of evaluation inside each other, definitions that an expression uses included.
    pub evaluation_depth: usize,
    /// Steps that one rule may take on a model, over all elements that it is asked of, by a formula that
    /// looks at the rule and at the model's size. A rule that would take more gives errors.
    ///
    /// It bounds the time for the verdicts, where a path that is followed for all elements together counts once.
    /// Each finding is told besides, by going through the rule once more for its element; of rules that would
    /// take more steps than this if that were done for every element, findings are told in short: without
    /// witnesses and missing facts, which an explanation still has.
    pub rule_cost: u64,
    /// Elements in a model.
    pub elements: usize,
    /// Problems that are reported at once.
    pub diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            source_bytes: 256 << 20,
            text_bytes: 1 << 20,
            document_depth: 64,
            document_nodes: 20_000_000,
            document_aliases: 1_000_000,
            expression_depth: 96,
            expression_bytes: 64 << 10,
            evaluation_depth: 96,
            rule_cost: 20_000_000_000,
            elements: 5_000_000,
            diagnostics: 200,
        }
    }
}
