//! Broken texts through the library: each is refused with a code that says why, on a stack of 1 MiB, which is
//! what WebAssembly has.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::thread;

use spelregel::{Code, Diagnostics, Limits, Metamodel, Model, Pack, RuleSet, Settings, Source};

/// How deep, long or many.
const MANY: usize = 100_000;
const STACK: usize = 1 << 20;

fn on_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    thread::Builder::new().stack_size(STACK).spawn(run).unwrap().join().unwrap()
}

fn codes(problems: &Diagnostics) -> Vec<Code> {
    // Printing must not fail either.
    assert!(!problems.to_string().is_empty());
    assert!(!problems.to_json().is_empty());
    problems.iter().map(|problem| problem.code).collect()
}

/// What each kind of document says of a text.
fn refusals(text: String) -> [Vec<Code>; 4] {
    on_a_small_stack(move || {
        let source = || Source::new("broken.yaml", text.as_str());
        let metamodel = Metamodel::standard();
        let model = Model::load(&metamodel, [source()]).unwrap_err();
        let pack = Pack::load(source()).unwrap_err();
        let settings = Settings::load(source()).unwrap_err();
        let own = Metamodel::own(&source(), &Limits::default()).unwrap_err();
        [model, pack, settings, own].map(|problems| codes(&problems))
    })
}

fn aliases_of_aliases() -> String {
    let levels = (1..12).map(|level| {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        format!("a{level}: &a{level} [{aliases}]\n")
    });
    format!("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{}", levels.collect::<String>())
}

#[test]
fn texts_that_ask_too_much_of_any_document() {
    let texts = [
        ("lists", format!("a: {}{}", "[".repeat(MANY), "]".repeat(MANY))),
        ("lists without an end", format!("a: {}", "[".repeat(MANY))),
        ("mappings", format!("{}1{}", "{a: ".repeat(MANY), "}".repeat(MANY))),
        ("JSON", format!("{}1{}", "{\"a\":".repeat(MANY), "}".repeat(MANY))),
        ("entries of lists", format!("{}x", "- ".repeat(MANY))),
        ("keys of keys", format!("{}x", "? ".repeat(MANY))),
        ("aliases", aliases_of_aliases()),
        ("a text", format!("a: \"{}\"", "x".repeat(10_000_000))),
        ("a name of a field", format!("{}: a", "x".repeat(10_000_000))),
    ];
    for (what, text) in texts {
        for found in refusals(text) {
            assert_eq!(found, [Code::OverLimit], "{what}");
        }
    }
}

#[test]
fn texts_that_are_no_document() {
    for text in ["", "\n\n", "# nothing\n"] {
        let [model, pack, settings, metamodel] = refusals(text.to_owned());
        assert_eq!(model, [Code::WrongDocument], "{text:?}");
        for found in [pack, settings, metamodel] {
            assert!(!found.is_empty(), "{text:?}");
        }
    }
    for bytes in
        [&b"goals: [{id: caf\xe9}]"[..], &[0xff, 0xfe, b'a', 0], &[0xc0, 0x80], &[0xed, 0xa0, 0x80]]
    {
        assert_eq!(codes(&Source::from_bytes("m.yaml", bytes).unwrap_err()), [Code::NotUtf8]);
    }
}

#[test]
fn ids_that_are_none() {
    for id in ["een doel", "🎯", "\"\"", "-a", "\"a\\u0007\"", "a/b", &"x".repeat(129)] {
        let source = Source::new("m.yaml", format!("goals: [{{id: {id}}}]"));
        let problems = Model::load(&Metamodel::standard(), [source]).unwrap_err();
        assert_eq!(codes(&problems), [Code::InvalidId], "{id}");
    }
}

/// What is said of a rule with the condition and the definitions before it.
fn refused(require: &str, definitions: &str) -> Vec<Code> {
    let text = format!(
        "pack: p\nversion: 1.0.0\ntitle: {{en: T}}\n{definitions}rules:\n  - id: r\n    title: {{en: T}}\n    \
         each: Goal\n    severity: error\n    message: {{en: M}}\n    require: {}\n",
        serde_json::Value::from(require)
    );
    on_a_small_stack(move || {
        let compiled = Pack::load(Source::new("p.yaml", text)).and_then(|pack| {
            RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())
        });
        codes(&compiled.err().unwrap_or_else(|| panic!("it was accepted")))
    })
}

#[test]
fn expressions_that_nest_too_deep() {
    // More than fit into an expression at all, and fewer.
    for times in [MANY, 1_000, 100] {
        let nested = |open: &str, inside: &str, close: &str| {
            format!("{}{inside}{}", open.repeat(times), close.repeat(times))
        };
        let texts = [
            nested("(", "true", ")"),
            nested("(", "", ""),
            nested("!", "true", ""),
            nested("[", "1", "]") + " == []",
            nested("true ? (", "true", ") : true"),
            nested("self.refines.exists(g, ", "true", ")"),
            nested("size(\"a\" + string(", "1", "))") + " == 1",
        ];
        for text in texts {
            let found = refused(&text, "");
            let start: String = text.chars().take(12).collect();
            assert_eq!(found.first(), Some(&Code::OverLimit), "{times} times {start}");
        }
    }
}

#[test]
fn what_leads_back_to_itself() {
    let circle = "define: {Goal.a: self.b, Goal.b: self.c, Goal.c: self.a}\n";
    assert_eq!(refused("self.a", circle), [Code::DefinitionCircle]);
    let of_paths = "paths: {Goal.a: b/refines, Goal.b: a}\n";
    assert_eq!(refused("self.a.size() == 0", of_paths), [Code::DefinitionCircle]);
    let deep = format!("paths: {{Goal.a: \"{}refines{}\"}}\n", "(".repeat(MANY), ")".repeat(MANY));
    assert_eq!(refused("self.a.size() == 0", &deep), [Code::OverLimit]);
}
