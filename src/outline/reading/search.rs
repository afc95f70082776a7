//! The cheapest reading of a sequence of candidates.
//!
//! Each candidate is either ordinary text, at the price of its evidence, or an item: it begins a list, carries
//! the number that is expected, or carries another at the price of the slip (`prices.tsv`). The cheapest
//! reading says which candidates are items, and of which list.

use std::sync::LazyLock;

use crate::paragraph::Family;
use crate::paragraph::marker::LAST;
use crate::text::tables::PRICES;

/// How many readings are followed at once.
const BEAM: usize = 10;
/// Paragraphs behind which a list hardly goes on.
const FAR: u32 = 60;
/// Paragraphs behind which a list inside a paragraph hardly goes on with one of its own.
const NEAR: u32 = 6;

/// The rows of `prices.tsv`.
pub struct Prices {
    open: i32,
    start: i32,
    start_step: i32,
    fit: i32,
    wrong: i32,
    wrong_on: i32,
    wrong_step: i32,
    gap: i32,
    gap_step: i32,
    duplicate: i32,
    duplicate_first: i32,
    swap: i32,
    nest: i32,
    mixed: i32,
    mixed_on: i32,
    cross: i32,
    carry: i32,
    carry_step: i32,
    carry_slip: i32,
    far: i32,
    turned: i32,
    pub joined: i32,
    company: i32,
    pub parent: i32,
}

pub fn prices() -> &'static Prices {
    static READ: LazyLock<Prices> = LazyLock::new(|| {
        let price = |name| PRICES.get(name);
        Prices {
            open: price("open"),
            start: price("start"),
            start_step: price("start-step"),
            fit: price("match"),
            wrong: price("wrong"),
            wrong_on: price("wrong-on"),
            wrong_step: price("wrong-step"),
            gap: price("gap"),
            gap_step: price("gap-step"),
            duplicate: price("duplicate"),
            duplicate_first: price("duplicate-first"),
            swap: price("swap"),
            nest: price("nest"),
            mixed: price("mixed"),
            mixed_on: price("mixed-on"),
            cross: price("cross"),
            carry: price("carry"),
            carry_step: price("carry-step"),
            carry_slip: price("carry-slip"),
            far: price("far"),
            turned: price("turned"),
            joined: price("joined"),
            company: price("company"),
            parent: price("parent"),
        }
    });
    &READ
}

/// A candidate as the search sees it.
#[derive(Clone, Copy)]
pub struct Entry {
    pub family: Family,
    pub value: u32,
    pub price: i32,
    pub toll: i32,
    pub unit: u32,
    pub head: bool,
    /// How many headings that part lists of this family stand before it.
    pub wall: u32,
    pub guest: bool,
    /// Nothing speaks against it.
    pub firm: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Match,
    Return,
    Open,
    Skip,
    Swap,
    Swapped,
    Wrong,
    Gap,
    Duplicate,
    Nest,
    /// One less than the number before: 三要……二要……一要…….
    Turned,
}

#[derive(Clone, Copy)]
struct State {
    /// The number expected next; 0: no list has begun.
    expected: u32,
    /// The number that the outer list goes on with; 0: there is none.
    outer: u32,
    run: u8,
    /// The last item.
    last: u32,
    cost: i32,
    step: Step,
    /// By how much the last item is wrong.
    shift: i32,
    /// What two equal numbers cost: given back where the list counts on.
    debt: i32,
    from: u8,
}

/// The cheapest reading of a sequence of candidates: for each its chain and step, `None` where it is
/// ordinary text.
pub fn read(entries: &[Entry]) -> Vec<Option<(u32, Step)>> {
    let p = prices();
    let mut all: Vec<Vec<State>> = Vec::with_capacity(entries.len());
    let start =
        [State { expected: 0, outer: 0, run: 0, last: 0, cost: 0, step: Step::Skip, shift: 0, debt: 0, from: 0 }];
    for (i, entry) in entries.iter().enumerate() {
        let before: &[State] = all.last().map_or(&start, |s| s.as_slice());
        let mut next: Vec<State> = Vec::with_capacity(before.len() * 4);
        let value = entry.value;
        for (from, state) in before.iter().enumerate() {
            let from = from as u8;
            // Two equal numbers are no list.
            let equal = state.expected == 2 && state.run == 1 && value == 1 && !entry.head;
            let nothing = if equal && entry.family != Family::Side { p.duplicate_first } else { 0 };
            let mut push = |step, expected, outer, run: u8, cost, shift| {
                let last = if step == Step::Skip { state.last } else { i as u32 };
                let debt = match step {
                    Step::Skip | Step::Swap | Step::Swapped => state.debt,
                    Step::Wrong | Step::Duplicate => nothing,
                    _ => 0,
                };
                next.push(State {
                    expected,
                    outer,
                    run: run.min(3),
                    last,
                    cost: state.cost + cost,
                    step,
                    shift,
                    debt,
                    from,
                });
            };
            if state.step == Step::Swap {
                push(Step::Swapped, value + 2, state.outer, state.run + 1, p.fit, 0);
                continue;
            }
            let last = entries.get(state.last as usize).filter(|_| state.expected > 0);
            // Ordinary text: less likely in the middle of a list.
            let next_to =
                |last: &Entry| last.unit == entry.unit || last.head && entry.head && last.unit + 1 == entry.unit;
            let inside = last.is_some_and(next_to) && (state.run > 1 || value == state.expected) && entry.firm;
            let price = entry.price + if inside { p.company } else { 0 };
            push(Step::Skip, state.expected, state.outer, state.run, price, state.shift);
            let guest = match last {
                _ if !entry.guest => 0,
                Some(last) if last.guest && last.family == entry.family => p.mixed_on,
                _ => p.mixed,
            };
            let take = entry.toll + guest;
            if value != LAST && (!entry.guest || value == 1) {
                let late = match entry.family {
                    Family::Article => 0,
                    _ if value == 1 => 0,
                    _ => p.start + p.start_step * (value as i32 - 1).min(20),
                };
                push(Step::Open, value + 1, 0, 1, take + p.open + late, 0);
            }
            let Some(last) = last else { continue };
            let e = state.expected;
            let apart = (entry.unit - last.unit).min(1000);
            // Inside a paragraph an item in other words belongs to a list of that paragraph.
            if entry.guest && !entry.head && !last.head && apart > 0 {
                continue;
            }
            let inside = !entry.head || !last.head && apart > NEAR;
            let way = match () {
                () if apart == 0 => 0,
                () if entry.wall != last.wall && !inside => p.cross,
                () if inside => p.carry + p.carry_step * apart.min(20) as i32,
                () if apart > FAR => p.far,
                () => 0,
            };
            let cost = take + way;
            if value == LAST {
                if e > 2 && e < LAST {
                    push(Step::Match, LAST + 1, state.outer, state.run + 1, cost, 0);
                }
                continue;
            }
            if e > LAST {
                continue;
            }
            if state.outer > 0 && value == state.outer && entry.wall == last.wall {
                push(Step::Return, value + 1, 0, 3, cost + p.fit, 0);
            }
            if value == e {
                push(Step::Match, e + 1, state.outer, state.run + 1, cost + p.fit - state.debt, 0);
                continue;
            }
            if entry.guest {
                // 首先，……其次，……第四，……: the third is lost.
                if last.family == Family::First && entry.family == Family::Nth && state.run > 1 && value == e + 1 {
                    push(Step::Gap, value + 1, state.outer, state.run + 1, cost + p.gap, 0);
                }
                continue;
            }
            // A slip inside a paragraph, of a list of paragraphs, may as well be another list.
            let apart_from = apart > 0 || last.head && state.run > 1;
            let cost = if !entry.head && apart_from { cost + p.carry_slip } else { cost };
            let pair = matches!(entry.family, Family::Side);
            let shift = value as i32 - e as i32;
            if !pair {
                let wrong = match state.step {
                    Step::Wrong if state.shift == shift => p.wrong_on,
                    _ => p.wrong + p.wrong_step * (shift.abs() - 1).min(15),
                };
                push(Step::Wrong, e + 1, state.outer, state.run + 1, cost + wrong + nothing, shift);
            }
            let turns = state.step == Step::Turned || state.step == Step::Open && last.value > 2;
            if turns && apart == 0 && value + 1 == last.value {
                push(Step::Turned, e, state.outer, state.run + 1, cost + p.turned, 0);
            }
            if value > e {
                let gap = p.gap + p.gap_step * (value - e - 1).min(30) as i32;
                push(Step::Gap, value + 1, state.outer, state.run + 1, cost + gap, 0);
            }
            if e > 1 && value + 1 == e {
                let price = if pair { 0 } else { p.duplicate + nothing };
                push(Step::Duplicate, e, state.outer, state.run + 1, cost + price, 0);
            }
            if value == e + 1 && entries.get(i + 1).is_some_and(|behind| behind.value == e && !behind.guest) {
                push(Step::Swap, e, state.outer, state.run + 1, cost + p.swap, 0);
            }
            let near = apart == 0 || entry.head || last.head && apart <= NEAR;
            if value == 1 && state.outer == 0 && !pair && entry.wall == last.wall && near {
                push(Step::Nest, 2, e, 1, cost + p.nest, 0);
            }
        }
        next.sort_by_key(|s| (s.cost, s.step as u8));
        let mut kept: Vec<State> = Vec::with_capacity(BEAM);
        for state in next {
            let same = |k: &State| {
                k.expected == state.expected
                    && k.outer == state.outer
                    && k.run.min(2) == state.run.min(2)
                    && (k.step == Step::Swap) == (state.step == Step::Swap)
                    && (k.step == Step::Turned) == (state.step == Step::Turned)
            };
            if !kept.iter().any(same) {
                kept.push(state);
                if kept.len() == BEAM {
                    break;
                }
            }
        }
        all.push(kept);
    }
    trace(&all)
}

fn trace(all: &[Vec<State>]) -> Vec<Option<(u32, Step)>> {
    let mut steps = vec![Step::Skip; all.len()];
    let mut at = 0;
    for i in (0..all.len()).rev() {
        let state = all[i][at];
        steps[i] = state.step;
        at = state.from as usize;
    }
    let (mut count, mut chain, mut outer) = (0, 0, 0);
    steps
        .into_iter()
        .map(|step| {
            match step {
                Step::Skip => return None,
                Step::Open => {
                    chain = count;
                    count += 1;
                }
                Step::Nest => {
                    outer = chain;
                    chain = count;
                    count += 1;
                }
                Step::Return => chain = outer,
                _ => {}
            }
            Some((chain, step))
        })
        .collect()
}
