//! Random metamodels, models, rules and expressions, each sound: for tests that hold laws against them.
//!
//! Everything is drawn from a *tape*, a list of random numbers that [`proptest`] makes and, where a law
//! fails, makes smaller: zeros and the end of the tape stand for the plainest choice everywhere. One tape
//! gives one [`World`]:
//!
//! ```
//! use spelregel_tests::generate::{Asking, Draw, World};
//!
//! let world = World::draw(&mut Draw::new(&[7, u32::MAX, 3_000_000_000]), Asking::Allowed);
//! let rules = world.compile()?;
//! let model = world.load(rules.metamodel())?;
//! assert_eq!(model.element_count(), world.model.elements.len());
//! # Ok::<(), spelregel::Diagnostics>(())
//! ```

pub mod draw;
pub mod expression;
pub mod functions;
pub mod law;
pub mod model;
pub mod pack;
pub mod path;
pub mod term;
pub mod types;
pub mod vocabulary;

use std::fmt;

use serde_json::Value as Json;
use spelregel::{Diagnostics, Limits, Metamodel, Model, Pack, RuleSet, Settings, Source};

pub use self::draw::{Draw, tape};
pub use self::expression::{Asking, Dialect, Language, Writer};
pub use self::model::ModelData;
pub use self::pack::Rules;
pub use self::vocabulary::Vocabulary;

/// A vocabulary, a model in it, and rules about it: all data, to be changed at will.
#[derive(Debug, Clone)]
pub struct World {
    /// Kinds, properties, relations and enumerations.
    pub vocabulary: Vocabulary,
    /// Elements and links.
    pub model: ModelData,
    /// A pack.
    pub rules: Rules,
}

impl World {
    /// Draws all three. Whether rules may ask what is recorded is up to `asking`.
    pub fn draw(draw: &mut Draw<'_>, asking: Asking) -> Self {
        let vocabulary = Vocabulary::draw(draw);
        let model = ModelData::draw(draw, &vocabulary);
        let rules = Rules::draw(draw, &vocabulary, asking);
        Self { vocabulary, model, rules }
    }

    /// The metamodel.
    ///
    /// # Errors
    /// None, unless the generator is wrong.
    pub fn metamodel(&self) -> Result<Metamodel, Diagnostics> {
        let source = Source::new("metamodel.yaml", self.vocabulary.to_yaml());
        Metamodel::load(&source, &Limits::default())
    }

    /// The pack with its metamodel, compiled.
    ///
    /// # Errors
    /// None, unless the generator is wrong.
    pub fn compile(&self) -> Result<RuleSet, Diagnostics> {
        let pack = Pack::load(Source::new("pack.json", self.rules.to_json()))?;
        RuleSet::compile(&self.metamodel()?, [pack], &Settings::default())
    }

    /// The model, as one document.
    ///
    /// # Errors
    /// None, unless the generator is wrong.
    pub fn load(&self, metamodel: &Metamodel) -> Result<Model, Diagnostics> {
        Model::load(metamodel, [self.model.source(&self.vocabulary)])
    }
}

/// As people can read it, and as files to try it out with.
impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pack: Json = serde_json::from_str(&self.rules.to_json()).unwrap_or_default();
        let model = self.model.source(&self.vocabulary);
        writeln!(f, "{}{pack:#}\n{}", self.vocabulary.to_yaml(), model.text())
    }
}
