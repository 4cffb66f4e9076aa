//! Lines of fences.

/// Lines, those that start with a space joined to the one before; empty ones left out.
pub fn joined(body: &[String]) -> impl Iterator<Item = String> {
    let mut lines: Vec<String> = Vec::new();
    for line in body.iter().filter(|line| !line.trim().is_empty()) {
        match lines.last_mut() {
            Some(last) if line.starts_with(' ') => {
                last.push('\n');
                last.push_str(line);
            }
            _ => lines.push(line.clone()),
        }
    }
    lines.into_iter()
}

/// An expression, and what is expected of it.
pub fn expression(line: &str) -> (&str, &str) {
    let (expression, value) = line.rsplit_once("=>").unwrap_or((line, ""));
    (expression.trim(), value.trim())
}

/// What goes and comes between two texts, line by line; what stays is shown where it is near.
pub fn difference(expected: &[String], found: &[String]) -> String {
    // The longest common subsequence, from the end.
    let (rows, columns) = (expected.len(), found.len());
    let mut longest = vec![vec![0_usize; columns + 1]; rows + 1];
    let at = |table: &[Vec<usize>], row: usize, column: usize| {
        table.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0)
    };
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let length = if expected.get(row) == found.get(column) {
                at(&longest, row + 1, column + 1) + 1
            } else {
                at(&longest, row + 1, column).max(at(&longest, row, column + 1))
            };
            if let Some(cell) = longest.get_mut(row).and_then(|row| row.get_mut(column)) {
                *cell = length;
            }
        }
    }
    let (mut row, mut column, mut out) = (0, 0, String::new());
    while row < rows || column < columns {
        let (left, right) = (expected.get(row), found.get(column));
        let (mark, line) = match (left, right) {
            (Some(a), Some(b)) if a == b => {
                row += 1;
                column += 1;
                (' ', a)
            }
            (Some(a), _)
                if column == columns
                    || at(&longest, row + 1, column) >= at(&longest, row, column + 1) =>
            {
                row += 1;
                ('-', a)
            }
            (_, Some(b)) => {
                column += 1;
                ('+', b)
            }
            (Some(a), None) => {
                row += 1;
                ('-', a)
            }
            (None, None) => break,
        };
        out.push_str(&format!("    {mark} {line}\n"));
    }
    out
}
