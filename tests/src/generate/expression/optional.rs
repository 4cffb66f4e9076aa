//! Optionals.

use super::{Asking, Typed, Writer};
use crate::generate::term::term;
use crate::generate::types::Type;
use crate::generate::vocabulary::GATE;

impl Writer<'_, '_> {
    pub(super) fn optional(&mut self, of: &Type, depth: usize) -> Option<Typed> {
        match self.draw.below(5) {
            0 if *of == Type::Enum(GATE) => Some(Typed::new("gate", Type::Enum(GATE).optional())),
            1 => {
                let condition = self.write(&Type::Bool, depth).term;
                let value = self.write(&of.clone().optional(), depth);
                let term = term!["(", condition, " ? optional.none() : ", value.term, ")"];
                Some(Typed::new(term, value.ty))
            }
            _ if self.language.asking == Asking::Never => None,
            2 => self.field_of_optional(of, depth),
            _ => self.asked(of, depth),
        }
    }

    /// `x.?property`
    fn asked(&mut self, of: &Type, depth: usize) -> Option<Typed> {
        let (subject, name, ty) = self.property(of, depth)?;
        Some(Typed::new(term![subject, ".?", name], ty.optional()))
    }

    /// A field of an element that may be there.
    fn field_of_optional(&mut self, of: &Type, depth: usize) -> Option<Typed> {
        let fields = self.fields(of);
        let (name, kinds) = self.draw.pick(&fields)?.clone();
        let element = self.write(&Type::Element(kinds).optional(), depth);
        let dot = self.draw.one(&[".", ".?"]);
        Some(Typed::new(term![element.term, dot, name], of.clone().optional()))
    }
}
