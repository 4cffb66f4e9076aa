//! The ten rules, written by hand: what an engine could at best be as fast as.

use crate::columns::{
    ACTIVE, ASSURANCE, COMPLETED, Columns, DEFINE, NO_DATE, NO_NAME, NO_NUMBER, SPONSOR, body,
    rows, wide,
};

/// The rows that each rule finds something about.
pub type Found = [Vec<u32>; 10];

/// Room that runs use again.
#[derive(Debug, Default)]
pub struct Room {
    order: Vec<u32>,
    low: Vec<u32>,
    component: Vec<u32>,
    stack: Vec<u32>,
    path: Vec<(u32, u32)>,
    /// Projects by component, and where each component starts.
    members: Vec<u32>,
    starts: Vec<u32>,
    /// The last end among all that a component reaches.
    latest: Vec<i32>,
}

/// Asks all ten rules.
#[inline(never)]
pub fn all(c: &Columns<'_>, room: &mut Room, found: &mut Found) {
    let [r1, r2, r3, r4, r5, r6, r7, r8, r9, r10] = found;
    unmandated(c, r1);
    unsponsored(c, r2);
    unprepared(c, r3);
    aimless(c, r4);
    useless(c, r5);
    components(c, room);
    circular(c, room, r6);
    idle(c, r7);
    overspent(c, r8);
    conflicted(c, r9);
    late(c, room, r10);
}

/// Asks one rule, by its number from 1.
pub fn one(rule: usize, c: &Columns<'_>, room: &mut Room, found: &mut Vec<u32>) {
    match rule {
        1 => unmandated(c, found),
        2 => unsponsored(c, found),
        3 => unprepared(c, found),
        4 => aimless(c, found),
        5 => useless(c, found),
        6 => {
            components(c, room);
            circular(c, room, found);
        }
        7 => idle(c, found),
        8 => overspent(c, found),
        9 => conflicted(c, found),
        _ => {
            components(c, room);
            late(c, room, found);
        }
    }
}

/// What was found, as rule and id, sorted.
pub fn named(c: &Columns<'_>, found: &Found) -> Vec<(usize, String)> {
    let ids = &c.ids;
    let of = [
        &ids.programmes,
        &ids.programmes,
        &ids.roles,
        &ids.benefits,
        &ids.projects,
        &ids.projects,
        &ids.goals,
        &ids.programmes,
        &ids.persons,
        &ids.benefits,
    ];
    let mut named = Vec::new();
    for (rule, (found, ids)) in (1..).zip(found.iter().zip(of)) {
        let ids = found.iter().filter_map(|row| ids.get(wide(*row)));
        named.extend(ids.map(|id| (rule, (*id).to_owned())));
    }
    named.sort_unstable();
    named
}

fn at<T: Copy>(column: &[T], row: u32, otherwise: T) -> T {
    column.get(wide(row)).copied().unwrap_or(otherwise)
}

fn find(found: &mut Vec<u32>, rows: impl Iterator<Item = u32>, breaks: impl Fn(u32) -> bool) {
    found.clear();
    found.extend(rows.filter(|row| breaks(*row)));
}

fn unmandated(c: &Columns<'_>, found: &mut Vec<u32>) {
    find(found, rows(&c.phase), |programme| {
        !c.mandated_by.of(programme).iter().any(|mandate| {
            let issuers = c.issued_by.of(*mandate);
            issuers.iter().any(|issuer| body::FORMAL.contains(&at(&c.body_kind, *issuer, NO_NAME)))
        })
    });
}

fn unsponsored(c: &Columns<'_>, found: &mut Vec<u32>) {
    let in_team = |person: &u32| {
        let bodies = c.member_of.of(*person);
        bodies.iter().any(|body| at(&c.body_kind, *body, NO_NAME) == body::MANAGEMENT_TEAM)
    };
    find(found, rows(&c.phase), |programme| {
        let roles = c.roles.of(programme).iter();
        let mut sponsors = roles.filter(|role| at(&c.role_kind, **role, NO_NAME) == SPONSOR);
        match (sponsors.next(), sponsors.next()) {
            (Some(only), None) => !c.held_by.of(*only).iter().any(in_team),
            _ => true,
        }
    });
}

fn unprepared(c: &Columns<'_>, found: &mut Vec<u32>) {
    found.clear();
    for programme in rows(&c.phase) {
        let phase = at(&c.phase, programme, NO_NAME);
        if phase == NO_NAME || phase < DEFINE {
            continue;
        }
        found.extend(c.roles.of(programme).iter().filter(|role| {
            let mut activities = c.prepared_by.of(**role).iter();
            !activities.any(|activity| at(&c.learning_status, *activity, NO_NAME) == COMPLETED)
        }));
    }
}

fn aimless(c: &Columns<'_>, found: &mut Vec<u32>) {
    find(found, rows(&c.target_date), |benefit| {
        c.contributes_to.of(benefit).is_empty()
            || !c.owned_by.of(benefit).iter().any(|role| !c.held_by.of(*role).is_empty())
    });
}

fn useless(c: &Columns<'_>, found: &mut Vec<u32>) {
    find(found, rows(&c.project_end), |project| c.delivers.of(project).is_empty());
}

fn circular(c: &Columns<'_>, room: &Room, found: &mut Vec<u32>) {
    found.clear();
    for bounds in room.starts.windows(2) {
        let &[start, end] = bounds else { continue };
        match room.members.get(wide(start)..wide(end)) {
            Some([only]) if !c.depends_on.of(*only).contains(only) => {}
            Some(members) => found.extend_from_slice(members),
            None => {}
        }
    }
}

fn idle(c: &Columns<'_>, found: &mut Vec<u32>) {
    find(found, rows(&c.ids.goals), |goal| {
        !c.supported_by.of(goal).iter().any(|benefit| {
            let mut projects = c.delivered_by.of(*benefit).iter();
            projects.any(|project| at(&c.project_status, *project, NO_NAME) == ACTIVE)
        })
    });
}

fn overspent(c: &Columns<'_>, found: &mut Vec<u32>) {
    find(found, rows(&c.programme_budget), |programme| {
        let budget = at(&c.programme_budget, programme, NO_NUMBER);
        let costs = || c.projects.of(programme).iter().map(|p| at(&c.project_budget, *p, 0)).sum();
        budget != NO_NUMBER && budget < costs()
    });
}

fn conflicted(c: &Columns<'_>, found: &mut Vec<u32>) {
    found.clear();
    let is = |role: &u32, kind| at(&c.role_kind, *role, NO_NAME) == kind;
    for programme in rows(&c.phase) {
        let roles = c.roles.of(programme);
        for sponsor in roles.iter().filter(|role| is(role, SPONSOR)) {
            for holder in c.held_by.of(*sponsor) {
                let mut watchers = roles.iter().filter(|role| is(role, ASSURANCE));
                if watchers.any(|role| c.held_by.of(*role).contains(holder)) {
                    found.push(*holder);
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
}

/// Components come with those first that others need.
fn late(c: &Columns<'_>, room: &mut Room, found: &mut Vec<u32>) {
    let Room { component, members, starts, latest, .. } = room;
    latest.clear();
    for (number, bounds) in (0..).zip(starts.windows(2)) {
        let &[start, end] = bounds else { continue };
        let mut last = NO_DATE;
        for member in members.get(wide(start)..wide(end)).unwrap_or_default() {
            last = last.max(at(&c.project_end, *member, NO_DATE));
            for need in c.depends_on.of(*member) {
                let needed = at(component, *need, NONE);
                if needed != number {
                    last = last.max(at(latest, needed, NO_DATE));
                }
            }
        }
        latest.push(last);
    }
    find(found, rows(&c.target_date), |benefit| {
        let date = at(&c.target_date, benefit, NO_DATE);
        date != NO_DATE
            && c.delivered_by
                .of(benefit)
                .iter()
                .any(|project| at(latest, at(component, *project, NONE), NO_DATE) > date)
    });
}

const NONE: u32 = u32::MAX;

/// The strongly connected components of the dependencies between projects, those first that others need:
/// Tarjan's algorithm with a stack of its own.
fn components(c: &Columns<'_>, room: &mut Room) {
    let projects = c.project_end.len();
    let Room { order, low, component, stack, path, members, starts, .. } = room;
    for column in [&mut *order, &mut *low, &mut *component] {
        column.clear();
        column.resize(projects, NONE);
    }
    members.clear();
    starts.clear();
    starts.push(0);
    let mut seen = 0;
    for root in rows(&c.project_end) {
        if at(order, root, 0) != NONE {
            continue;
        }
        path.push((root, 0));
        while let Some((project, next)) = path.last_mut() {
            let project = *project;
            if *next == 0 {
                put(order, project, seen);
                put(low, project, seen);
                seen += 1;
                stack.push(project);
            }
            let need = c.depends_on.of(project).get(wide(*next)).copied();
            *next += 1;
            match need {
                Some(need) if at(order, need, 0) == NONE => path.push((need, 0)),
                Some(need) => {
                    if at(component, need, NONE) == NONE {
                        lower(low, project, at(order, need, NONE));
                    }
                }
                None => {
                    path.pop();
                    let lowest = at(low, project, NONE);
                    if let Some((parent, _)) = path.last() {
                        lower(low, *parent, lowest);
                    }
                    if lowest == at(order, project, 0) {
                        let number = u32::try_from(starts.len() - 1).unwrap_or(NONE);
                        while let Some(member) = stack.pop() {
                            put(component, member, number);
                            members.push(member);
                            if member == project {
                                break;
                            }
                        }
                        starts.push(u32::try_from(members.len()).unwrap_or(NONE));
                    }
                }
            }
        }
    }
}

fn put(column: &mut [u32], row: u32, value: u32) {
    if let Some(place) = column.get_mut(wide(row)) {
        *place = value;
    }
}

fn lower(column: &mut [u32], row: u32, value: u32) {
    if let Some(place) = column.get_mut(wide(row)) {
        *place = value.min(*place);
    }
}
