//! Groups exports of the same tool with the same header: they share one mapping and one file pattern, so that next
//! week's export is read too.

use std::collections::BTreeMap;

use super::export::Export;
use crate::preset::normal;
use crate::problem::Failure;

/// Exports that share one `[[source]]`.
pub(crate) struct Group {
    /// Pattern that matches all of them, or the name of the only file.
    pub file: String,
    /// Index of the export that represents the group: the last one by name.
    pub newest: usize,
}

/// Groups the exports of a list, in the order of the first export of each group.
pub(crate) fn groups(list: &[Export<'_>]) -> Result<Vec<Group>, Failure> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, export) in list.iter().enumerate() {
        let mut fit = None;
        for (place, group) in groups.iter().enumerate() {
            if are_alike(&list[group[0]], export)
                && group
                    .iter()
                    .map(|&other| agree(&list[other], export))
                    .collect::<Result<Vec<bool>, _>>()?
                    .into_iter()
                    .all(|agree| agree)
            {
                fit = Some(place);
                break;
            }
        }
        match fit {
            Some(place) => groups[place].push(at),
            None => groups.push(vec![at]),
        }
    }
    let mut found = Vec::new();
    for group in groups {
        match pattern(list, &group) {
            Some(file) => {
                let newest = group.into_iter().max_by(|a, b| list[*a].target.cmp(&list[*b].target));
                found.extend(newest.map(|newest| Group { file, newest }));
            }
            None => found.extend(group.into_iter().map(|at| Group { file: list[at].target.clone(), newest: at })),
        }
    }
    Ok(found)
}

/// Returns whether two exports have the same header.
pub(crate) fn have_one_header(one: &Export<'_>, other: &Export<'_>) -> bool {
    let names =
        |export: &Export<'_>| -> Vec<String> { export.inspection.columns.iter().map(|c| normal(&c.name)).collect() };
    names(one) == names(other)
}

fn are_alike(one: &Export<'_>, other: &Export<'_>) -> bool {
    one.found.table == other.found.table
        && one.found.preset.name == other.found.preset.name
        && have_one_header(one, other)
}

/// Returns whether rows with the same key have the same title in both exports. If not, they belong to two teams that
/// each number their tasks from one.
fn agree(one: &Export<'_>, other: &Export<'_>) -> Result<bool, Failure> {
    let named = |export: &Export<'_>| -> Result<BTreeMap<String, String>, Failure> {
        let mut names = BTreeMap::new();
        let (key, title) = (export.at("key").or(export.at("id")), export.at("title"));
        if let Some((key, title)) = key.zip(title) {
            export.inspection.rows(&mut |row| {
                names.extend(row.text(key).zip(row.text(title)).map(|(key, title)| (normal(&key), normal(&title))));
            })?;
        }
        Ok(names)
    };
    let (own, others) = (named(one)?, named(other)?);
    let shared = own.iter().filter_map(|(key, title)| Some(others.get(key)? == title));
    let (all, same) = shared.fold((0, 0), |(all, same), is_same| (all + 1, same + usize::from(is_same)));
    Ok(same * 2 >= all)
}

/// Returns a pattern that matches these files and no others, or the name of the file if there is only one.
fn pattern(list: &[Export<'_>], group: &[usize]) -> Option<String> {
    let names: Vec<&str> = group.iter().map(|&at| list[at].target.as_str()).collect();
    let (first, others) = names.split_first()?;
    if others.is_empty() {
        return Some((*first).to_owned());
    }
    let shared = |of: &dyn Fn(&str) -> Vec<char>| {
        let own = of(first);
        others.iter().fold(own.len(), |length, other| {
            own.iter().zip(of(other)).take(length).take_while(|(a, b)| **a == *b).count()
        })
    };
    let start: String = first.chars().take(shared(&|name| name.chars().collect())).collect();
    let end = shared(&|name| name.chars().rev().collect());
    let end: String = first.chars().skip(first.chars().count().saturating_sub(end)).collect();
    // "2026-11-13" and "2026-11-20" share a longer prefix than the one that all exports of the tool have.
    let start = start.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' '));
    let fits = |name: &str| name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(&end);
    let is_of_others = |at: usize| !group.contains(&at) && fits(&list[at].target);
    let is_pattern = start.len() > "data/".len() + 1 && !start.contains(['*', '?', '[']) && end.starts_with('.');
    (is_pattern && !(0..list.len()).any(is_of_others)).then(|| format!("{start}*{end}"))
}
