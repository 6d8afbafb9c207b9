//! Pages of the web: the article without navigation and scripts, and what the page says about itself.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use regex::bytes::Regex;

use super::blocks::{self, DEEPEST};
use super::document::Draft;
use super::metadata;
use super::page::{self, About};
use super::records::notes;
use super::text::{self, Decoded};

/// Bytes in which a page declares its encoding.
const HEAD: usize = 4096;

/// Least characters of an article; with fewer, more of the page is taken for it. Reports in Chinese are short.
const LEAST: usize = 100;

static CHARSET: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:-]{2,30})"#).ok());

/// The document of a page; `declared` is the encoding by the server, `url` where it was fetched.
pub(super) fn draft(bytes: Vec<u8>, declared: Option<&str>, url: &str) -> Draft {
    let named = charset(&bytes);
    let Decoded { text, note } = text::decode(bytes, declared.or(named.as_deref()));
    let page = Document::from(text);
    let mut about = page::about(&page);
    let (mut title, lines) = article(page);
    if about.title.is_empty() {
        about.title = std::mem::take(&mut title);
    }
    about.title = without_outlet(&about.title, &about.outlet);
    if !url.is_empty() {
        about.url = url.to_owned();
    }
    finished(about, &lines, notes(note))
}

/// The encoding that the page declares in its head.
fn charset(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let found = LazyLock::force(&CHARSET).as_ref()?.captures(head)?;
    found.get(1).map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned())
}

/// Title and lines of the article; all visible lines of the page where no article is found in it.
fn article(page: Document) -> (String, Vec<String>) {
    let all = page.body().map(|body| blocks::lines(&body)).unwrap_or_default();
    if blocks::depth(&page.root()) > DEEPEST {
        return (String::new(), all);
    }
    match catch_unwind(AssertUnwindSafe(|| readable(page))) {
        Ok(Some((title, lines))) if !lines.is_empty() => (title, lines),
        _ => (String::new(), all),
    }
}

fn readable(page: Document) -> Option<(String, Vec<String>)> {
    let config = Config { char_threshold: LEAST, disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(page, None, Some(config)).ok()?.parse().ok()?;
    let content = Document::from(article.content);
    Some((article.title, blocks::lines(&content.root())))
}

/// The headline without the name of the outlet behind it, as in `Headline - Outlet`.
fn without_outlet(title: &str, outlet: &str) -> String {
    let stem = Some(outlet).filter(|outlet| !outlet.is_empty()).and_then(|outlet| title.strip_suffix(outlet));
    let marks = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '|' | '\u{2013}' | '\u{2014}' | '\u{b7}');
    let bare = stem.filter(|stem| stem.ends_with(marks)).map(|stem| stem.trim_end_matches(marks));
    bare.filter(|bare| !bare.is_empty()).unwrap_or(title).to_owned()
}

fn finished(about: About, lines: &[String], mut notes: Vec<String>) -> Draft {
    let mut draft = Draft::default();
    let has_title = lines.first().is_some_and(|line| line.starts_with(&about.title));
    let title = Some(&about.title).filter(|_| !has_title && !lines.is_empty());
    draft.text = title.into_iter().chain(lines).map(String::as_str).collect::<Vec<_>>().join("\n");
    match metadata::date(&about.date) {
        Some(day) => draft.metadata.published = day,
        None if about.date.is_empty() => {}
        None => notes.push(metadata::date_note(&about.date)),
    }
    (draft.metadata.title, draft.metadata.outlet, draft.metadata.url) = (about.title, about.outlet, about.url);
    draft.notes = notes;
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An invented page: names and places are made up.
    const PAGE: &str = r##"<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Linhe County holds an economic work conference - Elm Daily</title>
<meta property="og:site_name" content="Elm Daily"><meta name="pubdate" content="2022-05-30"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<div id="content" class="article"><h1>Linhe County holds an economic work conference</h1>
<p>On May 30, Linhe County held an economic work conference, which summed up the work of the year.</p>
<p>Qu Hongbo, secretary of the county party committee, presided over the conference and delivered a speech.</p>
<ul><li>He stressed that it is necessary to seek progress while maintaining stability in all the work of the county.</li></ul>
<script>var x = "script";</script><!-- comment --></div>
<footer>Copyright Elm Daily. <a href="/about">About</a></footer></body></html>"##;

    const LINES: &str = "Linhe County holds an economic work conference
On May 30, Linhe County held an economic work conference, which summed up the work of the year.
Qu Hongbo, secretary of the county party committee, presided over the conference and delivered a speech.
He stressed that it is necessary to seek progress while maintaining stability in all the work of the county.";

    fn of(html: &str) -> Draft {
        draft(html.as_bytes().to_vec(), None, "")
    }

    #[test]
    fn the_article_is_read_with_its_headline_first() {
        let draft = of(PAGE);
        assert_eq!(draft.text, LINES);
        let metadata = draft.metadata;
        assert_eq!(metadata.title, "Linhe County holds an economic work conference");
        assert_eq!([metadata.outlet, metadata.published], ["Elm Daily", "2022-05-30"]);
    }

    #[test]
    fn a_page_without_an_article_gives_what_it_shows() {
        assert_eq!(of("<body><p>Short.</p><script>x</script>").text, "Short.");
        assert_eq!(of("<body><script>x</script>").text, "");
        let deep = format!("<body>{}The county</body>", "<div>".repeat(20_000));
        assert_eq!(of(&deep).text, "The county");
    }

    #[test]
    fn the_charset_of_the_page_or_the_server_counts() {
        let page = PAGE.replace("utf-8", "gb2312").replace("Linhe County held", "林河县 held");
        let (bytes, _, _) = encoding_rs::GBK.encode(&page);
        let read = draft(bytes.clone().into_owned(), None, "http://x.example/1");
        assert!(read.text.contains("林河县 held"), "{}", read.text);
        assert_eq!(
            (read.notes, read.metadata.url.as_str()),
            (vec!["read as GB18030".to_owned()], "http://x.example/1")
        );
        let other = draft(bytes.into_owned(), Some("windows-1252"), "");
        assert_eq!(other.notes, ["read as Windows-1252"]);
    }

    #[test]
    fn the_outlet_is_no_part_of_the_headline() {
        assert_eq!(without_outlet("A - B_Elm", "Elm"), "A - B");
        assert_eq!(without_outlet("The Elm", "Oak"), "The Elm");
        assert_eq!(without_outlet("Elm", "Elm"), "Elm");
        assert_eq!(without_outlet("WhyElm", "Elm"), "WhyElm");
    }
}
