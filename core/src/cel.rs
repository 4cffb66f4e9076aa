//! The expression language: CEL's syntax, text to tree and back.

pub(crate) mod ast;
#[cfg(test)]
pub(crate) mod dump;
pub(crate) mod lexer;
pub(crate) mod literal;
pub(crate) mod parser;
pub(crate) mod print;

pub(crate) use self::parser::parse;
pub(crate) use self::print::print;
