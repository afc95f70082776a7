//! One least-cost reading of the candidates of a speech.
//!
//! The candidates of each family are read by themselves ([`search`]); then those that are left over may be the mismatched
//! items of another family's list.

mod search;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::paragraph::marker::Doubt;
use crate::paragraph::{Family, Marker, Paragraph};
use search::{Entry, Step, prices};

/// From this price on the ordinal of a paragraph parts the lists below it.
const FIRM: i16 = 100;
/// What a candidate is worth at least that may belong to another family's list.
const GUEST: i16 = 70;
/// The number of ranks and of places between them.
const RANKS: usize = 8;

/// A candidate and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub marker: &'a Marker,
    pub line: u32,
    /// Which of the line's markers; `None` for the one that the line begins with.
    pub index: Option<u32>,
    /// The paragraph: in wrapped text it has several lines.
    pub unit: u32,
    /// The paragraph begins with it.
    pub head: bool,
    /// The level of the heading of Markdown that it begins; 0 for other paragraphs.
    pub level: u8,
}

/// What a reading makes of a candidate that is an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub chain: u32,
    /// It carries the number that its list goes on with.
    pub fits: bool,
    /// It is written in another family than its list.
    pub mismatched: bool,
    /// The family of its list.
    pub family: Family,
}

/// The reading of all candidates: `items[n]` is what candidate `n` is, if it is an item.
#[derive(Default)]
pub(super) struct Reading {
    pub items: Vec<Option<Item>>,
    pub chains: u32,
}

/// Families that stand in for each other by mistake.
fn is_float(family: Family) -> bool {
    matches!(family, Family::Verb('是' | '要') | Family::Nth | Family::NthVerb(_) | Family::First | Family::OfThem)
}

/// Whether an item of one family can be a slip for one of the other.
fn can_host(list: Family, guest: Family) -> bool {
    list != guest && (is_float(list) && is_float(guest) || matches!((list, guest), (Family::Chinese, Family::Arabic)))
}

/// What is read together: a family outside quotes, or inside one quotation.
type Key = (Family, u32, u32, u8);

impl Reading {
    pub(super) fn of(spots: &[Spot], lines: &[Arc<Paragraph>]) -> Self {
        let mut reading = Self { items: vec![None; spots.len()], chains: 0 };
        if spots.is_empty() {
            return reading;
        }
        let walls = walls(spots, lines);
        let mut groups: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
        let mut order: Vec<Key> = Vec::new();
        for (n, spot) in spots.iter().enumerate() {
            let scope = spot.marker.scope;
            let key = (spot.marker.family, scope, if scope > 0 { spot.unit + 1 } else { 0 }, spot.level);
            groups
                .entry(key)
                .or_insert_with(|| {
                    order.push(key);
                    Vec::new()
                })
                .push(n);
        }
        join_levels(spots, &mut groups, &mut order);
        // Decimals first: what is none may be 2. with a heading that begins with a number.
        order.sort_by_key(|key| !matches!(key.0, Family::Decimal(_)));
        let mut parents: FxHashSet<u32> = FxHashSet::default();
        for key in &order {
            let group: Vec<usize> = groups[key]
                .iter()
                .copied()
                .filter(|&n| spots[n].index != Some(super::ALTERNATIVE) || n == 0 || reading.items[n - 1].is_none())
                .collect();
            reading.take(spots, &walls, key.0, &group, &parents, &[]);
            if let Family::Decimal([above, 0, _]) = key.0 {
                parents.extend(group.iter().filter(|&&n| reading.items[n].is_some()).map(|_| u32::from(above)));
            }
        }
        reading.join_mismatched(spots, &walls, &order, &groups, &parents);
        reading
    }

    /// Reads the candidates `own`, among which the candidates `guests` of other families may stand. `parents`:
    /// the numbers that decimals stand below: 2 of 2.1.
    fn take(
        &mut self,
        spots: &[Spot],
        walls: &[[u32; RANKS]],
        family: Family,
        own: &[usize],
        parents: &FxHashSet<u32>,
        guests: &[(usize, i32)],
    ) {
        let mut places: Vec<(usize, Option<i32>)> = own.iter().map(|&n| (n, None)).collect();
        places.extend(guests.iter().map(|&(n, price)| (n, Some(price))));
        places.sort_unstable_by_key(|(n, _)| *n);
        let entries: Vec<Entry> = places
            .iter()
            .map(|&(n, guest)| {
                let (spot, m) = (&spots[n], spots[n].marker);
                let lifted = m.doubt == Some(Doubt::Unpointed) && parents.contains(&m.value);
                let own = if lifted { prices().parent } else { i32::from(m.price) };
                Entry {
                    family: m.family,
                    value: m.value,
                    price: guest.unwrap_or(own),
                    toll: i32::from(m.toll),
                    unit: spot.unit,
                    head: spot.head,
                    wall: walls[n][family.rank().map_or(RANKS - 1, usize::from)],
                    guest: guest.is_some(),
                    firm: m.doubt.is_none(),
                }
            })
            .collect();
        let read = search::read(&entries);
        for &n in own {
            self.items[n] = None;
        }
        let base = self.chains;
        for (&(n, guest), step) in places.iter().zip(&read) {
            let Some((chain, step)) = *step else { continue };
            self.chains = self.chains.max(base + chain + 1);
            let fits = matches!(step, Step::Match | Step::Return);
            self.items[n] = Some(Item { chain: base + chain, fits, mismatched: guest.is_some(), family });
        }
    }

    /// 第一，……二是……第三，: what is left over, or lacks its beginning, may belong to another family's list.
    fn join_mismatched(
        &mut self,
        spots: &[Spot],
        walls: &[[u32; RANKS]],
        order: &[Key],
        groups: &FxHashMap<Key, Vec<usize>>,
        parents: &FxHashSet<u32>,
    ) {
        let mut lacks_start: FxHashMap<u32, bool> = FxHashMap::default();
        for (n, spot) in spots.iter().enumerate() {
            if let Some(item) = self.items[n] {
                lacks_start.entry(item.chain).or_insert(spot.marker.value != 1);
            }
        }
        let outside = |key: &&Key| key.1 == 0 && (is_float(key.0) || key.0 == Family::Chinese);
        let mut hosts: Vec<&Key> = order.iter().filter(outside).collect();
        let good = |this: &Self, key: &Key| {
            let sound = |n: &&usize| this.items[**n].is_some_and(|item| !lacks_start[&item.chain]);
            (groups[key].iter().filter(sound).count(), groups[key].iter().filter(|n| this.items[**n].is_some()).count())
        };
        hosts.sort_by_key(|key| std::cmp::Reverse(good(self, key)));
        for key in hosts {
            let mut guests: Vec<(usize, i32)> = Vec::new();
            for (n, spot) in spots.iter().enumerate() {
                let m = spot.marker;
                if m.scope != 0 || !can_host(key.0, m.family) || spot.index == Some(super::ALTERNATIVE) {
                    continue;
                }
                // 1. for 一、 only between its neighbours.
                if key.0 == Family::Chinese && !(spot.head && beside(spots, groups, key, n)) {
                    continue;
                }
                match self.items[n] {
                    None if m.doubt.is_none() && m.price >= GUEST => guests.push((n, i32::from(m.price))),
                    Some(item) if !item.mismatched && lacks_start.get(&item.chain) == Some(&true) => {
                        guests.push((n, prices().joined));
                    }
                    _ => {}
                }
            }
            if guests.is_empty() {
                continue;
            }
            let before: Vec<(usize, Option<Item>)> = guests.iter().map(|&(n, _)| (n, self.items[n])).collect();
            let own: Vec<usize> =
                groups[key].iter().copied().filter(|&n| !self.items[n].is_some_and(|i| i.mismatched)).collect();
            self.take(spots, walls, key.0, &own, parents, &guests);
            // A list that is made of guests alone is none.
            let hosted: FxHashSet<u32> = own.iter().filter_map(|&n| self.items[n]).map(|item| item.chain).collect();
            for (n, was) in before {
                if self.items[n].is_some_and(|item| item.mismatched && !hosted.contains(&item.chain)) {
                    self.items[n] = was;
                }
            }
            for (n, spot) in spots.iter().enumerate() {
                if let Some(item) = self.items[n] {
                    lacks_start.entry(item.chain).or_insert(spot.marker.value != 1);
                }
            }
        }
    }
}

/// Whether the candidate `n` fills the one place that the list around it lacks.
fn beside(spots: &[Spot], groups: &FxHashMap<Key, Vec<usize>>, key: &Key, n: usize) -> bool {
    let group = &groups[key];
    let at = group.partition_point(|&m| m < n);
    let value = spots[n].marker.value;
    at > 0
        && spots[group[at - 1]].marker.value + 1 == value
        && group.get(at).is_some_and(|&m| spots[m].marker.value == value + 1)
}

/// Headings of Markdown and plain paragraphs of one family are read apart where each begin with one.
fn join_levels(spots: &[Spot], groups: &mut FxHashMap<Key, Vec<usize>>, order: &mut Vec<Key>) {
    let keys: Vec<Key> = order.clone();
    for key in keys.iter().filter(|key| key.3 > 0) {
        let plain = (key.0, key.1, key.2, 0);
        let apart = |key: &Key| groups.get(key).is_none_or(|g| g.first().is_some_and(|&n| spots[n].marker.value == 1));
        if apart(key) && apart(&plain) {
            continue;
        }
        let Some(group) = groups.remove(key) else { continue };
        order.retain(|other| other != key);
        if !groups.contains_key(&plain) {
            order.push(plain);
        }
        let joined = groups.entry(plain).or_default();
        joined.extend(group);
        joined.sort_unstable();
    }
}

/// For each candidate and each rank: how many headings of a higher rank stand before it.
fn walls(spots: &[Spot], lines: &[Arc<Paragraph>]) -> Vec<[u32; RANKS]> {
    let mut count = [0u32; RANKS];
    // Numbered headings part the lists of plain paragraphs.
    let mut headings = 0;
    let mut line = 0;
    spots
        .iter()
        .map(|spot| {
            // Headings without a number part all lists.
            while line < spot.line as usize {
                if lines[line].structure().is_some_and(|s| s.heading > 0 && s.head.is_none()) {
                    count.iter_mut().for_each(|c| *c += 1);
                }
                line += 1;
            }
            let now = if spot.level > 0 { count } else { count.map(|c| c + headings) };
            headings += u32::from(spot.head && spot.level > 0);
            let rank = match spot.marker.family {
                Family::Decimal(_) => Some(3),
                family => family.rank(),
            };
            if let Some(rank) = rank.filter(|_| spot.head && spot.marker.price >= FIRM) {
                count.iter_mut().skip(usize::from(rank) + 1).for_each(|c| *c += 1);
            }
            now
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::{Outline, Verdict};
    use crate::paragraph::{Options, scan};

    fn outline(text: &str) -> (Outline, Vec<Arc<Paragraph>>) {
        let lines: Vec<_> = text
            .lines()
            .map(|line| Arc::new(scan(line, crate::markup::Line::default(), &Options::default())))
            .collect();
        (Outline::of(&lines), lines)
    }

    /// The numbers of the lists, and what is reported of them.
    fn lists(text: &str) -> Vec<(Vec<u32>, Option<Verdict>)> {
        let (outline, lines) = outline(text);
        (0..outline.lists.len() as u32)
            .map(|list| {
                let verdict = outline.faults.iter().find(|fault| fault.list == list).map(|fault| fault.verdict);
                (outline.values(list, &lines), verdict)
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&[u32], Option<Verdict>)]) {
        let expected: Vec<_> = expected.iter().map(|(values, verdict)| (values.to_vec(), *verdict)).collect();
        assert_eq!(lists(text), expected, "{text}");
    }

    const REPORT: Option<Verdict> = Some(Verdict::Report);

    #[test]
    fn any_verb_makes_a_list_with_company() {
        for verb in ['是', '用', '盼', '啃', '护', '亮'] {
            check(
                &format!("做到一{verb}真情暖人；二{verb}实招解难；三{verb}制度管长远。").replace("做到", "做到："),
                &[(&[1, 2, 3], None)],
            );
            check(&format!("这里，一{verb}真情暖人；一{verb}实招解难；三{verb}制度管长远。"), &[(&[1, 1, 3], REPORT)]);
        }
        for text in [
            "一问三不知，一看就会、一做就错。",
            "要一手抓防汛，一手抓抗旱，一查到底。",
            "一年出形象、两年成规模、三年见成效。",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_number_that_begins_a_heading_is_read_as_one_where_the_list_lacks_it() {
        check("一、成绩\n二、三大行动情况\n三、四季度安排", &[(&[1, 2, 3], None)]);
        check("三、四线城市在回流。\n八、九月份是旺季。", &[]);
        check("1.参观\n2.C919进校园\n3.120联动\n4.总结", &[(&[1, 2, 3, 4], None)]);
    }

    #[test]
    fn a_list_goes_on_over_paragraphs() {
        check(
            "要办好实事：一是改善住房。\n对困难家庭，优先安排。\n二是改善就医。\n三是改善出行。",
            &[(&[1, 2, 3], None)],
        );
        check("会议决定，一、同意。\n二、增设。\n三、捐赠。", &[(&[1, 2, 3], None)]);
        check("首先，要算账。\n第二，要管钱。\n第四，要用人。\n第五，要办事。", &[(&[1, 2, 4, 5], REPORT)]);
    }

    #[test]
    fn decimals_are_levels_of_their_own() {
        check("1.1 甲\n1.2 乙\n2.1 丙\n2.2 丁", &[(&[1, 2], None), (&[1, 2], None)]);
        check("3.5亿元资金到账。\n1.2公里断头路打通。\n2.8万名学生用餐。", &[]);
        check("10.1 申请\n10.2 论证\n10.4 验收\n10.5 付款", &[(&[1, 2, 4, 5], REPORT)]);
    }

    #[test]
    fn a_number_with_a_space_is_a_heading_in_company() {
        check("1 工作回顾\n2 面临的形势\n3 下步安排", &[(&[1, 2, 3], None)]);
        check(
            "1 工作回顾\n1.1 成绩\n1.2 不足\n2 下步安排\n2.1 目标\n2.2 措施",
            &[(&[1, 2], None), (&[1, 2], None), (&[1, 2], None)],
        );
        check("3 下步安排\n各项工作平稳有序。", &[]);
        check("1 月份，项目开工。\n2 月份，项目完工。\n3 月份，项目验收。", &[]);
    }

    #[test]
    fn a_list_inside_a_paragraph_hardly_goes_on_far_away() {
        let between = "各项工作平稳有序。\n".repeat(12);
        check(&format!("有两个动作：一是建所。二是捐款。\n{between}三是工匠队伍，要多给待遇。"), &[(&[1, 2], None)]);
    }

    #[test]
    fn a_word_of_order_that_stands_twice() {
        check("首先，当好甲。\n其次，当好乙。\n再次，当好丙。\n其次，当好丁。", &[(&[1, 2, 3, 2], REPORT)]);
        check("一算政治账。不能糊涂。\n二算经济账。不能含混。\n二算亲情账。不能拖欠。", &[(&[1, 2, 2], REPORT)]);
        check("首先，当好甲。\n其次，当好乙。\n其次，当好丙。", &[(&[1, 2, 2], None)]);
    }

    #[test]
    fn references_are_no_items() {
        check("（一）材料不齐；\n（二）超期；\n（三）越权。\n（一）（二）项可以补正。", &[(&[1, 2, 3], None)]);
    }

    #[test]
    fn what_stands_around_changes_nothing() {
        for text in [
            "一是抓早，二是抓小，四是抓了，五是抓好。",
            "一、甲事\n二、乙事\n二、丙事\n四、丁事",
            "首先，要算账。\n第二，要管钱。\n第三，要用人。",
            "（一）抓谋划。\n（二）抓推进。\n（四）抓督查。\n（五）抓考核。",
        ] {
            let plain = lists(text);
            for around in [
                format!("今年以来，各项工作平稳有序。\n{text}"),
                format!("{text}\n今年以来，各项工作平稳有序。"),
                text.replace('\n', "\n\n"),
                crate::text::fold::traditional(text).unwrap_or_else(|| text.to_owned()),
            ] {
                assert_eq!(lists(&around), plain, "{around}");
            }
        }
    }
}
