//! The forms that a variant stands for, by the rules in `gazetteers/README.md`.

/// All forms of one variant: `(a/b)` is one of several, `[a/b]` one of them or none, `(a)` is text.
pub fn forms(variant: &str) -> Result<Vec<String>, String> {
    let squeezed = |form: String| form.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(spaced(variant)?.into_iter().map(squeezed).collect())
}

/// The forms with the spaces that are left over.
fn spaced(variant: &str) -> Result<Vec<String>, String> {
    let Some(open) = variant.find(['(', '[']) else { return Ok(vec![variant.to_owned()]) };
    let close = if variant[open..].starts_with('(') { ')' } else { ']' };
    let end = variant[open..].find(close).ok_or("a bracket is not closed")? + open;
    let (before, inside, behind) = (&variant[..open], &variant[open + 1..end], &variant[end + 1..]);
    if inside.contains(['(', '[']) {
        return Err("brackets nest".to_owned());
    }
    let choices = choices(inside, close == ']');
    let rest = spaced(behind)?;
    Ok(choices.iter().flat_map(|choice| rest.iter().map(move |rest| format!("{before}{choice}{rest}"))).collect())
}

fn choices(inside: &str, optional: bool) -> Vec<String> {
    let mut choices: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if optional {
        choices.push(String::new());
    } else if choices.len() == 1 {
        choices = vec![format!("({inside})")];
    }
    choices
}

#[test]
fn forms_follow_the_readme() {
    let all = |variant| forms(variant).unwrap();
    assert_eq!(all("(two/2) upholds"), ["two upholds", "2 upholds"]);
    assert_eq!(all("point out[ that]"), ["point out that", "point out"]);
    assert_eq!(
        all("carried out [a/the] survey"),
        ["carried out a survey", "carried out the survey", "carried out survey"]
    );
    assert_eq!(all("party (work) committee"), ["party (work) committee"]);
    assert_eq!(all("(a/b)[ c] d"), ["a c d", "a d", "b c d", "b d"]);
    assert_eq!(forms("(two/2 upholds").unwrap_err(), "a bracket is not closed");
    assert_eq!(forms("((two/2) upholds)").unwrap_err(), "brackets nest");
}
