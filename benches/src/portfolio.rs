//! A portfolio as its document has it: the shape in which it is made up, written and read.

use serde::{Deserialize, Serialize};

/// A portfolio of texts of one type: `String` where it is made up or read into memory of its own, `&str`
/// where it is read in place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "S: Deserialize<'de>"))]
#[expect(missing_docs, reason = "the names are those of the vocabulary")]
pub struct Portfolio<S> {
    pub spelregel: u8,
    pub programmes: Vec<Programme<S>>,
    pub goals: Vec<Goal<S>>,
    pub benefits: Vec<Benefit<S>>,
    pub projects: Vec<Project<S>>,
    pub roles: Vec<Role<S>>,
    pub persons: Vec<Person<S>>,
    pub bodies: Vec<Body<S>>,
    pub mandates: Vec<Mandate<S>>,
    pub learning_activities: Vec<LearningActivity<S>>,
    pub documents: Vec<Document<S>>,
    pub risks: Vec<Risk<S>>,
}

macro_rules! kinds {
    ($(
        $(#[$meta:meta])*
        $kind:ident {
            properties: [$($property:ident: $type:ty),*],
            relations: [$($relation:ident),*],
        }
    )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(bound(deserialize = "S: Deserialize<'de>"))]
        #[expect(missing_docs, reason = "the names are those of the vocabulary")]
        pub struct $kind<S> {
            pub id: S,
            pub name: S,
            $(
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $property: Option<$type>,
            )*
            $(
                #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
                pub $relation: Vec<S>,
            )*
        }
    )*};
}

kinds! {
    /// A programme.
    Programme {
        properties: [phase: S, start: S, end: S, budget: i64],
        relations: [mandated_by],
    }
    /// A goal.
    Goal {
        properties: [baseline: i64, target: i64],
        relations: [goal_of],
    }
    /// A benefit.
    Benefit {
        properties: [baseline: i64, target: i64, target_date: S],
        relations: [contributes_to, owned_by],
    }
    /// A project.
    Project {
        properties: [status: S, start: S, end: S, budget: i64],
        relations: [project_of, delivers, led_by, depends_on],
    }
    /// A role.
    Role {
        properties: [kind: S],
        relations: [role_of, held_by],
    }
    /// A person.
    Person {
        properties: [],
        relations: [member_of],
    }
    /// A body.
    Body {
        properties: [kind: S],
        relations: [],
    }
    /// A mandate.
    Mandate {
        properties: [start: S],
        relations: [issued_by],
    }
    /// A learning activity.
    LearningActivity {
        properties: [status: S],
        relations: [prepares],
    }
    /// A document.
    Document {
        properties: [kind: S, status: S],
        relations: [documents],
    }
    /// A risk.
    Risk {
        properties: [kind: S],
        relations: [threatens],
    }
}

impl Portfolio<String> {
    /// The model document, in JSON.
    ///
    /// # Errors
    ///
    /// None that is known of: what is written are texts and numbers.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}
