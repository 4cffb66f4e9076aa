//! What the rules written by hand run on: a column per property, adjacency in flat vectors, positions for
//! names. Absent values are a value that no document has.

use rustc_hash::FxHashMap;

use crate::dates;
use crate::portfolio::Portfolio;

/// Nothing recorded: of a date.
pub const NO_DATE: i32 = i32::MIN;
/// Nothing recorded: of a whole number.
pub const NO_NUMBER: i64 = i64::MIN;
/// Nothing recorded: of a name from a list.
pub const NO_NAME: u8 = u8::MAX;

/// For each row a run of rows of another kind.
#[derive(Debug, Default)]
pub struct Adjacency {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Adjacency {
    fn new(rows: usize, pairs: &[(u32, u32)]) -> Self {
        let mut counts = vec![0_u32; rows + 1];
        for (row, _) in pairs {
            if let Some(count) = counts.get_mut(wide(*row)) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut counts {
            sum += *count;
            *count = sum - *count;
        }
        let starts = counts.clone();
        let mut items = vec![0; pairs.len()];
        for (row, item) in pairs {
            if let Some(next) = counts.get_mut(wide(*row)) {
                if let Some(place) = items.get_mut(wide(*next)) {
                    *place = *item;
                }
                *next += 1;
            }
        }
        Self { starts, items }
    }

    /// What a row leads to.
    pub fn of(&self, row: u32) -> &[u32] {
        let row = wide(row);
        match self.starts.get(row..row + 2) {
            Some(&[start, end]) => self.items.get(wide(start)..wide(end)).unwrap_or(&[]),
            _ => &[],
        }
    }
}

/// A position in memory.
pub fn wide(position: u32) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// Row numbers of a column of some length.
pub fn rows<T>(column: &[T]) -> impl Iterator<Item = u32> + use<T> {
    0..u32::try_from(column.len()).unwrap_or(u32::MAX)
}

/// The columns.
#[derive(Debug, Default)]
#[expect(missing_docs, reason = "the names are those of the vocabulary")]
pub struct Columns<'a> {
    pub ids: Ids<'a>,
    pub body_kind: Vec<u8>,
    pub role_kind: Vec<u8>,
    pub learning_status: Vec<u8>,
    pub phase: Vec<u8>,
    pub programme_budget: Vec<i64>,
    pub project_status: Vec<u8>,
    pub project_budget: Vec<i64>,
    pub project_end: Vec<i32>,
    pub target_date: Vec<i32>,
    pub mandated_by: Adjacency,
    pub issued_by: Adjacency,
    pub roles: Adjacency,
    pub role_of: Adjacency,
    pub projects: Adjacency,
    pub held_by: Adjacency,
    pub member_of: Adjacency,
    pub prepared_by: Adjacency,
    pub contributes_to: Adjacency,
    pub owned_by: Adjacency,
    pub delivers: Adjacency,
    pub delivered_by: Adjacency,
    pub supported_by: Adjacency,
    pub depends_on: Adjacency,
}

/// The ids of the kinds that rules find something about.
#[derive(Debug, Default)]
#[expect(missing_docs, reason = "the names are those of the vocabulary")]
pub struct Ids<'a> {
    pub programmes: Vec<&'a str>,
    pub goals: Vec<&'a str>,
    pub benefits: Vec<&'a str>,
    pub projects: Vec<&'a str>,
    pub roles: Vec<&'a str>,
    pub persons: Vec<&'a str>,
}

/// The body kinds that rules name, in the order of the vocabulary.
pub mod body {
    /// A council or an executive.
    pub const FORMAL: [u8; 2] = [0, 1];
    /// A management team.
    pub const MANAGEMENT_TEAM: u8 = 2;
}

/// Positions of the names that rules mention.
pub const SPONSOR: u8 = 0;
/// The kind of a role that looks after quality.
pub const ASSURANCE: u8 = 3;
/// The phase from which roles are to be prepared.
pub const DEFINE: u8 = 1;
/// The status of a project that is being worked on.
pub const ACTIVE: u8 = 2;
/// The status of a learning activity that is over.
pub const COMPLETED: u8 = 3;

const PHASES: [&str; 5] = ["identify", "define", "deliver", "embed", "close"];
const STATUSES: [&str; 7] =
    ["planned", "in_progress", "active", "completed", "done", "draft", "final"];
const ROLE_KINDS: [&str; 7] = [
    "sponsor",
    "programme_manager",
    "change_manager",
    "assurance",
    "project_lead",
    "benefit_owner",
    "architect",
];
const BODY_KINDS: [&str; 5] = ["council", "executive", "management_team", "board", "advisory"];

type Lookup<'a> = FxHashMap<&'a str, u32>;

impl<'a> Columns<'a> {
    /// The columns of a portfolio.
    pub fn new<S: AsRef<str>>(portfolio: &'a Portfolio<S>) -> Self {
        let ids = Ids {
            programmes: portfolio.programmes.iter().map(|x| x.id.as_ref()).collect(),
            goals: portfolio.goals.iter().map(|x| x.id.as_ref()).collect(),
            benefits: portfolio.benefits.iter().map(|x| x.id.as_ref()).collect(),
            projects: portfolio.projects.iter().map(|x| x.id.as_ref()).collect(),
            roles: portfolio.roles.iter().map(|x| x.id.as_ref()).collect(),
            persons: portfolio.persons.iter().map(|x| x.id.as_ref()).collect(),
        };
        let body_ids: Vec<&str> = portfolio.bodies.iter().map(|x| x.id.as_ref()).collect();
        let mandate_ids: Vec<&str> = portfolio.mandates.iter().map(|x| x.id.as_ref()).collect();
        let (programmes, goals) = (lookup(&ids.programmes), lookup(&ids.goals));
        let (benefits, projects) = (lookup(&ids.benefits), lookup(&ids.projects));
        let (roles, persons) = (lookup(&ids.roles), lookup(&ids.persons));
        let (bodies, mandates) = (lookup(&body_ids), lookup(&mandate_ids));

        let role_of = pairs(portfolio.roles.iter().map(|x| &x.role_of), &programmes);
        let project_of = pairs(portfolio.projects.iter().map(|x| &x.project_of), &programmes);
        let mandated_by = pairs(portfolio.programmes.iter().map(|x| &x.mandated_by), &mandates);
        let issued_by = pairs(portfolio.mandates.iter().map(|x| &x.issued_by), &bodies);
        let held_by = pairs(portfolio.roles.iter().map(|x| &x.held_by), &persons);
        let member_of = pairs(portfolio.persons.iter().map(|x| &x.member_of), &bodies);
        let prepares = pairs(portfolio.learning_activities.iter().map(|x| &x.prepares), &roles);
        let contributes = pairs(portfolio.benefits.iter().map(|x| &x.contributes_to), &goals);
        let owned_by = pairs(portfolio.benefits.iter().map(|x| &x.owned_by), &roles);
        let delivers = pairs(portfolio.projects.iter().map(|x| &x.delivers), &benefits);
        let depends_on = pairs(portfolio.projects.iter().map(|x| &x.depends_on), &projects);

        let name = |value: &Option<S>, names: &[&str]| position(value.as_ref(), names);
        let date = |value: &Option<S>| {
            value.as_ref().and_then(|date| dates::ordinal(date.as_ref())).unwrap_or(NO_DATE)
        };
        Self {
            body_kind: portfolio.bodies.iter().map(|x| name(&x.kind, &BODY_KINDS)).collect(),
            role_kind: portfolio.roles.iter().map(|x| name(&x.kind, &ROLE_KINDS)).collect(),
            learning_status: portfolio
                .learning_activities
                .iter()
                .map(|x| name(&x.status, &STATUSES))
                .collect(),
            phase: portfolio.programmes.iter().map(|x| name(&x.phase, &PHASES)).collect(),
            programme_budget: portfolio
                .programmes
                .iter()
                .map(|x| x.budget.unwrap_or(NO_NUMBER))
                .collect(),
            project_status: portfolio.projects.iter().map(|x| name(&x.status, &STATUSES)).collect(),
            project_budget: portfolio.projects.iter().map(|x| x.budget.unwrap_or(0)).collect(),
            project_end: portfolio.projects.iter().map(|x| date(&x.end)).collect(),
            target_date: portfolio.benefits.iter().map(|x| date(&x.target_date)).collect(),
            mandated_by: Adjacency::new(ids.programmes.len(), &mandated_by),
            issued_by: Adjacency::new(mandate_ids.len(), &issued_by),
            roles: Adjacency::new(ids.programmes.len(), &turned(&role_of)),
            role_of: Adjacency::new(ids.roles.len(), &role_of),
            projects: Adjacency::new(ids.programmes.len(), &turned(&project_of)),
            held_by: Adjacency::new(ids.roles.len(), &held_by),
            member_of: Adjacency::new(ids.persons.len(), &member_of),
            prepared_by: Adjacency::new(ids.roles.len(), &turned(&prepares)),
            contributes_to: Adjacency::new(ids.benefits.len(), &contributes),
            owned_by: Adjacency::new(ids.benefits.len(), &owned_by),
            delivers: Adjacency::new(ids.projects.len(), &delivers),
            delivered_by: Adjacency::new(ids.benefits.len(), &turned(&delivers)),
            supported_by: Adjacency::new(ids.goals.len(), &turned(&contributes)),
            depends_on: Adjacency::new(ids.projects.len(), &depends_on),
            ids,
        }
    }
}

fn lookup<'a>(ids: &[&'a str]) -> Lookup<'a> {
    (0..).zip(ids).map(|(row, id)| (*id, row)).collect()
}

fn position<S: AsRef<str>>(value: Option<&S>, names: &[&str]) -> u8 {
    let position = value.and_then(|value| names.iter().position(|name| *name == value.as_ref()));
    position.and_then(|position| u8::try_from(position).ok()).unwrap_or(NO_NAME)
}

/// Pairs of rows from lists of ids, one list for each row.
fn pairs<'a, S: AsRef<str> + 'a>(
    lists: impl Iterator<Item = &'a Vec<S>>,
    targets: &Lookup<'_>,
) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for (row, list) in (0..).zip(lists) {
        pairs.extend(list.iter().filter_map(|id| Some((row, *targets.get(id.as_ref())?))));
    }
    pairs
}

fn turned(pairs: &[(u32, u32)]) -> Vec<(u32, u32)> {
    pairs.iter().map(|(from, to)| (*to, *from)).collect()
}
