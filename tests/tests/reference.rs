//! The reference pages of the shipped rules: complete, and without a broken link.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use spelregel::Language;
use spelregel_tests::example;

type Site = BTreeMap<String, String>;

fn site() -> Result<Site> {
    let pages = example::shipped_rules()?.reference();
    let count = pages.len();
    let site: Site = pages.into_iter().map(|page| (page.path, page.html)).collect();
    anyhow::ensure!(site.len() == count, "two pages in one place");
    Ok(site)
}

/// What stands between `before` and the next quote.
fn attributes<'a>(html: &'a str, before: &str) -> Vec<&'a str> {
    html.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The page that a link leads to, and the place in it.
fn target(from: &str, link: &str) -> (String, Option<String>) {
    let (file, place) = match link.split_once('#') {
        Some((file, place)) => (file, Some(place.to_owned())),
        None => (link, None),
    };
    if file.is_empty() {
        return (from.to_owned(), place);
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in file.split('/') {
        match step {
            ".." => drop(folders.pop()),
            step => folders.push(step),
        }
    }
    (folders.join("/"), place)
}

fn broken(site: &Site) -> Vec<String> {
    let mut broken = Vec::new();
    let ids = |html| attributes(html, " id=\"").into_iter().collect();
    let ids: BTreeMap<&String, BTreeSet<&str>> =
        site.iter().map(|(path, html)| (path, ids(html))).collect();
    for (path, html) in site {
        for link in attributes(html, " href=\"") {
            let (page, place) = target(path, link);
            let found = ids
                .get(&page)
                .is_some_and(|ids| place.as_ref().is_none_or(|place| ids.contains(place.as_str())));
            if !found {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    broken
}

#[test]
fn every_link_leads_somewhere() {
    let mut site = site().unwrap();
    assert_eq!(broken(&site), [""; 0]);
    let links: usize = site.values().map(|html| attributes(html, " href=\"").len()).sum();
    assert!(links > site.len(), "{links}");
    // The check itself must be able to fail.
    site.remove("en/slim-invoeren/commissioner-from-mt.html");
    assert!(broken(&site).len() >= 2);
}

#[test]
fn every_rule_has_a_page_in_every_language_that_the_index_lists() {
    let (rules, site) = (example::shipped_rules().unwrap(), site().unwrap());
    for language in Language::ALL {
        let code = language.code();
        let index = &site[&format!("{code}/index.html")];
        for rule in rules.rules() {
            let file = format!("{}/{}.html", rule.pack().id(), rule.id());
            assert!(index.contains(&format!("href=\"{file}\"")), "{code} {file}");
            let page = &site[&format!("{code}/{file}")];
            assert!(page.contains(&format!("<html lang=\"{code}\">")), "{file}");
            let heading = |text: &str| page.contains(&format!("<h2>{text}</h2>"));
            let headings = match language {
                Language::En => {
                    ["In words", "Condition", "An example that passes", "An example that fails"]
                }
                Language::Nl => [
                    "In woorden",
                    "Voorwaarde",
                    "Een voorbeeld dat voldoet",
                    "Een voorbeeld dat niet voldoet",
                ],
            };
            for text in headings {
                assert!(heading(text), "{code} {file}: {text}");
            }
            let says = ["What the rule says of it:", "Wat de regel ervan zegt:"];
            assert!(says.iter().any(|text| page.contains(text)), "{code} {file}");
        }
    }
}

#[test]
fn pages_load_nothing() {
    for (path, html) in &site().unwrap() {
        for loads in [" src=", "<link", "@import", "url(", "http:", "https:"] {
            assert!(!html.contains(loads), "{path}: {loads}");
        }
    }
}
