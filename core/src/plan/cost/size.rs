//! How large things are: what the model counts, and what expressions yield.

use super::extent;
use crate::hir::PerKind;
use crate::metamodel::{KindSet, PropertyIdx, PropertyType, RelationIdx};
use crate::model::Model;
use crate::typing::TypedRule;
use crate::value::{Type, Value};

/// What an expression yields over all the times that it is evaluated: upper bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Size {
    /// Members of one list; one of what is no list.
    pub(super) most: u64,
    /// Members of all lists together.
    pub(super) total: u64,
    /// How often the same element can be in one list.
    pub(super) copies: u64,
    /// How often the same element can be in all lists together.
    pub(super) repeat: u64,
    /// Of a text its bytes; of a member that is a list its members, times what these weigh; else one.
    pub(super) weight: u64,
}

impl Size {
    /// One value each time; the same element at most `repeat` times.
    pub(super) fn single(times: u64, repeat: u64) -> Self {
        Self { most: 1, total: times, copies: 1, repeat, weight: 1 }
    }

    /// The same value each time.
    pub(super) fn of(value: &Value, times: u64) -> Self {
        let (most, weight) = extent(value);
        Self { most, total: times.saturating_mul(most), copies: most, repeat: times, weight }
    }

    /// A list of one value of each size.
    pub(super) fn list_of(items: &[Self], times: u64) -> Self {
        let most = u64::try_from(items.len()).unwrap_or(u64::MAX);
        let repeat = items.iter().fold(0_u64, |sum, item| sum.saturating_add(item.repeat));
        let weight = items.iter().map(|item| item.whole()).max().unwrap_or(1);
        Self { most, total: times.saturating_mul(most), copies: most, repeat, weight }
    }

    /// The weight of one value as a member of a list.
    pub(super) fn whole(self) -> u64 {
        self.most.saturating_mul(self.weight)
    }

    /// Of a list of the type: its members one by one, where something is evaluated once per member.
    pub(super) fn each(self, ty: &Type) -> Self {
        // The weight of members that are lists bounds their members and what these weigh.
        let is_nested = matches!(ty, Type::List(member) if matches!(**member, Type::List(_)));
        let most = if is_nested { self.weight } else { 1 };
        Self { most, total: self.total.saturating_mul(most), copies: most, ..self }
    }

    /// A member of a list that is read on its own.
    pub(super) fn member(self, ty: &Type, times: u64) -> Self {
        let most = if matches!(ty, Type::List(_)) { self.weight } else { 1 };
        let repeat = self.repeat.min(times.saturating_mul(most));
        Self { most, total: times.saturating_mul(most), copies: most, repeat, ..self }
    }

    /// What this is to expressions that are evaluated once per member of a list, of which there are
    /// `times`.
    pub(super) fn for_each_member(self, list: Self, times: u64) -> Self {
        let all = list.total.min(times.saturating_mul(list.most));
        Self {
            total: self.total.saturating_mul(list.most).min(all.saturating_mul(self.most)),
            repeat: self.repeat.saturating_mul(list.most).min(all.saturating_mul(self.most)),
            ..self
        }
    }

    /// What was worked out once per element, where an element comes by `repeat` times and all of them
    /// `times`.
    pub(super) fn again(self, repeat: u64, times: u64) -> Self {
        let all = times.saturating_mul(self.most);
        Self {
            total: self.total.saturating_mul(repeat).min(all),
            repeat: self.repeat.saturating_mul(repeat).min(all),
            ..self
        }
    }

    /// The same where a list is known to hold no more than so many elements.
    pub(super) fn at_most(self, members: u64, times: u64) -> Self {
        let most = self.most.min(members.saturating_mul(self.copies));
        let shared = self.repeat.saturating_mul(members);
        Self { most, total: self.total.min(times.saturating_mul(most)).min(shared), ..self }
    }

    /// One or the other.
    pub(super) fn either(self, other: Self) -> Self {
        Self {
            most: self.most.max(other.most),
            total: self.total.saturating_add(other.total),
            copies: self.copies.max(other.copies),
            repeat: self.repeat.saturating_add(other.repeat),
            weight: self.weight.max(other.weight),
        }
    }

    /// One list after the other.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            most: self.most.saturating_add(other.most),
            copies: self.copies.saturating_add(other.copies),
            ..self.either(other)
        }
    }

    /// Steps that sorting takes.
    pub(super) fn sorting(self) -> u64 {
        let rounds = u64::from(self.most.max(2).ilog2());
        self.total.saturating_mul(rounds)
    }
}

/// What can be counted in a model, as 64 bits.
pub(crate) struct Counts<'m> {
    model: &'m Model,
    /// How much more than there is of everything is counted.
    room: u64,
}

impl<'m> Counts<'m> {
    /// Bytes of a text, and texts in a list, that have their room in any model with room for more.
    pub(crate) const ROOM_FOR_BYTES: usize = 1024;
    pub(crate) const ROOM_FOR_TEXTS: usize = 64;

    pub(crate) fn new(model: &'m Model) -> Self {
        Self { model, room: 0 }
    }

    /// What could be counted in the model with so much more of everything.
    pub(crate) fn with_room(model: &'m Model, room: u64) -> Self {
        Self { model, room }
    }

    /// Whether the rule is answered for all elements together.
    pub(super) fn answers_together(&self, rule: &TypedRule) -> bool {
        rule.together && !self.model.has_open_kinds()
    }

    /// Elements of the kinds, live or not.
    pub(super) fn elements(&self, kinds: &KindSet) -> u64 {
        kinds.iter().map(|kind| number(self.model.elements_of(kind).len()) + self.room).sum()
    }

    /// Links of a relation that elements of the kinds can have, at all times together: all there are, or as
    /// many as the elements at either end can have.
    pub(super) fn links(&self, relation: RelationIdx, inverse: bool, near: &KindSet) -> u64 {
        let far = self.targets(relation, inverse, near);
        let near = self.elements(near).saturating_mul(self.most(relation, inverse));
        let far = self.elements(&far).saturating_mul(self.most(relation, !inverse));
        (number(self.model.links_of(relation)) + self.room).min(near).min(far)
    }

    /// The kinds that a relation leads to.
    pub(super) fn targets(&self, relation: RelationIdx, inverse: bool, near: &KindSet) -> KindSet {
        let vocabulary = &self.model.vocabulary().0;
        near.iter().fold(KindSet::default(), |all, kind| {
            all.union(&vocabulary.targets(relation, inverse, kind))
        })
    }

    /// The most links that one element has of a relation.
    pub(super) fn most(&self, relation: RelationIdx, inverse: bool) -> u64 {
        number(self.model.most_links(relation, inverse)) + self.room
    }

    /// Elements of which a property may be the value of its enumeration at a position, or any one value:
    /// those of which it isn't recorded are among them.
    pub(super) fn having(&self, field: &PerKind<PropertyIdx>, position: Option<u32>) -> u64 {
        let counts = field.iter().map(|(kind, property)| {
            let tally = self.model.tally(*property);
            let position = position.and_then(|position| usize::try_from(position).ok());
            let having = match position {
                Some(position) => tally.get(position).copied().unwrap_or(0),
                None => tally.iter().copied().max().unwrap_or(0),
            };
            let recorded: usize = tally.iter().sum();
            let elements = self.model.elements_of(*kind).len();
            number(having + elements.saturating_sub(recorded)) + self.room
        });
        counts.sum()
    }

    /// What following a relation from elements of the kinds yields.
    pub(super) fn step(
        &self,
        (relation, inverse): (RelationIdx, bool),
        near: &KindSet,
        from: Size,
        cap: u64,
    ) -> Size {
        let (links, most) = (self.links(relation, inverse, near), self.most(relation, inverse));
        Size {
            most: from.most.saturating_mul(most).min(links),
            total: from.repeat.saturating_mul(links).min(from.total.saturating_mul(most)),
            repeat: from.repeat.saturating_mul(self.most(relation, !inverse)).min(cap),
            copies: 1,
            weight: 1,
        }
    }

    /// What reading a property yields that is recorded under one of these.
    pub(super) fn property(
        &self,
        properties: impl IntoIterator<Item = PropertyIdx>,
        times: u64,
    ) -> Size {
        let (most, weight) = properties.into_iter().fold((1, 1), |(most, weight), property| {
            let (members, bytes) = self.extent(property);
            let (members, bytes) = (number(members), number(bytes));
            (most.max(members), weight.max(bytes))
        });
        Size { most, total: times.saturating_mul(most), copies: most, repeat: times, weight }
    }
}

impl Counts<'_> {
    fn extent(&self, property: PropertyIdx) -> (usize, usize) {
        let (members, bytes) = self.model.extent(property);
        if self.room == 0 {
            return (members, bytes);
        }
        match self.model.vocabulary().0.properties[property].kind {
            PropertyType::Text => (members, bytes.max(Self::ROOM_FOR_BYTES)),
            PropertyType::Texts => {
                (members.max(Self::ROOM_FOR_TEXTS), bytes.max(Self::ROOM_FOR_BYTES))
            }
            _ => (members, bytes),
        }
    }
}

fn number(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
