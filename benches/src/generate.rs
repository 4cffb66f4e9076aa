//! Portfolios that are made up: always the same for the same size and seed.
//!
//! To each programme belong 4 goals, 12 benefits, 20 projects, 12 roles, 3 mandates, 10 learning activities, 8
//! documents and 5 risks, and from pools that all programmes share 24 persons and a body. Most of what the rules
//! ask is in order; some of it is broken on purpose, so that every rule finds something.

use crate::dates;
use crate::portfolio::{
    Benefit, Body, Document, Goal, LearningActivity, Mandate, Person, Portfolio, Programme,
    Project, Risk, Role,
};
use crate::random::Random;

const BODY_KINDS: [&str; 5] = ["council", "executive", "management_team", "board", "advisory"];
const PROJECTS: usize = 20;
const PERSONS: usize = 24;

/// What is made up: so many programmes, and a chain through that many projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Programmes; each brings about a hundred elements.
    pub programmes: usize,
    /// Projects from the first on that are chained, each depending on the one before.
    pub chain: usize,
}

impl Size {
    /// So many programmes, and no chain.
    pub fn plain(programmes: usize) -> Self {
        Self { programmes, chain: 0 }
    }
}

/// Makes up a portfolio.
pub fn generate(size: Size, seed: u64) -> Portfolio<String> {
    let mut maker = Maker::new(size.programmes, seed);
    maker.pools();
    for number in 0..size.programmes {
        maker.programme(number);
    }
    maker.cycles();
    maker.chain(size.chain);
    maker.finish()
}

struct Maker {
    random: Random,
    programmes: usize,
    made: Portfolio<String>,
    /// The body kind of each body, and the bodies of each kind.
    bodies: Vec<Vec<usize>>,
    in_management_team: Vec<bool>,
    memberships: Vec<Vec<usize>>,
    /// Of each project, what it depends on, and its last day.
    dependencies: Vec<Vec<usize>>,
    ends: Vec<Option<i32>>,
    /// Of each benefit, the projects that deliver it, and a day for one without.
    deliverers: Vec<(Vec<usize>, i32)>,
}

/// What is broken about the sponsor of a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sponsor {
    Sound,
    None,
    Two,
    Outside,
    Vacant,
}

impl Maker {
    fn new(programmes: usize, seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            programmes,
            made: Portfolio { spelregel: 1, ..Portfolio::default() },
            bodies: vec![Vec::new(); BODY_KINDS.len()],
            in_management_team: Vec::new(),
            memberships: Vec::new(),
            dependencies: Vec::new(),
            ends: Vec::new(),
            deliverers: Vec::new(),
        }
    }

    fn day(&mut self, below: usize) -> i32 {
        i32::try_from(self.random.below(below)).unwrap_or(0)
    }

    fn number(&mut self, below: usize) -> i64 {
        i64::try_from(self.random.below(below)).unwrap_or(0)
    }

    /// Bodies and persons, which programmes share.
    fn pools(&mut self) {
        let bodies = self.programmes.max(10);
        for body in 0..bodies {
            // One of each kind to begin with, so that there is one.
            let weights = [(15, 0), (20, 1), (30, 2), (20, 3), (15, 4)];
            let kind =
                if body < 5 { body } else { self.random.weighted(&weights).unwrap_or_default() };
            if let Some(of_kind) = self.bodies.get_mut(kind) {
                of_kind.push(body);
            }
            self.in_management_team.push(kind == 2);
            self.made.bodies.push(Body {
                id: format!("BODY{body}"),
                name: format!("Body {body}"),
                kind: BODY_KINDS.get(kind).map(|kind| (*kind).to_owned()),
            });
        }
        for _ in 0..PERSONS * self.programmes {
            let count = self.random.weighted(&[(10, 0), (65, 1), (25, 2)]).unwrap_or_default();
            let mut of: Vec<usize> = (0..count).map(|_| self.random.below(bodies)).collect();
            of.sort_unstable();
            of.dedup();
            self.memberships.push(of);
        }
    }

    /// A body of one of the kinds.
    fn body(&mut self, kinds: &[usize]) -> usize {
        let kind = self.random.choose(kinds).unwrap_or_default();
        let bodies = self.bodies.get(kind).map_or(&[][..], Vec::as_slice);
        self.random.choose(bodies).unwrap_or_default()
    }

    /// Most often somebody of the programme's own.
    fn person(&mut self, programme: usize) -> usize {
        if self.random.thousandths(800) {
            PERSONS * programme + self.random.below(PERSONS)
        } else {
            self.random.below(self.memberships.len())
        }
    }

    fn sits_in_a_management_team(&self, person: usize) -> bool {
        let of = self.memberships.get(person).map_or(&[][..], Vec::as_slice);
        of.iter().any(|body| self.in_management_team.get(*body) == Some(&true))
    }

    fn programme(&mut self, number: usize) {
        let id = format!("P{number}");
        let start = self.day(365);
        let phases = [
            (15, Some("identify")),
            (20, Some("define")),
            (35, Some("deliver")),
            (20, Some("embed")),
            (8, Some("close")),
            (2, None),
        ];
        let phase = self.random.weighted(&phases).flatten().map(str::to_owned);
        let goals = self.goals(&id);
        let roles = self.roles(number, &id);
        let mandated_by = self.mandates(&id, start);
        self.learning(&id, &roles);
        let benefits = self.benefits(&id, &goals, &roles, start);
        let costs = self.projects(number, &id, start, &benefits, &roles);
        let budget = (!self.random.thousandths(30)).then(|| {
            let per_mille = if self.random.thousandths(50) { 900 } else { 1050 + self.number(300) };
            costs * per_mille / 1000
        });
        self.paperwork(&id);
        self.made.programmes.push(Programme {
            name: format!("Programme {number}"),
            id,
            phase,
            start: Some(dates::text(start)),
            end: Some(dates::text(start + 1500)),
            budget,
            mandated_by,
        });
    }

    /// The goals; those that benefits may serve are returned: now and then one goal is left out.
    fn goals(&mut self, programme: &str) -> Vec<usize> {
        let left_out = if self.random.thousandths(100) { self.random.below(4) } else { 4 };
        let first = self.made.goals.len();
        for number in 0..4 {
            let (baseline, more) = (self.number(100), self.number(100));
            self.made.goals.push(Goal {
                id: format!("{programme}-G{number}"),
                name: format!("Goal {programme}-G{number}"),
                baseline: Some(baseline),
                target: Some(100 + more),
                goal_of: vec![programme.to_owned()],
            });
        }
        (0..4).filter(|number| *number != left_out).map(|number| first + number).collect()
    }

    fn roles(&mut self, number: usize, programme: &str) -> Vec<String> {
        let mut kinds = ["sponsor", "programme_manager", "change_manager", "assurance"].to_vec();
        kinds.extend(["project_lead"; 4]);
        kinds.extend(["benefit_owner"; 3]);
        kinds.push("architect");
        let broken = [Sponsor::None, Sponsor::Two, Sponsor::Outside, Sponsor::Vacant];
        let sponsor = if self.random.thousandths(50) {
            self.random.choose(&broken).unwrap_or(Sponsor::Sound)
        } else {
            Sponsor::Sound
        };
        let is_own_assurance = self.random.thousandths(50);
        let mut holder_of_first = None;
        let mut ids = Vec::with_capacity(kinds.len());
        for (position, kind) in kinds.into_iter().enumerate() {
            let kind = match (position, sponsor) {
                (0, Sponsor::None) => "architect",
                (4, Sponsor::Two) => "sponsor",
                _ => kind,
            };
            let vacant = match position {
                0 => sponsor == Sponsor::Vacant,
                _ => self.random.thousandths(15),
            };
            let mut holders = Vec::new();
            if !vacant {
                let mut holder = self.person(number);
                if kind == "sponsor" {
                    holder = self.sponsor(number, holder, sponsor);
                }
                if let (3, Some(first)) = (position, holder_of_first) {
                    while !is_own_assurance && holder == first {
                        holder = self.person(number);
                    }
                    if is_own_assurance {
                        holder = first;
                    }
                }
                holders.push(holder);
                if !["sponsor", "assurance"].contains(&kind) && self.random.thousandths(20) {
                    holders.push(self.person(number));
                    holders.dedup();
                }
            }
            if position == 0 {
                holder_of_first = holders.first().copied();
            }
            let id = format!("{programme}-R{position}");
            self.made.roles.push(Role {
                name: format!("Role {id}"),
                id: id.clone(),
                kind: Some(kind.to_owned()),
                role_of: vec![programme.to_owned()],
                held_by: holders.iter().map(|holder| format!("PER{holder}")).collect(),
            });
            ids.push(id);
        }
        ids
    }

    /// A holder for the sponsor's role: in a management team, or on purpose not.
    fn sponsor(&mut self, programme: usize, mut holder: usize, sponsor: Sponsor) -> usize {
        if sponsor == Sponsor::Outside {
            while self.sits_in_a_management_team(holder) {
                holder = self.person(programme);
            }
        } else if !self.sits_in_a_management_team(holder) {
            let team = self.body(&[2]);
            if let Some(of) = self.memberships.get_mut(holder) {
                of.push(team);
                of.sort_unstable();
            }
        }
        holder
    }

    fn mandates(&mut self, programme: &str, start: i32) -> Vec<String> {
        let is_unmandated = self.random.thousandths(50);
        let mut given = Vec::new();
        for number in 0..3 {
            let id = format!("{programme}-M{number}");
            let earlier = self.day(200);
            let mut issued_by = Vec::new();
            if !(is_unmandated && number == 2) {
                let kinds = if is_unmandated || number > 0 { [3, 4] } else { [0, 1] };
                issued_by.push(format!("BODY{}", self.body(&kinds)));
                given.push(id.clone());
            }
            self.made.mandates.push(Mandate {
                name: format!("Mandate {id}"),
                id,
                start: Some(dates::text(start - earlier)),
                issued_by,
            });
        }
        given
    }

    fn learning(&mut self, programme: &str, roles: &[String]) {
        let first = self.made.learning_activities.len();
        let statuses =
            [(67, Some("completed")), (15, Some("planned")), (15, Some("in_progress")), (3, None)];
        for number in 0..10 {
            let status = match number {
                0 => Some("completed"),
                _ => self.random.weighted(&statuses).flatten(),
            };
            let id = format!("{programme}-L{number}");
            self.made.learning_activities.push(LearningActivity {
                name: format!("Learning {id}"),
                id,
                status: status.map(str::to_owned),
                prepares: Vec::new(),
            });
        }
        let activities = self.made.learning_activities.iter().enumerate().skip(first);
        let (done, open): (Vec<_>, Vec<_>) =
            activities.partition(|(_, activity)| activity.status.as_deref() == Some("completed"));
        let positions = |part: Vec<(usize, _)>| part.into_iter().map(|(at, _)| at).collect();
        let (done, open): (Vec<usize>, Vec<usize>) = (positions(done), positions(open));
        for role in roles {
            let unprepared = self.random.thousandths(50);
            let mut by = Vec::new();
            if !unprepared {
                by.extend(self.random.choose(&done));
            }
            if self.random.thousandths(if unprepared { 600 } else { 250 }) {
                by.extend(self.random.choose(&open));
            }
            for activity in by {
                if let Some(activity) = self.made.learning_activities.get_mut(activity) {
                    activity.prepares.push(role.clone());
                }
            }
        }
    }

    /// The benefits; their positions are returned.
    fn benefits(
        &mut self,
        programme: &str,
        goals: &[usize],
        roles: &[String],
        start: i32,
    ) -> Vec<usize> {
        let first = self.made.benefits.len();
        for number in 0..12 {
            let id = format!("{programme}-B{number}");
            let (baseline, more) = (self.number(100), self.number(100));
            let is_broken = self.random.thousandths(35);
            let aimless = is_broken && self.random.thousandths(500);
            let ownerless = is_broken && !aimless;
            let count = 1 + self.random.below(2);
            let served = if aimless { Vec::new() } else { self.random.sample(goals, count) };
            let served = served.into_iter().filter_map(|goal| self.made.goals.get(goal));
            let contributes_to = served.map(|goal| goal.id.clone()).collect();
            let owner = roles.get(self.random.below(roles.len())).filter(|_| !ownerless);
            self.made.benefits.push(Benefit {
                name: format!("Benefit {id}"),
                id,
                baseline: Some(baseline),
                target: Some(100 + more),
                target_date: None,
                contributes_to,
                owned_by: owner.cloned().into_iter().collect(),
            });
            self.deliverers.push((Vec::new(), start + 1000));
        }
        (first..self.made.benefits.len()).collect()
    }

    /// The projects; what they cost together is returned.
    fn projects(
        &mut self,
        number: usize,
        programme: &str,
        programme_start: i32,
        benefits: &[usize],
        roles: &[String],
    ) -> i64 {
        let first = self.made.projects.len();
        let is_idle = self.random.thousandths(25);
        let statuses = [(30, Some("planned")), (45, Some("active")), (23, Some("done")), (2, None)];
        let mut costs = 0;
        for position in 0..PROJECTS {
            let own = first + position;
            let mut needs = Vec::new();
            if position > 0 {
                let count = self.random.weighted(&[(20, 0), (50, 1), (30, 2)]).unwrap_or_default();
                for _ in 0..count {
                    let back = 1 + self.random.below(8);
                    let other = first + position.saturating_sub(back);
                    if !needs.contains(&other) {
                        needs.push(other);
                    }
                }
            }
            let mut start = programme_start + self.day(60);
            for need in &needs {
                if let Some(Some(end)) = self.ends.get(*need).copied() {
                    start = start.max(end + self.day(20));
                }
            }
            let end = start + 30 + self.day(150);
            if number > 0 && self.random.thousandths(20) {
                needs.push(self.random.below(first));
            }
            self.dependencies.push(needs);
            let status = match self.random.weighted(&statuses).flatten() {
                Some("active") if is_idle => Some("planned"),
                status => status,
            };
            let budget = (!self.random.thousandths(30)).then(|| 50 + self.number(950));
            costs += budget.unwrap_or(0);
            let end = (!self.random.thousandths(30)).then_some(end);
            self.ends.push(end);
            let mut delivers = Vec::new();
            if !self.random.thousandths(50) {
                let count = self.random.weighted(&[(40, 1), (40, 2), (20, 3)]).unwrap_or(1);
                for benefit in self.random.sample(benefits, count) {
                    if let Some((by, _)) = self.deliverers.get_mut(benefit) {
                        by.push(own);
                    }
                    delivers.extend(self.made.benefits.get(benefit).map(|b| b.id.clone()));
                }
            }
            // The fifth to eighth roles lead projects.
            let lead = roles.get(4 + self.random.below(4)).cloned();
            let lead = if self.random.thousandths(20) { None } else { lead };
            let id = project_id(own);
            self.made.projects.push(Project {
                name: format!("Project {id}"),
                id,
                status: status.map(str::to_owned),
                start: Some(dates::text(start)),
                end: end.map(dates::text),
                budget,
                project_of: vec![programme.to_owned()],
                delivers,
                led_by: lead.into_iter().collect(),
                depends_on: Vec::new(),
            });
        }
        costs
    }

    fn paperwork(&mut self, programme: &str) {
        for number in 0..8 {
            let id = format!("{programme}-D{number}");
            let kind = self.random.choose(&["plan", "report", "charter"]);
            let status = self.random.choose(&["draft", "final"]);
            self.made.documents.push(Document {
                name: format!("Document {id}"),
                id,
                kind: kind.map(str::to_owned),
                status: status.map(str::to_owned),
                documents: vec![programme.to_owned()],
            });
        }
        for number in 0..5 {
            let id = format!("{programme}-K{number}");
            let kind = self.random.choose(&["high", "medium", "low"]);
            self.made.risks.push(Risk {
                name: format!("Risk {id}"),
                id,
                kind: kind.map(str::to_owned),
                threatens: vec![programme.to_owned()],
            });
        }
    }

    fn depend(&mut self, project: usize, on: usize) {
        if let Some(needs) = self.dependencies.get_mut(project)
            && !needs.contains(&on)
        {
            needs.push(on);
        }
    }

    /// Closes some short ways into cycles, ties some projects to themselves, and some programmes to others.
    fn cycles(&mut self) {
        for programme in 0..self.programmes {
            if self.random.thousandths(300) {
                let end = PROJECTS * programme + 4 + self.random.below(PROJECTS - 4);
                let mut start = end;
                for _ in 0..=self.random.below(3) {
                    let needs = self.dependencies.get(start).map_or(&[][..], Vec::as_slice);
                    let Some(next) = self.random.choose(needs) else { break };
                    start = next;
                }
                if start != end {
                    self.depend(start, end);
                }
            }
            if self.random.thousandths(5) {
                let project = PROJECTS * programme + self.random.below(PROJECTS);
                self.depend(project, project);
            }
        }
        if self.programmes > 1 {
            for _ in 0..(self.programmes / 40).max(1) {
                let one = self.random.below(self.dependencies.len());
                let other = self.random.below(self.dependencies.len());
                if one / PROJECTS != other / PROJECTS {
                    self.depend(one, other);
                    self.depend(other, one);
                }
            }
        }
    }

    fn chain(&mut self, length: usize) {
        for project in 1..length.min(self.dependencies.len()) {
            self.depend(project, project - 1);
        }
    }

    /// Writes what is known only now: dependencies, memberships, and for each benefit a date that is, as a
    /// rule, after all that it needs.
    fn finish(mut self) -> Portfolio<String> {
        for (project, needs) in self.made.projects.iter_mut().zip(&self.dependencies) {
            project.depends_on = needs.iter().map(|need| project_id(*need)).collect();
        }
        let latest = latest_ends(&self.dependencies, &self.ends);
        for benefit in 0..self.made.benefits.len() {
            let Some((by, otherwise)) = self.deliverers.get(benefit) else { continue };
            let last = by.iter().filter_map(|project| latest.get(*project).copied().flatten());
            let (last, otherwise) = (last.max(), *otherwise);
            let unknown = self.random.thousandths(30);
            let day = match last {
                None => otherwise,
                Some(last) if self.random.thousandths(50) => last - 1 - self.day(60),
                Some(last) if self.random.thousandths(20) => last,
                Some(last) => last + self.day(400),
            };
            if let Some(benefit) = self.made.benefits.get_mut(benefit) {
                benefit.target_date = (!unknown).then(|| dates::text(day));
            }
        }
        for (number, of) in self.memberships.iter().enumerate() {
            self.made.persons.push(Person {
                id: format!("PER{number}"),
                name: format!("Person {number}"),
                member_of: of.iter().map(|body| format!("BODY{body}")).collect(),
            });
        }
        self.made
    }
}

fn project_id(project: usize) -> String {
    format!("P{}-J{}", project / PROJECTS, project % PROJECTS)
}

/// The last end among each project and all that it needs, over any number of steps: rounds over all projects
/// until nothing changes, from the first to the last and back, since most needs lie just before.
fn latest_ends(dependencies: &[Vec<usize>], ends: &[Option<i32>]) -> Vec<Option<i32>> {
    let mut latest = ends.to_vec();
    let mut changed = true;
    while changed {
        changed = false;
        let forth = 0..dependencies.len();
        for project in forth.clone().chain(forth.rev()) {
            let needs = dependencies.get(project).map_or(&[][..], Vec::as_slice);
            let last = needs.iter().filter_map(|need| latest.get(*need).copied().flatten()).max();
            if let Some(known) = latest.get_mut(project)
                && last > *known
            {
                (*known, changed) = (last, true);
            }
        }
    }
    latest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portfolios_are_of_the_size_asked_for_and_always_the_same() {
        let portfolio = generate(Size::plain(30), 1);
        let elements = portfolio.programmes.len()
            + portfolio.goals.len()
            + portfolio.benefits.len()
            + portfolio.projects.len()
            + portfolio.roles.len()
            + portfolio.persons.len()
            + portfolio.bodies.len()
            + portfolio.mandates.len()
            + portfolio.learning_activities.len()
            + portfolio.documents.len()
            + portfolio.risks.len();
        assert_eq!(elements, 3000);
        assert_eq!(portfolio, generate(Size::plain(30), 1));
        assert_ne!(portfolio, generate(Size::plain(30), 2));
    }

    #[test]
    fn a_chain_goes_through_all_its_projects() {
        let portfolio = generate(Size { programmes: 3, chain: 50 }, 1);
        let chained = portfolio.projects.iter().zip(portfolio.projects.iter().skip(1)).take(49);
        assert!(
            chained.into_iter().all(|(before, project)| project.depends_on.contains(&before.id))
        );
    }
}
