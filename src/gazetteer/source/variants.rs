//! The small syntax of variants: `a|b`, `(x/y)` for one of several, `[z]` for words that may be absent.

/// Most forms that one variant may stand for.
pub const MOST_FORMS: usize = 1000;

/// Splits a cell at `|` and expands each variant; an error says what is wrong with which variant.
pub fn expand_cell(cell: &str) -> Result<Vec<String>, String> {
    let mut forms = Vec::new();
    for variant in cell.split('|').map(str::trim).filter(|v| !v.is_empty()) {
        forms.extend(expand(variant)?);
    }
    Ok(forms)
}

/// All forms of one variant.
fn expand(variant: &str) -> Result<Vec<String>, String> {
    let mut forms = vec![String::new()];
    let mut rest = variant;
    while let Some(at) = rest.find(['(', '[']) {
        let (plain, group) = rest.split_at(at);
        let close = if group.starts_with('(') { ')' } else { ']' };
        let end = group.find(close).ok_or_else(|| format!("`{variant}`: a bracket is not closed"))?;
        let choices = choices(&group[1..end], close);
        forms = product(&forms, plain, &choices);
        if forms.len() > MOST_FORMS {
            return Err(format!("`{variant}` stands for more than {MOST_FORMS} forms: write it as several variants"));
        }
        rest = &group[end + 1..];
    }
    Ok(forms.into_iter().map(|form| squeeze(&(form + rest))).collect())
}

/// A group without `/` in round brackets is text that has brackets itself ("party (work) committee").
fn choices(inside: &str, close: char) -> Vec<String> {
    match close {
        ']' => std::iter::once(String::new()).chain(inside.split('/').map(String::from)).collect(),
        _ if inside.contains('/') => inside.split('/').map(String::from).collect(),
        _ => vec![format!("({inside})")],
    }
}

fn product(forms: &[String], plain: &str, choices: &[String]) -> Vec<String> {
    forms.iter().flat_map(|form| choices.iter().map(move |choice| format!("{form}{plain}{choice}"))).collect()
}

fn squeeze(form: &str) -> String {
    form.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_and_options_multiply() {
        let forms = expand_cell("(two/2) upholds[ firmly]|x").unwrap();
        assert_eq!(forms, ["two upholds", "two upholds firmly", "2 upholds", "2 upholds firmly", "x"]);
    }

    #[test]
    fn brackets_without_alternatives_are_text() {
        assert_eq!(expand_cell("party (work) committee").unwrap(), ["party (work) committee"]);
    }

    #[test]
    fn an_open_bracket_is_a_fault() {
        assert_eq!(expand_cell("(two/2 upholds").unwrap_err(), "`(two/2 upholds`: a bracket is not closed");
    }

    #[test]
    fn too_many_forms_are_a_fault() {
        let cell = "(a/b/c/d/e/f) (a/b/c/d/e/f) (a/b/c/d/e/f) (a/b/c/d/e/f)";
        assert!(expand_cell(cell).unwrap_err().contains("more than 1000 forms"));
    }
}
