//! Typing calls of the function table.

use std::borrow::Cow;

use super::expression::Typer;
use super::functions::{
    ELSEWHERE, FUNCTIONS, Form, Function, LEFT_OUT, MACROS, NAMESPACES, Pattern, Signature,
};
use super::types::join;
use crate::cel::ast::{ExprIdx, ExprKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::hir::{HirIdx, Op};
use crate::source::Span;
use crate::suggest::nearest;
use crate::value::{Duration, Timestamp, Type, Value};

impl Typer<'_, '_> {
    pub(super) fn call(
        &mut self,
        receiver: Option<ExprIdx>,
        function: &str,
        function_span: Span,
        args: &[ExprIdx],
        span: Span,
    ) -> Option<HirIdx> {
        if let Some((_, message)) = LEFT_OUT.iter().find(|(name, _)| *name == function) {
            let problem = self.problem(function_span, Code::Unsupported, *message);
            return self.fail(problem);
        }
        let namespace = receiver.and_then(|receiver| match &self.ast().exprs[receiver].kind {
            ExprKind::Ident(name) if self.lookup(name).is_none() => {
                NAMESPACES.iter().copied().find(|space| space == name)
            }
            _ => None,
        });
        match (namespace, receiver) {
            (Some("cel"), _) => self.bind(function, function_span, args, span),
            (Some(space), _) => {
                let args = self.all(args)?;
                self.function(Form::Namespaced(space), function, function_span, &args, span)
            }
            (None, None) if function == "has" => self.has(args, span),
            (None, None) if function == "with_history" => self.with_history(args, span),
            // Its arguments name a variable that isn't there: what they say would mislead.
            (None, None) if MACROS.contains(&function) => {
                let form = Form::Global;
                let problem = self.no_such_call(form, function, function_span, &[], &[]);
                self.fail(problem)
            }
            (None, None) => {
                let args = self.all(args)?;
                self.function(Form::Global, function, function_span, &args, span)
            }
            (None, Some(receiver)) => {
                let of = self.expr(receiver);
                if MACROS.contains(&function) {
                    return self.macro_call(of?, function, function_span, args, span);
                }
                // As above, for what other languages call a macro.
                if ELSEWHERE.iter().any(|(name, here)| *name == function && MACROS.contains(here))
                    && self.cx.definitions.iter().all(|definition| definition.name != function)
                {
                    let form = Form::Method;
                    let problem = self.no_such_call(form, function, function_span, &[], &[]);
                    return self.fail(problem);
                }
                let args = self.all(args);
                let of = of?;
                if let Some(call) =
                    self.definition_call(of, function, function_span, args.as_deref(), span)
                {
                    return call;
                }
                let mut all = vec![of];
                all.extend(args?);
                self.function(Form::Method, function, function_span, &all, span)
            }
        }
    }

    pub(super) fn all(&mut self, args: &[ExprIdx]) -> Option<Vec<HirIdx>> {
        let nodes: Vec<Option<HirIdx>> = args.iter().map(|arg| self.expr(*arg)).collect();
        nodes.into_iter().collect()
    }

    /// A call of the function table.
    pub(super) fn function(
        &mut self,
        form: Form,
        name: &str,
        name_span: Span,
        args: &[HirIdx],
        span: Span,
    ) -> Option<HirIdx> {
        let same_name = || FUNCTIONS.iter().filter(move |s| s.name == name && s.form == form);
        let args = &*self.compared_as_doubles(form, name, args);
        let types: Vec<Type> = args.iter().map(|arg| self.ty(*arg).clone()).collect();
        // `math.greatest(a, b, c)` is that of the first two with the third, and so on.
        if form == Form::Namespaced("math")
            && matches!(name, "greatest" | "least")
            && args.len() != 2
        {
            return self.greatest_or_least(name, name_span, args, span);
        }
        if let (Form::Method, "flatten", [list, depth @ ..]) = (form, name, args)
            && depth.len() <= 1
            && matches!(self.ty(*list), Type::List(_))
        {
            return self.flatten(*list, depth.first().copied(), name_span, span);
        }
        for signature in same_name() {
            if let Some(result) = self.apply(signature, &types) {
                self.check_constants(signature.function, args)?;
                let op = Op::Call { function: signature.function, args: args.to_vec() };
                return Some(self.node(op, result, span, args));
            }
        }
        let problem =
            self.no_such_call(form, name, name_span, &types, &same_name().collect::<Vec<_>>());
        self.fail(problem)
    }

    fn greatest_or_least(
        &mut self,
        name: &str,
        name_span: Span,
        args: &[HirIdx],
        span: Span,
    ) -> Option<HirIdx> {
        let form = Form::Namespaced("math");
        match args {
            [] => {
                let problem = self
                    .problem(
                        name_span,
                        Code::WrongArguments,
                        format!("`math.{name}` takes at least one argument"),
                    )
                    .help(format!("write `math.{name}(a, b)`"));
                self.fail(problem)
            }
            [only] if matches!(self.ty(*only), Type::List(_)) => {
                let types = [self.ty(*only).clone()];
                let found = FUNCTIONS
                    .iter()
                    .find(|s| s.name == name && s.form == form && self.apply(s, &types).is_some());
                let Some(signature) = found else {
                    return self.no_number(name, name_span, *only);
                };
                let result = self.apply(signature, &types)?;
                let op = Op::Call { function: signature.function, args: vec![*only] };
                Some(self.node(op, result, span, &[*only]))
            }
            // The greatest of one number is that number: as an argument twice it would be evaluated twice.
            [only] => {
                let types = [self.ty(*only).clone(), self.ty(*only).clone()];
                let takes = |s: &Signature| s.name == name && s.form == form && s.args.len() == 2;
                if FUNCTIONS.iter().any(|s| takes(s) && self.apply(s, &types).is_some()) {
                    return Some(*only);
                }
                self.no_number(name, name_span, *only)
            }
            [first, rest @ ..] => {
                let mut folded = *first;
                for next in rest {
                    folded = self.function(form, name, name_span, &[folded, *next], span)?;
                }
                Some(folded)
            }
        }
    }

    /// `xs.flatten()` and `xs.flatten(2)`: as many levels as there are, at most those asked for.
    fn flatten(
        &mut self,
        list: HirIdx,
        depth: Option<HirIdx>,
        name_span: Span,
        span: Span,
    ) -> Option<HirIdx> {
        let levels = match depth.map(|depth| &self.nodes[depth].op) {
            None => 1,
            Some(Op::Constant(Value::Int(levels))) if *levels >= 0 => *levels,
            Some(_) => {
                let message = "`flatten` takes a number of levels that is written out";
                let problem = self.problem(name_span, Code::WrongArguments, message);
                let problem = problem.help("write `xs.flatten()`, or `xs.flatten(2)`");
                return self.fail(problem);
            }
        };
        let mut flat = list;
        for _ in 0..levels {
            let inner = match self.ty(flat) {
                Type::List(member) if matches!(**member, Type::List(_)) => (**member).clone(),
                _ => break,
            };
            let op = Op::Call { function: Function::Flatten, args: vec![flat] };
            flat = self.node(op, inner, span, &[flat]);
        }
        Some(flat)
    }

    /// Arguments of `math.greatest` and `math.least`, which compare int with double: then all as doubles.
    fn compared_as_doubles<'h>(
        &mut self,
        form: Form,
        name: &str,
        args: &'h [HirIdx],
    ) -> Cow<'h, [HirIdx]> {
        let compares = form == Form::Namespaced("math") && matches!(name, "greatest" | "least");
        let has = |wanted: &Type| args.iter().any(|arg| self.ty(*arg) == wanted);
        if !(compares && has(&Type::Int) && has(&Type::Double)) {
            return Cow::Borrowed(args);
        }
        let as_double = |arg: &HirIdx| {
            if *self.ty(*arg) != Type::Int {
                return *arg;
            }
            let span = self.nodes[*arg].span;
            let op = Op::Call { function: Function::ToDouble, args: vec![*arg] };
            self.node(op, Type::Double, span, &[*arg])
        };
        Cow::Owned(args.iter().map(as_double).collect())
    }

    /// `math.greatest` or `math.least` of one argument that is neither a number nor a list of them.
    fn no_number(&mut self, name: &str, name_span: Span, only: HirIdx) -> Option<HirIdx> {
        let form = Form::Namespaced("math");
        let same_name: Vec<&Signature> =
            FUNCTIONS.iter().filter(|s| s.name == name && s.form == form).collect();
        let types = [self.ty(only).clone()];
        let problem = self.no_such_call(form, name, name_span, &types, &same_name);
        self.fail(problem)
    }

    /// The result of a signature on arguments of the types; `None` where they don't fit.
    fn apply(&self, signature: &Signature, types: &[Type]) -> Option<Type> {
        if signature.args.len() != types.len() {
            return None;
        }
        let mut variable = Type::Never;
        for (pattern, ty) in signature.args.iter().zip(types) {
            if !self.fits(*pattern, ty, &mut variable) {
                return None;
            }
        }
        Some(instance(signature.result, &variable))
    }

    fn fits(&self, pattern: Pattern, ty: &Type, variable: &mut Type) -> bool {
        let mut bind = |ty: &Type| match join(variable, ty) {
            Some(joined) => {
                *variable = joined;
                true
            }
            None => false,
        };
        match (pattern, ty) {
            (Pattern::A, Type::Model) => false,
            (Pattern::A, ty) => bind(ty),
            (Pattern::Ordered, Type::Enum(e)) => {
                self.cx.vocabulary.enumerations[*e].ordered && bind(ty)
            }
            (Pattern::Ordered, ty) => super::functions::is_ordered(ty) && bind(ty),
            (Pattern::Number, Type::Int | Type::Double | Type::Never) => bind(ty),
            (Pattern::List(of), Type::List(member)) => self.fits(*of, member, variable),
            (Pattern::Optional(of), Type::Optional(value)) => self.fits(*of, value, variable),
            (Pattern::Bool, Type::Bool)
            | (Pattern::Int, Type::Int)
            | (Pattern::Double, Type::Double)
            | (Pattern::Text, Type::Text)
            | (Pattern::Timestamp, Type::Timestamp)
            | (Pattern::Duration, Type::Duration)
            | (Pattern::Enum, Type::Enum(_))
            | (Pattern::Map, Type::Map(..))
            | (_, Type::Never) => true,
            _ => false,
        }
    }

    fn no_such_call(
        &self,
        form: Form,
        name: &str,
        span: Span,
        types: &[Type],
        same_name: &[&Signature],
    ) -> Diagnostic {
        let found: Vec<String> = types.iter().map(|ty| self.name(ty)).collect();
        if same_name.is_empty() {
            let problem = self.problem(
                span,
                Code::UnknownFunction,
                format!("there is no function `{name}` here"),
            );
            if let Some(other) = FUNCTIONS.iter().find(|s| s.name == name) {
                return problem.help(format!("it is written {}", shape(other)));
            }
            if MACROS.contains(&name) {
                return problem.help(format!("`{name}` is asked of a list: `xs.{name}(x, …)`"));
            }
            let names = FUNCTIONS.iter().filter(|s| s.form == form).map(|s| s.name);
            let here = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == name);
            let here = here.map(|(_, here)| *here);
            return problem
                .suggest(here.or_else(|| nearest(name, names.chain(MACROS.iter().copied()))));
        }
        if let ([Type::Timestamp, Type::Text], Form::Method) = (types, form) {
            let message = "time zone arguments are left out: dates and times are in UTC";
            return self.problem(span, Code::Unsupported, message);
        }
        let what = if form == Form::Method {
            let (receiver, args) =
                found.split_first().map_or(("", &[][..]), |(r, a)| (r.as_str(), a));
            format!("`{name}` can't be asked of {receiver} with ({})", args.join(", "))
        } else {
            format!("`{name}` doesn't take ({})", found.join(", "))
        };
        let shapes: Vec<String> = same_name.iter().map(|s| shape(s)).collect();
        let problem = self
            .problem(span, Code::WrongArguments, what)
            .help(format!("it is written {}", shapes.join(" or ")));
        match types.first() {
            Some(Type::List(_))
                if form == Form::Method
                    && !same_name
                        .iter()
                        .any(|s| matches!(s.args.first(), Some(Pattern::List(_)))) =>
            {
                problem.help("methods don't spread over a list: use `.map(x, …)`")
            }
            _ => problem,
        }
    }

    /// Literal dates, durations and patterns are read when the pack loads, not when it runs.
    fn check_constants(&mut self, function: Function, args: &[HirIdx]) -> Option<()> {
        let (position, valid): (usize, fn(&str) -> bool) = match function {
            Function::Date => (0, |text| Timestamp::parse_date(text).is_some()),
            Function::ToTimestamp => (0, |text| Timestamp::parse_rfc3339(text).is_some()),
            Function::ToDuration => (0, |text| Duration::parse(text).is_some()),
            Function::Matches => (1, |text| regex_lite::Regex::new(text).is_ok()),
            _ => return Some(()),
        };
        let Some(arg) = args.get(position) else { return Some(()) };
        let node = &self.nodes[*arg];
        let Op::Constant(Value::Text(text)) = &node.op else { return Some(()) };
        if valid(text) {
            return Some(());
        }
        let (code, what, help) = match function {
            Function::Date => (Code::InvalidDate, "a date", "write a date as `2026-01-31`"),
            Function::ToTimestamp => (
                Code::InvalidDate,
                "a timestamp",
                "write a timestamp as `2026-01-31T12:00:00Z`, or use `date(…)`",
            ),
            Function::ToDuration => {
                (Code::InvalidDate, "a duration", "write a duration as `36h`, `90m` or `180d`")
            }
            _ => (
                Code::Syntax,
                "a regular expression",
                "patterns follow RE2: no look-around, no back-references",
            ),
        };
        let problem = self.problem(node.span, code, format!("`{text}` is not {what}")).help(help);
        self.fail(problem)
    }
}

fn instance(pattern: Pattern, variable: &Type) -> Type {
    match pattern {
        Pattern::Bool => Type::Bool,
        Pattern::Int => Type::Int,
        Pattern::Double => Type::Double,
        Pattern::Text => Type::Text,
        Pattern::Timestamp => Type::Timestamp,
        Pattern::Duration => Type::Duration,
        Pattern::A | Pattern::Ordered | Pattern::Number => variable.clone(),
        Pattern::List(of) => Type::list(instance(*of, variable)),
        Pattern::Optional(of) => Type::optional(instance(*of, variable)),
        // No function yields one.
        Pattern::Enum | Pattern::Map => Type::Never,
    }
}

/// Every function of the language with the types of its arguments and of what it yields, one line for each
/// way to call it: `string.startsWith(string) -> bool`. From the one table, for tests and documentation.
pub fn function_signatures() -> impl Iterator<Item = String> {
    FUNCTIONS.iter().map(|signature| {
        let call = shape(signature);
        format!("{} -> {}", call.trim_matches('`'), pattern_name(signature.result))
    })
}

/// How a function is called, for help: `text.startsWith(string)`.
fn shape(signature: &Signature) -> String {
    let args: Vec<String> = signature.args.iter().map(|p| pattern_name(*p)).collect();
    match signature.form {
        Form::Global => format!("`{}({})`", signature.name, args.join(", ")),
        Form::Namespaced(space) => format!("`{space}.{}({})`", signature.name, args.join(", ")),
        Form::Method => {
            let (receiver, rest) =
                args.split_first().map_or(("", &[][..]), |(r, a)| (r.as_str(), a));
            format!("`{receiver}.{}({})`", signature.name, rest.join(", "))
        }
    }
}

fn pattern_name(pattern: Pattern) -> String {
    match pattern {
        Pattern::Bool => "bool".into(),
        Pattern::Int => "int".into(),
        Pattern::Double => "double".into(),
        Pattern::Text => "string".into(),
        Pattern::Timestamp => "timestamp".into(),
        Pattern::Duration => "duration".into(),
        Pattern::A => "value".into(),
        Pattern::Ordered => "ordered value".into(),
        Pattern::Number => "number".into(),
        Pattern::Enum => "enumeration value".into(),
        Pattern::Map => "map".into(),
        Pattern::List(of) => format!("list<{}>", pattern_name(*of)),
        Pattern::Optional(of) => format!("optional<{}>", pattern_name(*of)),
    }
}
