//! Explaining the values of a list at least cost.
//!
//! `一 一 三 四` is one wrong numeral, `一 二 二 三` one repeated item, `一 二 四 五` one gap. Each item is
//! explained as matching what is expected, or as one of a few slips with a cost; the cheapest
//! explanation of the whole list is reported, one report for each slip.

/// A slip in a list. Indices are places in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defect {
    /// The items `first..=last` carry wrong numerals; right are `expected`, `expected + 1`, …
    Wrong { first: usize, last: usize, expected: u32 },
    /// The item repeats the number before it; it and all that follow count one too low.
    Duplicate { at: usize, expected: u32 },
    /// Numbers are left out before the item.
    Gap { at: usize, expected: u32 },
    /// The list begins with another number than one.
    Start { found: u32 },
    /// The last item: either its number is wrong or an item is missing before it.
    Tail { at: usize, expected: u32 },
    /// Two neighbours stand in each other's place.
    Swap { first: usize, expected: u32 },
    /// Too much is wrong for an explanation.
    Disorder,
}

impl Defect {
    /// The item to blame.
    pub const fn place(&self) -> usize {
        match *self {
            Self::Wrong { first, .. } | Self::Swap { first, .. } => first,
            Self::Duplicate { at, .. } | Self::Gap { at, .. } | Self::Tail { at, .. } => at,
            Self::Start { .. } | Self::Disorder => 0,
        }
    }
}

const WRONG: u32 = 100;
const DUPLICATE: u32 = 105;
const SWAP: u32 = 100;
/// From this cost on the list as a whole is reported.
const DISORDER: u32 = 300;
/// How many explanations are followed at once.
const BEAM: usize = 16;
/// Explanations that differ by less are equally good.
const TORN: u32 = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Match,
    Wrong,
    Gap,
    Duplicate,
    Restart,
    Swap,
    /// The second of two swapped items.
    Swapped,
}

#[derive(Clone, Copy, Debug)]
struct State {
    expected: u32,
    /// The items of the run so far.
    run: u32,
    cost: u32,
    defects: u32,
    step: Step,
    /// The place of the state before, in the states of the item before.
    from: usize,
}

/// What is wrong with a list, and how sure that is.
#[derive(Clone, Debug, Default)]
pub struct Explained {
    pub defects: Vec<Defect>,
    /// How much more the best explanation costs that blames other items.
    pub margin: u32,
    /// That one is as good.
    pub torn: bool,
}

/// [`explain`] with the distance to the next best explanation.
pub fn explained(values: &[u32]) -> Explained {
    let defects = explain(values);
    if defects.is_empty() {
        return Explained::default();
    }
    let states = search(values);
    let Some(last) = states.last() else { return Explained::default() };
    let blamed = |at: usize| -> Vec<usize> {
        let steps = trace_from(&states, at);
        let sound = |step: Step| matches!(step, Step::Match | Step::Restart | Step::Swapped);
        (0..steps.len()).filter(|&i| !sound(steps[i].0)).collect()
    };
    let mut order: Vec<usize> = (0..last.len()).collect();
    order.sort_by_key(|&at| (last[at].cost, at));
    let Some(&best) = order.first() else { return Explained::default() };
    let first = blamed(best);
    let other = order[1..].iter().find(|&&at| !blamed(at).iter().any(|i| first.contains(i)));
    let margin = other.map_or(DISORDER, |&at| last[at].cost - last[best].cost);
    Explained { defects, margin, torn: margin < TORN }
}

/// What is wrong with a list that has these values. A list may start again at one when a run of two
/// or more stands before it and two follows.
pub fn explain(values: &[u32]) -> Vec<Defect> {
    if is_sound(values) || values.len() < 2 {
        return Vec::new();
    }
    // 二 三 四
    if values[0] > 1 && values.windows(2).all(|w| w[1] == w[0] + 1) {
        return vec![Defect::Start { found: values[0] }];
    }
    // 十 十一 十三: that it does not begin with one is enough to say.
    if values[0] > 2 && values.windows(2).all(|w| w[1] > w[0] && w[1] - w[0] <= 3) {
        return vec![Defect::Start { found: values[0] }];
    }
    // 一 一 一
    if values.windows(2).all(|w| w[0] == w[1]) && values[0] == 1 {
        return vec![Defect::Duplicate { at: 1, expected: 2 }];
    }
    let states = search(values);
    let steps = trace(&states);
    let Some(last) = states.last().and_then(|s| s.iter().min_by_key(|s| s.cost)) else {
        return Vec::new();
    };
    let wrong = steps.iter().filter(|(step, _)| matches!(step, Step::Wrong | Step::Swap | Step::Swapped)).count();
    if last.defects >= DISORDER || wrong * 2 > values.len() {
        return vec![Defect::Disorder];
    }
    defects(values, &steps)
}

/// The numbers that the items should carry: each as explained, with repeated and missing numbers
/// made good, so that every run counts 1, 2, 3 …
pub fn renumbered(values: &[u32]) -> Vec<u32> {
    let steps = trace(&search(values));
    let mut next = 1;
    steps
        .iter()
        .map(|(step, _)| {
            if *step == Step::Restart {
                next = 1;
            }
            next += 1;
            next - 1
        })
        .collect()
}

fn is_sound(values: &[u32]) -> bool {
    let mut expected = 1;
    let mut run = 0;
    for (i, &value) in values.iter().enumerate() {
        let restart = value == 1 && run >= 2 && values.get(i + 1) == Some(&2);
        if value != expected && !restart {
            return false;
        }
        run = if restart { 1 } else { run + 1 };
        expected = value + 1;
    }
    true
}

/// For each item the best states after it.
fn search(values: &[u32]) -> Vec<Vec<State>> {
    let mut all: Vec<Vec<State>> = Vec::with_capacity(values.len());
    let start = [State { expected: 1, run: 0, cost: 0, defects: 0, step: Step::Match, from: 0 }];
    for (i, &value) in values.iter().enumerate() {
        let before: &[State] = all.last().map_or(&start, |s| s.as_slice());
        let mut next: Vec<State> = Vec::new();
        for (from, state) in before.iter().enumerate() {
            let e = state.expected;
            let mut push = |step, expected, run, cost, defect| {
                next.push(State {
                    expected,
                    run,
                    cost: state.cost + cost,
                    defects: state.defects + defect,
                    step,
                    from,
                });
            };
            if state.step == Step::Swap {
                push(Step::Swapped, e + 1, state.run + 1, 0, 0);
                continue;
            }
            if value == e {
                push(Step::Match, e + 1, state.run + 1, 0, 0);
            } else {
                push(Step::Wrong, e + 1, state.run + 1, WRONG, WRONG);
            }
            if value > e {
                let cost = 101 + 30 * (value - e - 1).min(50);
                push(Step::Gap, value + 1, state.run + 1, cost, 100);
            }
            if e > 1 && value == e - 1 {
                push(Step::Duplicate, e, state.run + 1, DUPLICATE, DUPLICATE);
            }
            if value == 1 && e > 1 && values.get(i + 1) == Some(&2) {
                let cost = if state.run >= 2 { 60 } else { 120 };
                push(Step::Restart, 2, 1, cost, 0);
            }
            if value == e + 1 && values.get(i + 1) == Some(&e) {
                push(Step::Swap, e + 1, state.run + 1, SWAP, SWAP);
            }
        }
        next.sort_by_key(|s| (s.cost, order(s.step)));
        let mut kept: Vec<State> = Vec::with_capacity(BEAM);
        for state in next {
            let same = |k: &&State| {
                k.expected == state.expected
                    && k.run.min(2) == state.run.min(2)
                    && (k.step == Step::Swap) == (state.step == Step::Swap)
            };
            // The second best of each kind is kept to tell how sure the best is.
            if kept.len() < BEAM && kept.iter().filter(same).count() < 2 {
                kept.push(state);
            }
        }
        all.push(kept);
    }
    all
}

/// Of explanations that cost the same the earlier one is taken.
const fn order(step: Step) -> u8 {
    match step {
        Step::Match | Step::Swapped => 0,
        Step::Swap => 1,
        Step::Wrong => 2,
        Step::Restart => 3,
        Step::Gap => 4,
        Step::Duplicate => 5,
    }
}

/// The cheapest explanation: each item's step and the number expected of it.
fn trace(states: &[Vec<State>]) -> Vec<(Step, u32)> {
    let Some(last) = states.last() else {
        return Vec::new();
    };
    trace_from(states, last.iter().enumerate().min_by_key(|(i, s)| (s.cost, *i)).map_or(0, |(i, _)| i))
}

/// The explanation that ends with state `at`.
fn trace_from(states: &[Vec<State>], at: usize) -> Vec<(Step, u32)> {
    let mut steps = Vec::with_capacity(states.len());
    let mut at = at;
    for i in (0..states.len()).rev() {
        let state = states[i][at];
        let expected = if i == 0 { 1 } else { states[i - 1][state.from].expected };
        steps.push((state.step, expected));
        at = state.from;
    }
    steps.reverse();
    steps
}

fn defects(values: &[u32], steps: &[(Step, u32)]) -> Vec<Defect> {
    let mut found: Vec<Defect> = Vec::new();
    for (i, &(step, expected)) in steps.iter().enumerate() {
        let is_last = i + 1 == steps.len();
        match step {
            Step::Match | Step::Restart | Step::Swapped => {}
            Step::Swap => found.push(Defect::Swap { first: i, expected }),
            Step::Duplicate => found.push(Defect::Duplicate { at: i, expected }),
            Step::Gap if i == 0 => found.push(Defect::Start { found: values[0] }),
            Step::Gap if is_last => found.push(Defect::Tail { at: i, expected }),
            Step::Gap => found.push(Defect::Gap { at: i, expected }),
            Step::Wrong => match found.last_mut() {
                Some(Defect::Wrong { last, .. }) if *last + 1 == i => *last = i,
                _ if is_last && i > 0 && values[i] > expected => found.push(Defect::Tail { at: i, expected }),
                _ => found.push(Defect::Wrong { first: i, last: i, expected }),
            },
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(values: &[u32], expected: &[Defect]) {
        assert_eq!(explain(values), expected, "{values:?}");
    }

    #[test]
    fn sound_lists() {
        for values in [&[1, 2, 3][..], &[1], &[], &[1, 2, 3, 1, 2, 3], &[1, 2, 1, 2]] {
            check(values, &[]);
        }
    }

    #[test]
    fn the_table_of_slips() {
        use Defect::*;
        check(&[1, 1, 3, 4, 5, 6], &[Wrong { first: 1, last: 1, expected: 2 }]);
        check(&[1, 3, 3], &[Wrong { first: 1, last: 1, expected: 2 }]);
        check(&[1, 2, 3, 3, 5], &[Wrong { first: 3, last: 3, expected: 4 }]);
        check(&[1, 2, 2, 3], &[Duplicate { at: 2, expected: 3 }]);
        check(&[1, 1, 2, 3], &[Duplicate { at: 1, expected: 2 }]);
        check(&[1, 2, 4, 5], &[Gap { at: 2, expected: 3 }]);
        check(&[1, 2, 3, 4, 6, 7, 8], &[Gap { at: 4, expected: 5 }]);
        check(&[1, 2, 3, 5], &[Tail { at: 3, expected: 4 }]);
        check(&[1, 3], &[Tail { at: 1, expected: 2 }]);
        check(&[2, 3, 4], &[Start { found: 2 }]);
        check(&[1, 2, 3, 5, 4], &[Swap { first: 3, expected: 4 }]);
        check(&[1, 2, 3, 2, 3], &[Wrong { first: 3, last: 4, expected: 4 }]);
        check(&[1, 1], &[Duplicate { at: 1, expected: 2 }]);
        check(&[1, 1, 1], &[Duplicate { at: 1, expected: 2 }]);
        check(&[10, 11, 12], &[Start { found: 10 }]);
        check(&[3], &[]);
        check(&[4, 2, 9, 1, 1], &[Disorder]);
    }

    #[test]
    fn a_restart_needs_a_run_before_and_a_two_behind() {
        check(&[1, 2, 3, 1, 2], &[]);
        check(&[1, 2, 1], &[Defect::Wrong { first: 2, last: 2, expected: 3 }]);
    }

    proptest! {
        #[test]
        fn one_wrong_numeral_in_a_long_list_is_named(n in 5usize..30, at in 1usize..28, wrong in 1u32..40) {
            prop_assume!(at + 2 < n);
            let mut values: Vec<u32> = (1..=n as u32).collect();
            prop_assume!(wrong != values[at] && wrong != 1);
            values[at] = wrong;
            let found = explain(&values);
            let expected = Defect::Wrong { first: at, last: at, expected: at as u32 + 1 };
            prop_assert_eq!(found, vec![expected]);
        }

        #[test]
        fn renumbering_leaves_nothing_to_say(values in prop::collection::vec(1u32..12, 0..12)) {
            prop_assert_eq!(explain(&renumbered(&values)), vec![]);
        }

        #[test]
        fn never_more_reports_than_items(values in prop::collection::vec(1u32..20, 0..20)) {
            prop_assert!(explain(&values).len() <= values.len());
        }
    }
}
