//! The expression language: CEL's syntax, text to tree and back.

pub(crate) mod ast;
