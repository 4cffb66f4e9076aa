use std::fmt::Write as _;

use super::{MOST_PROBLEMS, parse};
use crate::cel::ast::{Ast, ExprKind};
use crate::cel::dump::dump;
use crate::diagnostic::Code;
use crate::limits::Limits;
use crate::source::Source;

fn tree(text: &str) -> String {
    let (ast, problems) = parse(text, &Limits::default());
    assert_eq!(problems, [], "{text}");
    dump(&ast)
}

/// Each problem as the marked text, the message and the helps; then the tree.
fn problems(text: &str) -> String {
    let (ast, problems) = parse(text, &Limits::default());
    let source = Source::new("expression", text);
    let mut out = String::new();
    for problem in problems {
        let marked = source.slice(problem.span);
        writeln!(out, "[{marked}] {}: {}", problem.code.as_str(), problem.message).unwrap();
        for help in problem.helps {
            write!(out, "  help: {}", help.text).unwrap();
            if let Some((span, with)) = help.replacement {
                write!(out, " [{} -> {with}]", source.slice(span)).unwrap();
            }
            out += "\n";
        }
    }
    out + &dump(&ast)
}

/// The marked text of every node, in the order of the arena.
fn spans(ast: &Ast, text: &str) -> Vec<String> {
    let source = Source::new("expression", text);
    ast.exprs.iter().map(|expr| source.slice(expr.span).to_owned()).collect()
}

#[test]
fn literals() {
    assert_eq!(tree("0x1F"), "31");
    assert_eq!(tree("-9223372036854775808"), "-9223372036854775808");
    assert_eq!(tree("- 5"), "-5");
    assert_eq!(tree("--5"), "(neg -5)");
    assert_eq!(tree("[1.5, .5, 1e3, -2.5E-1, 1]"), "(list 1.5 0.5 1000.0 -0.25 1)");
    assert_eq!(tree("-0x8000000000000000"), "-9223372036854775808");
    assert_eq!(tree("true"), "true");
}

#[test]
fn strings() {
    assert_eq!(tree(r#""it's" + 'say "x"'"#), r#"(+ "it's" "say \"x\"")"#);
    assert_eq!(tree(r"'\a\b\f\n\r\t\v\\\?\'\`'"), r#""\u{7}\u{8}\u{c}\n\r\t\u{b}\\?'`""#);
    assert_eq!(tree(r"'\x41\u00e9\U0001F600\101'"), r#""Aé😀A""#);
    assert_eq!(tree(r"r'\d+' + R'''a'b\'''"), r#"(+ "\\d+" "a'b\\")"#);
    assert_eq!(tree("'''two\nlines''' + \"\"\"a\"\"b\"\"\""), r#"(+ "two\nlines" "a\"\"b")"#);
    assert_eq!(tree("'' + \"\" + '''''' + \"\"\"\"\"\""), r#"(+ (+ (+ "" "") "") "")"#);
}

#[test]
fn operators_bind_as_cel_says() {
    assert_eq!(tree("a + b * c - d"), "(- (+ a (* b c)) d)");
    assert_eq!(tree("!a.b && -c[0] < 1 || d"), "(|| (&& (! (. b a)) (< (neg (index c 0)) 1)) d)");
    assert_eq!(tree("a == b in c"), "(in (== a b) c)");
    assert_eq!(tree("a ? b : c ? d : e"), "(?: a b (?: c d e))");
    assert_eq!(tree("(a ? b : c) ? d : e"), "(?: (?: a b c) d e)");
    assert_eq!(tree("-1.f() + -x.f()"), "(+ (method f -1) (neg (method f x)))");
    assert_eq!(tree("a < b // why\n && c"), "(&& (< a b) c)");
}

#[test]
fn members() {
    assert_eq!(
        tree("self.has_role.filter(r, r.role_type == t).held_by"),
        "(. held_by (method filter (. has_role self) r (== (. role_type r) t)))"
    );
    assert_eq!(tree("x.?f.orValue([1, 2,])"), "(method orValue (.? f x) (list 1 2))");
    assert_eq!(tree("a.`b-c`.package.if()"), "(method if (. package (. b-c a)))");
    assert_eq!(tree("f(.x, .g())"), "(call f .x (call g))");
    assert_eq!(tree("math.abs(-1)"), "(method abs math -1)");
}

#[test]
fn chains_become_balanced_trees_in_order() {
    assert_eq!(tree("a && b && c"), "(&& (&& a b) c)");
    assert_eq!(tree("a || b || c || d || e"), "(|| (|| (|| a b) c) (|| d e))");
    let long = vec!["a == 1"; 2000].join(" && ");
    assert!(parse(&long, &Limits::default()).1.is_empty());
}

#[test]
fn spans_cover_what_was_written() {
    let text = "(a + b) * c && x.all(y, y.z) && d";
    let (ast, _) = parse(text, &Limits::default());
    insta::assert_debug_snapshot!(spans(&ast, text), @r#"
    [
        "a",
        "b",
        "a + b",
        "c",
        "(a + b) * c",
        "x",
        "y",
        "y",
        "y.z",
        "x.all(y, y.z)",
        "d",
        "(a + b) * c && x.all(y, y.z)",
        "(a + b) * c && x.all(y, y.z) && d",
    ]
    "#);
}

#[test]
fn habits_from_other_languages() {
    let texts = [
        "a = b",
        "a === b and c <> d",
        "not a or NOT (b)",
        "a not in b && c !in d",
        "a & b | c",
        "a ≥ b && c ≠ d",
        "a is Person && b contains 'x'",
        "x?.f == 1",
        "x ?? 3",
        "a ** 2",
        "“nl” == ’en’",
        "if a then b else c",
        "today - 180d > start",
        "a # why",
        "a; b",
        "a\u{a0}== b",
        "naïef == 1",
    ];
    let all: Vec<_> = texts.iter().map(|text| format!("{text}\n{}\n", problems(text))).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn left_out_of_the_language() {
    let texts = [
        "1u + x",
        "b'abc' == x",
        "x == null",
        "{'a': 1u, 'b': {'c': null}}['a']",
        "{}",
        "google.rpc.Status{code: 1u, ?message: 'x'}.code",
        "a[?0].orValue(1)",
        "[1, ?x]",
    ];
    let all: Vec<_> = texts.iter().map(|text| format!("{text}\n{}\n", problems(text))).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn unreadable() {
    let texts = [
        "",
        "  ",
        "a &&",
        "a && || b",
        "a b && c d",
        "(a + b",
        "f(a, [b, c)",
        "f(a b, c, )",
        "(a, b)",
        "a)",
        "a ? b",
        "a ? b ? c : d : e",
        "x.",
        "x.in",
        "x.`in`.``",
        "x.`a",
        ".5.a",
        ". ",
        "'abc",
        "'abc\n' == x",
        "'''abc",
        r"'a\sb' + '\ud83d' + '\x4' + '\08'",
        "9223372036854775808",
        "-9223372036854775809",
        "-(9223372036854775808)",
        "1e400",
        "0x",
        "12abc",
        "a $ b",
        "for + let",
        "x.?f()",
        "x.`f`()",
        "a ]] b",
        "{a: b",
        "{a b}",
        "f(a ? b, c)",
    ];
    let all: Vec<_> = texts.iter().map(|text| format!("{text}\n{}\n", problems(text))).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn depth_is_bounded_however_it_comes_about() {
    let limits = Limits { expression_bytes: 1 << 20, ..Limits::default() };
    let n = 100_000;
    let texts = [
        "(".repeat(n),
        format!("{}a{}", "(".repeat(n), ")".repeat(n)),
        format!("{}a", "[".repeat(n)),
        format!("{}a", "f(".repeat(n)),
        format!("{}a", "a[".repeat(n)),
        format!("{}a", "!".repeat(n)),
        format!("{}a", "-".repeat(n)),
        format!("a{}", ".b".repeat(n)),
        format!("a{}", "[0]".repeat(n)),
        format!("a{}", ".f()".repeat(n)),
        format!("a{}", " + a".repeat(n)),
        format!("{}a", "a ? b : ".repeat(n)),
        "{a:".repeat(n),
        "{".repeat(n),
        "A{a:".repeat(n),
    ];
    for text in texts {
        let (ast, problems) = parse(&text, &limits);
        let codes = problems.iter().map(|problem| problem.code);
        // Map literals are reported besides: the language has none.
        let codes: Vec<_> = codes.filter(|code| *code != Code::Unsupported).collect();
        assert_eq!(codes, [Code::OverLimit], "{}", text.chars().take(10).collect::<String>());
        assert!(deepest(&ast) <= limits.expression_depth);
    }
}

fn deepest(ast: &Ast) -> usize {
    let mut depths = vec![];
    for (expr, node) in ast.exprs.enumerate() {
        let below = node.kind.children().into_iter().map(|child| {
            assert!(child < expr, "children stand before their parents");
            depths[crate::index::Index::to_usize(child)]
        });
        depths.push(below.max().unwrap_or(0) + 1);
    }
    depths.into_iter().max().unwrap()
}

#[test]
fn the_limit_itself_is_within() {
    let limits = Limits { expression_depth: 4, ..Limits::default() };
    let codes = |text: &str| parse(text, &limits).1.len();
    assert_eq!(codes("!!!a"), 0);
    assert_eq!(codes("!!!!a"), 1);
    assert_eq!(codes("(((a)))"), 0);
    assert_eq!(codes("((((a))))"), 1);
}

#[test]
fn the_deepest_expression_fits_a_small_stack() {
    let depth = Limits::default().expression_depth - 1;
    let texts = [
        format!("{}a{}", "[f(-(b+".repeat(depth / 4), "))]".repeat(depth / 4)),
        format!("{}a{}", "(".repeat(depth), ")".repeat(depth)),
        format!("{}a{}", "x || x && x + x == x * (".repeat(depth / 5), ")".repeat(depth / 5)),
    ];
    let run = move || {
        for text in texts {
            let (ast, problems) = parse(&text, &Limits::default());
            assert_eq!(problems, []);
            let again = parse(&crate::cel::print(&ast), &Limits::default()).0;
            assert_eq!(dump(&again), dump(&ast));
        }
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn length_and_number_of_problems_are_bounded() {
    let long = "a".repeat(Limits::default().expression_bytes + 1);
    let (ast, problems) = parse(&long, &Limits::default());
    assert_eq!(problems[0].code, Code::OverLimit);
    assert_eq!(ast.exprs[ast.root].kind, ExprKind::Invalid);
    for text in ["a ", "$ ", "1u, ", "a = ", "'\\s' + "] {
        let (_, problems) = parse(&text.repeat(5000), &Limits::default());
        assert!(problems.len() <= MOST_PROBLEMS, "{text}");
    }
}
