//! What functions cost and yield.

use super::Walk;
use super::size::Size;
use crate::typing::functions::Function;
use crate::value::Type;

/// Bytes of text that are copied or looked through in a step.
const BYTES: u64 = 64;

/// Steps that adding a double exactly takes.
const DIGITS: u64 = 16;

/// Bytes of a number, a date or the like as text.
const SHORT: u64 = 64;

impl Walk<'_> {
    pub(super) fn function(
        &mut self,
        function: Function,
        args: &[Size],
        ty: &Type,
        times: u64,
    ) -> Size {
        let arg = |position: usize| args.get(position).copied().unwrap_or_default();
        let (first, second) = (arg(0), arg(1));
        match function {
            Function::Distinct => self.pairs(first, first),
            Function::SetsUnion => {
                let both = first.and(second);
                self.pairs(both, both)
            }
            Function::SetsIntersection | Function::SetsDifference => self.pairs(first, second),
            Function::SetsContains | Function::SetsIntersects | Function::SetsEquivalent => {
                self.pairs(first, second);
                self.pairs(second, first);
                Size::single(times, times)
            }
            Function::Sum if *ty == Type::Double => {
                self.spend(first.total.saturating_mul(DIGITS));
                Size::single(times, times)
            }
            Function::Sort => {
                self.spend(first.sorting());
                first
            }
            Function::Flatten => self.yields(Size {
                most: first.whole(),
                copies: first.whole(),
                total: first.total.saturating_mul(first.weight),
                ..first
            }),
            Function::Slice | Function::Reverse => self.yields(first),
            Function::First | Function::Last | Function::Min | Function::Max => {
                self.spend(first.total);
                let member = match ty {
                    Type::Optional(member) => member,
                    other => other,
                };
                first.member(member, times)
            }
            Function::OptionalOf | Function::OptionalOfNonZero | Function::OptionalValue => first,
            Function::OptionalOr | Function::OrValue => first.either(second),
            Function::Join => {
                let separators = first.most.saturating_mul(second.weight);
                self.text(first.whole().saturating_add(separators), times)
            }
            Function::Replace => {
                // As many replacements as there are bytes, and one at the end.
                let new = arg(2).weight.saturating_add(1);
                self.text(first.weight.saturating_add(1).saturating_mul(new), times)
            }
            Function::Split => {
                let most = first.weight.saturating_add(1);
                let weight = first.weight;
                let total = times.saturating_mul(most);
                self.yields(Size { most, total, copies: most, repeat: times, weight })
            }
            Function::Matches => {
                let pairs = first.weight.saturating_mul(second.weight);
                self.spend(times.saturating_mul(pairs / BYTES));
                Size::single(times, times)
            }
            Function::Quote => self.text(first.weight.saturating_mul(2), times),
            _ if *ty == Type::Text => self.text(first.weight.max(SHORT), times),
            _ => {
                for size in args {
                    self.spend(size.total.saturating_mul(size.weight.div_ceil(BYTES)));
                }
                Size::single(times, times)
            }
        }
    }

    /// A text of so many bytes, made anew each time.
    pub(super) fn text(&mut self, bytes: u64, times: u64) -> Size {
        self.spend(times.saturating_mul(bytes / BYTES));
        Size { weight: bytes.max(1), ..Size::single(times, times) }
    }

    /// Members of one list, each held against all of the other.
    fn pairs(&mut self, list: Size, other: Size) -> Size {
        self.spend(list.total.saturating_mul(other.most.max(1)));
        list
    }
}
