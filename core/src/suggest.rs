//! Did you mean: the nearest of the names that are valid at a place.

use crate::text::{Language, Text};

/// Names longer than this are not compared: nobody misspells them by a letter.
const LONGEST: usize = 64;

/// The candidate nearest to what was written, where one is near enough to be meant.
///
/// Equal but for case, spaces, hyphens and underscores counts as nearest; otherwise at most one
/// letter in three may differ. Of equally near ones the first by code point.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = name.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let simple = simplified(name);
    let allowed = (length / 3).clamp(1, 3);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .filter_map(|candidate| {
            let other = simplified(candidate);
            let distance =
                if simple == other { 0 } else { strsim::damerau_levenshtein(&simple, &other) };
            // A change of every letter is another name.
            (distance <= allowed && distance < length).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// The same for names with labels: a label in any language, as people read it, means its name.
pub(crate) fn meant<'a>(
    name: &str,
    candidates: impl Iterator<Item = (&'a str, &'a Text)> + Clone,
) -> Option<&'a str> {
    let simple = simplified(name);
    let labelled = candidates.clone().find(|(_, label)| {
        let mut labels = Language::ALL.into_iter().filter_map(|language| label.exact(language));
        labels.any(|label| simplified(label) == simple)
    });
    labelled.map(|(name, _)| name).or_else(|| nearest(name, candidates.map(|(name, _)| name)))
}

fn simplified(name: &str) -> String {
    name.chars()
        .map(|c| if matches!(c, ' ' | '-') { '_' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_misspellings_but_not_other_words() {
        let names = ["held_by", "holds", "has_role", "role_in"];
        assert_eq!(nearest("held_bij", names), Some("held_by"));
        assert_eq!(nearest("Held-By", names), Some("held_by"));
        assert_eq!(nearest("hold", names), Some("holds"));
        assert_eq!(nearest("pursues", names), None);
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(nearest("ab", ["ac", "aa"]), Some("aa"));
    }
}
