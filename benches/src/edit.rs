//! The edit that is measured: a sponsor loses the holder.

use spelregel::{Edit, Element, Model};

/// A sponsor with one holder who owns a benefit, in the middle of the portfolio, and what hangs on the two.
#[derive(Debug)]
pub struct Sponsor {
    /// The edit.
    pub edit: Edit,
    /// The programmes that the role is part of.
    pub programmes: usize,
    /// The benefits that the role owns.
    pub benefits: usize,
}

impl Sponsor {
    /// The first such sponsor after the first half of the roles.
    pub fn find(model: &Model) -> Option<Self> {
        let is_sponsor = |element: &Element<'_>| {
            element.kind().name() == "Role"
                && element.property("kind").is_some_and(|kind| kind == "sponsor")
                && element.related("held_by").len() == 1
                && !element.related("owns").is_empty()
        };
        let sponsors: Vec<Element<'_>> = model.elements().filter(is_sponsor).collect();
        let sponsor = sponsors.get(sponsors.len() / 2)?;
        let holder = *sponsor.related("held_by").first()?;
        Some(Self {
            edit: Edit::unlink(sponsor.id(), "held_by", holder),
            programmes: sponsor.related("role_of").len(),
            benefits: sponsor.related("owns").len(),
        })
    }
}
