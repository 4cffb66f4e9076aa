//! Names fitted into boxes: there is no font to ask, so widths are those of an average one.

/// Tenths of a pixel that a character takes at 12 pixels.
fn width(c: char) -> i64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 36,
        't' | 'f' | 'r' | ' ' | '-' | '(' | ')' | '/' => 47,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 112,
        c if c.is_ascii_uppercase() => 84,
        c if c.is_ascii() => 73,
        c => match unicode_width::UnicodeWidthChar::width(c) {
            Some(0) | None => 0,
            Some(1) => 78,
            Some(_) => 122,
        },
    }
}

/// How wide a text is at 12 pixels, in pixels.
pub(super) fn width_of(text: &str) -> i64 {
    text.chars().map(width).sum::<i64>() / 10
}

/// The text on at most so many lines of a width in pixels; what doesn't fit ends in an ellipsis.
pub(super) fn lines(text: &str, width: i64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let fits = lines.last().is_some_and(|line| width_of(&format!("{line} {word}")) <= width);
        if fits && let Some(line) = lines.last_mut() {
            *line = format!("{line} {word}");
        } else if lines.len() < most {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            *line = clipped(&format!("{line} {word}"), width, true);
            break;
        }
        let is_last = lines.len() == most;
        if let Some(line) = lines.last_mut()
            && width_of(line) > width
        {
            if is_last {
                *line = clipped(line, width, words.peek().is_some());
                break;
            }
            // A long word goes on in the next line.
            let (head, tail) = broken(line, width);
            *line = head;
            lines.push(tail);
            if let Some(line) = lines.last_mut()
                && width_of(line) > width
            {
                *line = clipped(line, width, true);
                if lines.len() == most {
                    break;
                }
            }
        }
    }
    lines
}

/// As much of the text as fits, with an ellipsis where that isn't all, or more follows.
fn clipped(text: &str, width: i64, more: bool) -> String {
    if !more && width_of(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if width_of(&kept) + width_of(&c.to_string()) + width_of("…") > width {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end_matches([' ', ',', '-']))
}

/// A word in two, the first part with a hyphen.
fn broken(word: &str, width: i64) -> (String, String) {
    let mut head = String::new();
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.peek() {
        if width_of(&head) + width_of(&c.to_string()) + width_of("-") > width {
            break;
        }
        head.push(*c);
        chars.next();
    }
    let tail: String = chars.collect();
    let hyphen = if head.ends_with('-') { "" } else { "-" };
    (format!("{head}{hyphen}"), tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_clipped_where_they_don_t_fit() {
        let fit = |text| lines(text, 130, 2).join(" / ");
        assert_eq!(fit("CO2"), "CO2");
        assert_eq!(fit("De helft van de woningen"), "De helft van de / woningen");
        assert_eq!(
            fit("De helft van de woningen is in 2035 van het aardgas af"),
            "De helft van de / woningen is in 2035…"
        );
        assert_eq!(
            fit("Warmtetransitievisieherijkingsbesluit"),
            "Warmtetransitievisie- / herijkingsbesluit"
        );
        assert_eq!(fit(""), "");
        for text in ["漢字".repeat(40), "i".repeat(400), "W ".repeat(90)] {
            for line in lines(&text, 130, 2) {
                assert!(width_of(&line) <= 130, "{line}");
            }
        }
    }
}
