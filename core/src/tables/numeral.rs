//! Numbers as people write them in tables: with a decimal comma or point, and with thousands set apart.

/// What sets decimals apart in a column, as far as its cells show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Point,
    Comma,
}

/// What a text is as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Numeral {
    /// As programs write it.
    Number(String),
    /// `1.250` or `1,250`: as a whole number, and as one with decimals.
    Either(String, String),
    /// No number.
    Other,
}

/// The decimal mark that texts show: the one that each of those that leave no doubt has.
pub(super) fn mark<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Mark> {
    let mut shown = None;
    for text in texts {
        if let Some((mark, _)) = parts(text).and_then(|parts| parts.certain()) {
            if shown.is_some_and(|shown| shown != mark) {
                return None;
            }
            shown = Some(mark);
        }
    }
    shown
}

/// What a text is in a column with a decimal mark.
pub(super) fn numeral(text: &str, mark: Option<Mark>) -> Numeral {
    let Some(parts) = parts(text) else { return Numeral::Other };
    if let Some((_, number)) = parts.certain() {
        return Numeral::Number(number);
    }
    let Some(found) = parts.mark else { return Numeral::Number(parts.whole()) };
    match mark {
        Some(mark) if mark == found => Numeral::Number(parts.decimal()),
        Some(_) => Numeral::Number(parts.whole()),
        None => Numeral::Either(parts.whole(), parts.decimal()),
    }
}

/// A number in pieces.
struct Parts<'t> {
    sign: &'static str,
    /// Digits before the last mark, in groups where thousands are set apart.
    groups: Vec<&'t str>,
    /// The last mark, where there is one.
    mark: Option<Mark>,
    /// Digits after it.
    decimals: &'t str,
    /// What sets thousands apart, where that is a mark or a space.
    separator: Option<char>,
}

fn parts(text: &str) -> Option<Parts<'_>> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let last = digits.rfind(['.', ',']);
    let (before, mark, decimals) = match last {
        Some(at) => {
            let mark = if digits.get(at..)?.starts_with('.') { Mark::Point } else { Mark::Comma };
            (digits.get(..at)?, Some(mark), digits.get(at + 1..)?)
        }
        None => (digits, None, ""),
    };
    let separator = before.chars().find(|c| !c.is_ascii_digit());
    if separator.is_some_and(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '_'))
    {
        return None;
    }
    let groups: Vec<&str> = match separator {
        Some(separator) => before.split(separator).collect(),
        None => vec![before],
    };
    let are_digits = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (first, rest) = groups.split_first()?;
    let is_sound = groups.iter().all(are_digits)
        && are_digits(&decimals)
        && (rest.is_empty() || (1..=3).contains(&first.len()))
        && rest.iter().all(|group| group.len() == 3)
        && !(before.is_empty() && decimals.is_empty());
    is_sound.then_some(Parts { sign, groups, mark, decimals, separator })
}

impl Parts<'_> {
    /// The number where its marks leave no doubt, with the decimal mark that they show.
    fn certain(&self) -> Option<(Mark, String)> {
        let mark = self.mark?;
        let other = match mark {
            Mark::Point => Mark::Comma,
            Mark::Comma => Mark::Point,
        };
        let sign = match mark {
            Mark::Point => '.',
            Mark::Comma => ',',
        };
        match self.separator {
            // `1.234.567`: one mark several times sets thousands apart.
            Some(separator) if separator == sign => {
                (self.decimals.len() == 3).then(|| (other, self.whole()))
            }
            // `1.234,5` or `1 234,5`
            Some(_) => Some((mark, self.decimal())),
            None => {
                let first = self.groups.first().copied().unwrap_or("");
                let may_be_thousands = self.decimals.len() == 3
                    && matches!(first.len(), 1..=3)
                    && !first.starts_with('0');
                (!may_be_thousands).then(|| (mark, self.decimal()))
            }
        }
    }

    /// With the last mark as one that sets thousands apart.
    fn whole(&self) -> String {
        format!("{}{}{}", self.sign, self.groups.concat(), self.decimals)
    }

    fn decimal(&self) -> String {
        format!("{}{}.{}", self.sign, self.groups.concat(), self.decimals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_they_leave_no_doubt() {
        let read = |text| match numeral(text, None) {
            Numeral::Number(number) => number,
            Numeral::Either(whole, decimal) => format!("{whole} or {decimal}"),
            Numeral::Other => "none".to_owned(),
        };
        let cases = [
            ("12", "12"),
            ("-0,5", "-0.5"),
            ("0,125", "0.125"),
            ("1,25", "1.25"),
            ("1.250", "1250 or 1.250"),
            ("1,250", "1250 or 1.250"),
            ("1.250,5", "1250.5"),
            ("1,250.5", "1250.5"),
            ("1.250.000", "1250000"),
            ("1 250 000", "1250000"),
            ("1 250,75", "1250.75"),
            ("1234,567", "1234.567"),
            ("1.25.000", "none"),
            ("1.2,3.4", "none"),
            ("12 euro", "none"),
            ("", "none"),
            (".", "none"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn other_cells_of_a_column_settle_doubt() {
        let dutch = mark(["1.250", "0,5", "x"].into_iter());
        assert_eq!(dutch, Some(Mark::Comma));
        assert_eq!(numeral("1.250", dutch), Numeral::Number("1250".to_owned()));
        assert_eq!(numeral("1,250", dutch), Numeral::Number("1.250".to_owned()));
        let english = mark(["1.250", "0.5"].into_iter());
        assert_eq!(numeral("1.250", english), Numeral::Number("1.250".to_owned()));
        assert_eq!(mark(["0,5", "0.5"].into_iter()), None);
    }
}
