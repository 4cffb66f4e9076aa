use proptest::prelude::*;

use super::print;
use crate::cel::ast::{Ast, Expr, ExprIdx, ExprKind, Operator};
use crate::cel::dump::dump;
use crate::cel::parse;
use crate::index::IndexVec;
use crate::limits::Limits;
use crate::source::Span;

/// A tree that owns its parts, for generating.
#[derive(Debug, Clone)]
enum Tree {
    Leaf(ExprKind),
    Select(Box<Tree>, String, bool),
    Call(Option<Box<Tree>>, String, Vec<Tree>),
    Index(Box<Tree>, Box<Tree>),
    List(Vec<Tree>),
    Not(Box<Tree>),
    Negate(Box<Tree>),
    Binary(Operator, Box<Tree>, Box<Tree>),
    Conditional(Box<Tree>, Box<Tree>, Box<Tree>),
}

const OPERATORS: [Operator; 14] = [
    Operator::Or,
    Operator::And,
    Operator::Equal,
    Operator::NotEqual,
    Operator::Less,
    Operator::LessOrEqual,
    Operator::Greater,
    Operator::GreaterOrEqual,
    Operator::In,
    Operator::Add,
    Operator::Subtract,
    Operator::Multiply,
    Operator::Divide,
    Operator::Remainder,
];

fn plant(tree: &Tree, exprs: &mut IndexVec<ExprIdx, Expr>) -> ExprIdx {
    let span = Span::default();
    let kind = match tree {
        Tree::Leaf(kind) => kind.clone(),
        Tree::Select(operand, field, optional) => ExprKind::Select {
            operand: plant(operand, exprs),
            field: field.clone(),
            field_span: span,
            optional: *optional,
        },
        Tree::Call(receiver, function, args) => ExprKind::Call {
            receiver: receiver.as_ref().map(|receiver| plant(receiver, exprs)),
            function: function.clone(),
            function_span: span,
            args: args.iter().map(|arg| plant(arg, exprs)).collect(),
        },
        Tree::Index(operand, index) => {
            ExprKind::Index { operand: plant(operand, exprs), index: plant(index, exprs) }
        }
        Tree::List(items) => ExprKind::List(items.iter().map(|item| plant(item, exprs)).collect()),
        Tree::Not(operand) => ExprKind::Not(plant(operand, exprs)),
        Tree::Negate(operand) => ExprKind::Negate(plant(operand, exprs)),
        Tree::Binary(operator, left, right) => ExprKind::Binary {
            operator: *operator,
            operator_span: span,
            left: plant(left, exprs),
            right: plant(right, exprs),
        },
        Tree::Conditional(condition, yes, no) => ExprKind::Conditional {
            condition: plant(condition, exprs),
            yes: plant(yes, exprs),
            no: plant(no, exprs),
        },
    };
    exprs.push(Expr { kind, span })
}

fn leaf() -> impl Strategy<Value = Tree> {
    prop_oneof![
        any::<bool>().prop_map(ExprKind::Bool),
        any::<i64>().prop_map(ExprKind::Int),
        (-3_i64..4).prop_map(ExprKind::Int),
        any::<f64>().prop_filter("finite", |f| f.is_finite()).prop_map(ExprKind::Double),
        any::<String>().prop_map(ExprKind::Text),
        r#"['"\\`a\n]{0,5}"#.prop_map(ExprKind::Text),
        "[.]?[xyz_][a-z0-9_]{0,3}".prop_map(ExprKind::Ident),
    ]
    .prop_map(Tree::Leaf)
}

fn tree() -> impl Strategy<Value = Tree> {
    let field = prop_oneof!["[a-z_][a-z0-9_]{0,4}", "[a-z .-]{1,4}", Just("in".to_owned())];
    let function = "[f-h][a-z]{3,4}";
    leaf().prop_recursive(6, 40, 4, move |inner| {
        let part = inner.clone().prop_map(Box::new);
        let list = prop::collection::vec(inner, 0..4);
        prop_oneof![
            (part.clone(), field.clone(), any::<bool>())
                .prop_map(|(o, f, q)| Tree::Select(o, f, q)),
            (prop::option::of(part.clone()), function, list.clone())
                .prop_map(|(r, f, a)| Tree::Call(r, f, a)),
            (part.clone(), part.clone()).prop_map(|(o, i)| Tree::Index(o, i)),
            list.prop_map(Tree::List),
            part.clone().prop_map(Tree::Not),
            part.clone().prop_map(Tree::Negate),
            (prop::sample::select(&OPERATORS[..]), part.clone(), part.clone())
                .prop_map(|(o, l, r)| Tree::Binary(o, l, r)),
            (prop::sample::select(&OPERATORS[..2]), part.clone(), part.clone())
                .prop_map(|(o, l, r)| Tree::Binary(o, l, r)),
            (part.clone(), part.clone(), part).prop_map(|(c, y, n)| Tree::Conditional(c, y, n)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back(tree in tree()) {
        let mut exprs = IndexVec::new();
        let root = plant(&tree, &mut exprs);
        let ast = Ast { exprs, root };
        let text = print(&ast);
        let (again, problems) = parse(&text, &Limits::default());
        prop_assert_eq!(&problems, &[], "{}", text);
        prop_assert_eq!(dump(&again), dump(&ast), "{}", text);
        prop_assert_eq!(print(&again), text);
    }

    #[test]
    fn nothing_makes_the_parser_fail(text in "([a-c0-9.?:!&|=<>()\\[\\]{}'\"`, +*/%-]|\\PC|in |not |and ){0,40}") {
        let (ast, problems) = parse(&text, &Limits::default());
        for problem in &problems {
            prop_assert!(problem.span.end <= Span::new(0, text.len()).end);
        }
        if problems.is_empty() {
            let printed = print(&ast);
            let (again, problems) = parse(&printed, &Limits::default());
            prop_assert_eq!(&problems, &[], "{}", printed);
            prop_assert_eq!(dump(&again), dump(&ast), "{}", printed);
        }
    }
}

#[test]
fn brackets_stand_only_where_they_must() {
    let printed = |text: &str| print(&parse(text, &Limits::default()).0);
    for (text, expected) in [
        ("((a))+(b*c)", "a + b * c"),
        ("(a+b)*c", "(a + b) * c"),
        ("a-(b-c)", "a - (b - c)"),
        ("(a && b) && c", "a && b && c"),
        ("a && (b && c)", "a && (b && c)"),
        ("(a || b) && !(c || d)", "(a || b) && !(c || d)"),
        ("(a ? b : c) ? (d ? e : f) : (g ? h : i)", "(a ? b : c) ? (d ? e : f) : g ? h : i"),
        ("-(5)", "-(5)"),
        ("(-5).f", "(-5).f"),
        ("'say \"x\"' + 'a\\'\"'", "'say \"x\"' + \"a'\\\"\""),
        ("a.`b-c`.`if`[0]", "a.`b-c`.if[0]"),
    ] {
        assert_eq!(printed(text), expected, "{text}");
    }
}
