//! What a page of the web says about itself: headline, day, outlet and address, from OpenGraph, JSON-LD and meta tags.

use dom_query::Document;
use serde_json::Value;

use super::metadata;

/// Names of meta tags, for each field the likelier first.
const TAGS: &str = include_str!("meta.csv");

/// What a page says about itself; empty where it says nothing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct About {
    pub(super) title: String,
    /// As it is written.
    pub(super) date: String,
    pub(super) outlet: String,
    pub(super) url: String,
}

/// Reads what the page says about itself; tags go before JSON-LD, but for the day, which is better there.
pub(super) fn about(page: &Document) -> About {
    let tags = tags(page);
    let tag = |field: &str| {
        let names = TAGS.lines().filter_map(|line| line.split_once(',')).filter(|(of, _)| *of == field);
        let value = |(_, name): (&str, &str)| tags.iter().find(|(tag, _)| tag == name).map(|(_, value)| value.clone());
        names.filter_map(value).find(|value| is_fit(field, value)).unwrap_or_default()
    };
    let linked = linked(page);
    let canonical = page.select_single("link[rel=canonical]").attr("href").map(|href| href.to_string());
    About {
        title: first([tag("title"), linked.title, heading(page)]),
        date: first([linked.date, tag("date")]),
        outlet: first([tag("outlet"), linked.outlet]),
        url: first([canonical.filter(|url| is_address(url)).unwrap_or_default(), tag("url"), linked.url]),
    }
}

fn first<const N: usize>(values: [String; N]) -> String {
    values.into_iter().find(|value| !value.is_empty()).unwrap_or_default()
}

/// Whether a value can be what its tag promises: a day is one, an outlet is no address.
fn is_fit(field: &str, value: &str) -> bool {
    match field {
        "date" => metadata::date(value).is_some(),
        "outlet" => !is_address(value),
        "url" => is_address(value),
        _ => true,
    }
}

fn is_address(value: &str) -> bool {
    value.starts_with("http://") || value.starts_with("https://")
}

/// The meta tags: name in small letters, and content.
fn tags(page: &Document) -> Vec<(String, String)> {
    let mut tags = Vec::new();
    for node in page.select("meta[content]").nodes() {
        let name = ["property", "name", "itemprop"].into_iter().find_map(|attribute| node.attr(attribute));
        let content = node.attr("content").map(|content| content.trim().to_owned()).filter(|c| !c.is_empty());
        if let (Some(name), Some(content)) = (name, content) {
            tags.push((name.trim().to_lowercase(), content));
        }
    }
    tags
}

/// The only heading of the first order.
fn heading(page: &Document) -> String {
    match page.select("h1").nodes() {
        [one] => one.text().split_whitespace().collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}

/// What JSON-LD says about the article.
fn linked(page: &Document) -> About {
    let scripts = page.select("script[type='application/ld+json']");
    let parsed = scripts.nodes().iter().filter_map(|script| serde_json::from_str::<Value>(&script.text()).ok());
    let parsed: Vec<Value> = parsed.collect();
    let article = parsed.iter().flat_map(things).find(|thing| is_article(thing));
    article.map(of_article).unwrap_or_default()
}

/// The things of a JSON-LD value: itself, those of an array, and those of its graph.
fn things(value: &Value) -> Vec<&Value> {
    let all: Vec<&Value> = value.as_array().map_or_else(|| vec![value], |values| values.iter().collect());
    let graph = |thing: &'_ &Value| thing.get("@graph").is_some_and(Value::is_array);
    let (graphs, mut things): (Vec<&Value>, Vec<&Value>) = all.into_iter().partition(graph);
    things.extend(graphs.iter().filter_map(|graph| graph.get("@graph")?.as_array()).flatten());
    things
}

fn is_article(thing: &Value) -> bool {
    thing.get("headline").is_some() || thing.get("datePublished").is_some()
}

fn of_article(article: &Value) -> About {
    let page = article.get("mainEntityOfPage");
    let url = [article.get("url"), page, page.and_then(|page| page.get("@id"))];
    About {
        title: text(article.get("headline")),
        date: text(article.get("datePublished")),
        outlet: name(article.get("publisher")),
        url: url.into_iter().map(text).find(|url| is_address(url)).unwrap_or_default(),
    }
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}

/// The name of a thing, which may be written as its name alone, or be the first of several.
fn name(value: Option<&Value>) -> String {
    match value {
        Some(Value::Array(several)) => several.first().map(|one| first([text(Some(one)), text(one.get("name"))])),
        Some(one) => Some(first([text(Some(one)), text(one.get("name"))])),
        None => None,
    }
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> [String; 4] {
        let about = about(&Document::from(html));
        [about.title, about.date, about.outlet, about.url]
    }

    #[test]
    fn tags_are_read() {
        let html = r#"<meta property="og:title" content="Head"><meta name="PubDate" content="2022-05-30 08:00">
            <meta name="publisher" content="https://x.example/"><meta name="ContentSource" content="Elm Daily">
            <link rel="canonical" href="https://x.example/1"><meta property="og:url" content="https://x.example/2">"#;
        assert_eq!(of(html), ["Head", "2022-05-30 08:00", "Elm Daily", "https://x.example/1"]);
    }

    #[test]
    fn linked_data_are_read_alone_in_arrays_and_in_graphs() {
        let article = r#"{"@type": "NewsArticle", "headline": "Head", "datePublished": "2022-05-30",
            "publisher": {"name": "Elm Daily"}, "mainEntityOfPage": {"@id": "https://x.example/1"}}"#;
        let graph = format!(r#"{{"@graph": [{{"@type": "WebSite", "name": "No"}}, {article}]}}"#);
        for data in [article.to_owned(), format!("[{article}]"), graph, format!("[[], {article}]")] {
            let html = format!("<script type='application/ld+json'>{data}</script>");
            assert_eq!(of(&html), ["Head", "2022-05-30", "Elm Daily", "https://x.example/1"], "{data}");
        }
        let names = |publisher: &str| name(Some(&serde_json::from_str(publisher).unwrap()));
        assert_eq!([names(r#""Elm""#), names(r#"[{"name": "Oak"}]"#), names("7")], ["Elm", "Oak", ""]);
    }

    #[test]
    fn a_single_heading_is_the_title_and_nothing_is_made_up() {
        assert_eq!(of("<h1> The\n county </h1>"), ["The county", "", "", ""]);
        assert_eq!(of("<h1>a</h1><h1>b</h1><meta name=date content='long ago'>"), ["", "", "", ""]);
        assert_eq!(of("<script type='application/ld+json'>{bad</script><p>x"), ["", "", "", ""]);
    }

    #[test]
    fn the_list_of_tags_is_sound() {
        for line in TAGS.lines().skip(1) {
            let (field, name) = line.split_once(',').unwrap();
            assert!(["title", "date", "outlet", "url"].contains(&field), "{line}");
            assert_eq!(name, name.trim().to_lowercase());
        }
    }
}
