//! Every rule of every finder does on its own examples what it says. All failing rules are shown at once.

use std::collections::HashMap;

use tifa::find::{FINDERS, RuleInfo};
use tifa::model::Label;

use crate::support::{extract, surfaces};

fn rules() -> impl Iterator<Item = (Label, &'static RuleInfo)> {
    FINDERS.iter().flat_map(|finder| finder.rules.iter().map(|rule| (finder.label, rule)))
}

fn found(text: &str, label: Label) -> Vec<&str> {
    surfaces(text, &extract(text), label)
}

fn report(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn finders_stand_in_the_order_of_the_labels() {
    assert_eq!(FINDERS.map(|finder| finder.label), Label::ALL);
}

#[test]
fn ids_are_unique() {
    let mut labels: HashMap<&str, Vec<&str>> = HashMap::new();
    for (label, rule) in rules() {
        labels.entry(rule.id).or_default().push(label.name());
    }
    let faults: Vec<String> =
        labels.iter().filter(|(_, l)| l.len() > 1).map(|(id, l)| format!("{id}: in {}", l.join(", "))).collect();
    report(&faults);
}

#[test]
fn every_rule_is_explained_and_has_examples() {
    let faults: Vec<String> = rules().flat_map(|(label, rule)| shape_faults(label, rule)).collect();
    report(&faults);
}

fn shape_faults(label: Label, rule: &RuleInfo) -> Vec<String> {
    let prefix = format!("{}.", label.name().to_lowercase());
    let examples = || rule.matches.iter().chain(rule.rejects);
    let faults = [
        (!rule.id.starts_with(&prefix), "the id does not begin with the label"),
        (rule.label != label, "the label is not that of the finder"),
        (rule.explanation.split_whitespace().count() < 5, "no explanation of at least five words"),
        (rule.matches.is_empty(), "no example that matches"),
        (rule.rejects.is_empty(), "no example that is rejected"),
        (examples().any(|(text, surface)| surface.is_empty() || !text.contains(surface)), "a surface not in its text"),
    ];
    faults.iter().filter(|(wrong, _)| *wrong).map(|(_, fault)| format!("{}: {fault}", rule.id)).collect()
}

#[test]
fn every_match_is_found() {
    let missing = |rule: &RuleInfo, (text, surface): (&str, &str)| {
        let found = found(text, rule.label);
        (!found.contains(&surface)).then(|| format!("{}: {text:?}: {surface:?} is not among {found:?}", rule.id))
    };
    let faults: Vec<String> =
        rules().flat_map(|(_, rule)| rule.matches.iter().filter_map(move |&example| missing(rule, example))).collect();
    report(&faults);
}

#[test]
fn every_reject_is_passed_over() {
    let wrong = |rule: &RuleInfo, (text, surface): (&str, &str)| {
        let found = found(text, rule.label);
        found.contains(&surface).then(|| format!("{}: {text:?}: {surface:?} is among {found:?}", rule.id))
    };
    let faults: Vec<String> =
        rules().flat_map(|(_, rule)| rule.rejects.iter().filter_map(move |&example| wrong(rule, example))).collect();
    report(&faults);
}

#[test]
fn every_rule_makes_a_mention_of_its_own_examples() {
    let silent = |rule: &RuleInfo| {
        let made = |text: &str| extract(text).mentions.iter().any(|m| m.rule == rule.id);
        (!rule.matches.iter().any(|(text, _)| made(text))).then(|| format!("{}: no example shows this rule", rule.id))
    };
    let faults: Vec<String> = rules().filter_map(|(_, rule)| silent(rule)).collect();
    report(&faults);
}
