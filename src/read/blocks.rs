//! A page to lines of text: one line for each paragraph, heading, list item or row of a table.

use dom_query::NodeRef;

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 41] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tr",
    "ul",
    "br",
];

/// Elements that show no text of the page.
const UNSEEN: [&str; 15] = [
    "script", "style", "noscript", "template", "head", "title", "svg", "iframe", "object", "canvas", "audio", "video",
    "select", "textarea", "button",
];

/// Elements deeper than this are not shown by any page, and cost the stack of those who walk down to them.
pub(super) const DEEPEST: usize = 500;

/// The lines of the text under a node; blanks in a line are single spaces.
pub(super) fn lines(root: &NodeRef<'_>) -> Vec<String> {
    let mut lines = Lines::default();
    walk(root, |step| match step {
        Step::Text(text) => lines.add(text),
        Step::Enter(name) | Step::Leave(name) if BLOCKS.contains(&name) => lines.end(),
        Step::Leave("td" | "th") => lines.add(" "),
        Step::Enter(_) | Step::Leave(_) => {}
    });
    lines.end();
    lines.done
}

/// How many elements stand in each other under a node, at most.
pub(super) fn depth(root: &NodeRef<'_>) -> usize {
    let (mut depth, mut most) = (0usize, 0);
    walk(root, |step| match step {
        Step::Enter(_) => {
            depth += 1;
            most = most.max(depth);
        }
        Step::Leave(_) => depth = depth.saturating_sub(1),
        Step::Text(_) => {}
    });
    most
}

/// What the walk over a page comes by.
enum Step<'t> {
    Enter(&'t str),
    Leave(&'t str),
    Text(&'t str),
}

/// Walks over what a page shows, without a call for each level.
fn walk(root: &NodeRef<'_>, mut visit: impl FnMut(Step<'_>)) {
    let mut stack = vec![(*root, false)];
    while let Some((node, is_left)) = stack.pop() {
        let Some(name) = node.node_name() else {
            if node.is_text() {
                visit(Step::Text(&node.text()));
            } else {
                stack.extend(node.children_it(true).map(|child| (child, false)));
            }
            continue;
        };
        if is_left {
            visit(Step::Leave(&name));
        } else if !UNSEEN.contains(&name.as_ref()) && !node.has_attr("hidden") {
            visit(Step::Enter(&name));
            stack.push((node, true));
            stack.extend(node.children_it(true).map(|child| (child, false)));
        }
    }
}

/// Lines in the making.
#[derive(Default)]
struct Lines {
    done: Vec<String>,
    line: String,
    /// Whether blanks stand behind the last word.
    has_gap: bool,
}

impl Lines {
    fn add(&mut self, text: &str) {
        for (number, word) in text.split(char::is_whitespace).enumerate() {
            self.has_gap |= number > 0;
            if word.is_empty() {
                continue;
            }
            if self.has_gap && !self.line.is_empty() {
                self.line.push(' ');
            }
            self.has_gap = false;
            self.line.push_str(word);
        }
    }

    fn end(&mut self) {
        self.has_gap = false;
        if !self.line.is_empty() {
            self.done.push(std::mem::take(&mut self.line));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    fn of(html: &str) -> Vec<String> {
        lines(&Document::from(html).root())
    }

    #[test]
    fn each_block_is_a_line() {
        let html = "<title>T</title><body>Lead <b>bold</b>face<p>One\n  two&nbsp;three</p><ul><li>Item<li>Other</ul>
            <table><tr><td>Cell</td><td>next</td></tr></table>a<br>b<script>x</script><!-- c --><p hidden>no</p></body>";
        assert_eq!(of(html), ["Lead boldface", "One two three", "Item", "Other", "Cell next", "a", "b"]);
    }

    #[test]
    fn blanks_around_elements_are_kept_once() {
        assert_eq!(of("<p>the <i> county </i> party<i>.</i></p>"), ["the county party."]);
        assert_eq!(of("<p>\u{3000}\u{3000}会议<b>强调</b></p>"), ["会议强调"]);
    }

    #[test]
    fn depth_is_told_without_going_down() {
        let html = format!("{}x", "<div>".repeat(3000));
        assert!(depth(&Document::from(html).root()) > 3000);
        assert!(depth(&Document::from("<p>x</p>").root()) < 5);
    }
}
