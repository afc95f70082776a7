//! Work on all cores, results in order.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Does `work` for 0 to `count` on all cores and hands the results to `take` in order. The first
/// error of `take` ends it.
pub(super) fn in_order<T: Send>(
    count: usize,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T) -> io::Result<()>,
) -> io::Result<()> {
    // Not asked for one draft: the answer costs the reading of several files.
    let threads = match count {
        0 | 1 => 1,
        _ => thread::available_parallelism().map_or(1, |cores| count.min(cores.get())),
    };
    if threads == 1 {
        return (0..count).try_for_each(|n| take(n, work(n)));
    }
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (next, stop, work) = (&next, &stop, &work);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= count || sender.send((n, work(n))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let (mut waiting, mut wanted) = (BTreeMap::new(), 0);
        for (n, result) in receiver {
            waiting.insert(n, result);
            while let Some(result) = waiting.remove(&wanted) {
                if let Err(error) = take(wanted, result) {
                    stop.store(true, Ordering::Relaxed);
                    return Err(error);
                }
                wanted += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        let mut got = Vec::new();
        in_order(
            50,
            |n| n * 2,
            |n, twice| {
                got.push((n, twice));
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(got, (0..50).map(|n| (n, n * 2)).collect::<Vec<_>>());
    }
}
