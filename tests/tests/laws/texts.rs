//! Texts: printed expressions read back, and what is no text of the language is told and never a panic.

use anyhow::{Result, ensure};
use proptest::test_runner::TestCaseError;
use spelregel::{Evaluated, Expression, Metamodel, Model, Pack, RuleSet, Settings, Source};
use spelregel_tests::generate::expression::Parameter;
use spelregel_tests::generate::types::Type;
use spelregel_tests::generate::{Asking, Draw, Language, World, Writer, law};

use super::{broken, same, tell};
use spelregel_tests::generate::model::TODAY;

/// A place for expressions that stand alone.
struct Place {
    world: World,
    metamodel: Metamodel,
    model: Model,
}

impl Place {
    fn draw(draw: &mut Draw<'_>) -> Result<Self, TestCaseError> {
        let world = World::draw(draw, Asking::Allowed);
        let metamodel = world.metamodel().map_err(broken)?;
        let model = world.load(&metamodel).map_err(broken)?;
        Ok(Self { world, metamodel, model })
    }

    /// Expressions until the tape is used up.
    fn expressions(&self, draw: &mut Draw<'_>) -> Vec<String> {
        let mut language = Language::new(&self.world.vocabulary, Asking::Allowed);
        language.parameters.push(Parameter {
            name: "most".to_owned(),
            ty: Type::Int,
            value: serde_json::json!(3),
        });
        let mut texts = Vec::new();
        while !draw.is_spent() {
            let mut writer = Writer::new(&language, draw, Vec::new());
            let ty = writer.any_type();
            texts.push(writer.write(&ty, 4).term.to_string());
        }
        texts
    }

    fn compile(&self, text: &str) -> Result<Expression, spelregel::Diagnostics> {
        Expression::compile(&self.metamodel, text, &[("most", "int", "3")])
    }

    fn evaluate(&self, expression: &Expression) -> Result<Evaluated, TestCaseError> {
        let value = expression.evaluate(&self.model, TODAY.parse().map_err(broken)?);
        match &value {
            Evaluated::Error(error) if error.contains("internal") => Err(broken(error)),
            _ => Ok(value),
        }
    }
}

#[test]
fn printed_expressions_read_back_as_the_same() -> Result<()> {
    let held = law::hold(60, 2_000, |tape| {
        let (place, texts) = tape.split_at(tape.len() / 3);
        let place = Place::draw(&mut Draw::new(place))?;
        let texts = place.expressions(&mut Draw::new(texts));
        for text in &texts {
            let told = |what: &dyn std::fmt::Display| broken(format!("{text}\n{what}"));
            let written = place.compile(text).map_err(|problems| told(&problems))?;
            let printed = written.to_string();
            let again = place.compile(&printed).map_err(|problems| told(&problems))?;
            same(&printed, &again.to_string())?;
            same(&written.type_name(), &again.type_name())?;
            same(&place.evaluate(&written)?, &place.evaluate(&again)?)?;
        }
        Ok(texts.len())
    });
    tell("printed expressions read back as the same", held)
}

/// Pieces that change much where they stand.
const PIECES: [&str; 24] = [
    "(", ")", "[", "]", "{", "}", ".", ",", "\"", "'", "&&", "||", "!", "?", ":", "==", " in ",
    "-", "0", "x", "é", "\\", ".?", "\u{0}",
];

/// A text with a few places changed.
fn mutated(draw: &mut Draw<'_>, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=draw.below(3) {
        let start = draw.below(chars.len() + 1);
        let end = (start + draw.weighted(&[4, 3, 1, 1, 1])).min(chars.len());
        let piece: Vec<char> = match draw.below(3) {
            0 => Vec::new(),
            1 => draw.one(&PIECES).chars().collect(),
            _ => {
                let from = draw.below(chars.len() + 1);
                let to = (from + draw.below(12)).min(chars.len());
                chars.get(from..to).unwrap_or(&[]).to_vec()
            }
        };
        chars.splice(start..end, piece);
    }
    chars.into_iter().collect()
}

#[test]
fn changed_texts_are_read_or_refused_and_never_panic() -> Result<()> {
    let mut sound = 0_usize;
    let sound = std::cell::RefCell::new(&mut sound);
    let held = law::hold(60, 3_000, |tape| {
        let (place, rest) = tape.split_at(tape.len() / 3);
        let place = Place::draw(&mut Draw::new(place))?;
        let (texts, changes) = rest.split_at(rest.len() / 2);
        let mut draw = Draw::new(changes);
        let pack = mutated(&mut draw, &place.world.rules.to_json());
        if let Ok(pack) = Pack::load(Source::new("pack.json", pack))
            && let Ok(rules) = RuleSet::compile(&place.metamodel, [pack], &Settings::default())
        {
            let options = spelregel::Options::at(TODAY.parse().map_err(broken)?);
            let _ = rules.check(&place.model, &options);
        }
        let model = mutated(&mut draw, place.world.model.source(&place.world.vocabulary).text());
        let _ = Model::load(&place.metamodel, [Source::new("model.json", model)]);
        let metamodel = mutated(&mut draw, &place.world.vocabulary.to_yaml());
        let _ = Metamodel::load(&Source::new("m.yaml", metamodel), &spelregel::Limits::default());
        let texts = place.expressions(&mut Draw::new(texts));
        for text in &texts {
            if let Ok(expression) = place.compile(&mutated(&mut draw, text)) {
                place.evaluate(&expression)?;
                **sound.borrow_mut() += 1;
            }
        }
        Ok(texts.len())
    });
    let sound = **sound.borrow();
    let expressions = held.as_ref().map_or(0, |held| held.expressions);
    tell("changed texts are read or refused", held)?;
    ensure!(sound > 0 && sound < expressions, "{sound} of {expressions} still check");
    Ok(())
}
