//! Tests of the floors of `src`, which the table in `src/lib.rs` lists from the lowest: a file may use its own floor
//! and lower ones, and files of a floor must not use each other in a circle. A parent's `mod` and `pub use` lines do
//! not count, nor does code that is compiled only for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Path of a module in the crate: `table`, `values`, `dates`.
type Module = Vec<String>;

/// The parts of the crate that a file uses.
#[derive(Default)]
struct File {
    /// Modules that it declares, except tests.
    declared: Vec<String>,
    /// Imports by their local name: other files may use them through this file.
    imports: BTreeMap<String, Module>,
    /// All modules that it uses.
    uses: Vec<Module>,
}

#[test]
fn each_file_uses_its_own_floor_and_those_below() {
    let files = files();
    let floors = floors();
    let floor = |module: &Module| floors.iter().position(|name| *name == module[0]);
    let missing: BTreeSet<&str> = files.keys().filter(|m| floor(m).is_none()).map(|m| m[0].as_str()).collect();
    assert!(missing.is_empty(), "not in the table of src/lib.rs: {missing:?}");
    let upward: Vec<String> = edges(&files)
        .iter()
        .flat_map(|(from, all)| all.iter().map(move |to| (from, to)))
        .filter(|(from, to)| floor(from) < floor(to))
        .map(|(from, to)| format!("{} uses {}, which is above it", shown(from), shown(to)))
        .collect();
    assert!(upward.is_empty(), "\n{}", upward.join("\n"));
}

#[test]
fn no_files_use_one_another_in_a_circle() {
    let edges = edges(&files());
    let circles: Vec<String> = edges
        .iter()
        .filter_map(|(from, all)| {
            let back: Vec<String> = all.iter().filter(|to| reaches(&edges, to, from)).map(shown).collect();
            (!back.is_empty()).then(|| format!("{} uses {}", shown(from), back.join(", ")))
        })
        .collect();
    assert!(circles.is_empty(), "these files use one another in a circle:\n{}", circles.join("\n"));
}

/// Returns whether one file uses another, directly or through others.
fn reaches(edges: &BTreeMap<Module, BTreeSet<Module>>, from: &Module, to: &Module) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(module) = open.pop() {
        if module == to {
            return true;
        }
        if seen.insert(module) {
            open.extend(&edges[module]);
        }
    }
    false
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let long: Vec<String> = sources(Path::new("src"))
        .into_iter()
        .filter(|path| fs::read_to_string(path).is_ok_and(|text| text.lines().count() > 400))
        .collect();
    assert!(long.is_empty(), "divide by subject: {long:?}");
}

/// Returns the names of the floors in the table of `src/lib.rs`.
fn floors() -> Vec<String> {
    let text = fs::read_to_string("src/lib.rs").expect("src/lib.rs");
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | [`"));
    rows.filter_map(|row| row.split('`').next()).map(str::to_owned).collect()
}

fn sources(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    found
}

/// Returns every file of the library.
fn files() -> BTreeMap<Module, File> {
    let mut files = BTreeMap::new();
    let root = read(Path::new("src/lib.rs"), &Vec::new());
    let mut to_read: Vec<Module> = root.declared.iter().map(|name| vec![name.clone()]).collect();
    while let Some(module) = to_read.pop() {
        let file = read(Path::new(&shown(&module)), &module);
        to_read.extend(file.declared.iter().map(|name| [module.as_slice(), std::slice::from_ref(name)].concat()));
        files.insert(module, file);
    }
    files
}

fn shown(module: &Module) -> String {
    format!("src/{}.rs", module.join("/"))
}

/// Returns the files that each file uses.
fn edges(files: &BTreeMap<Module, File>) -> BTreeMap<Module, BTreeSet<Module>> {
    files
        .iter()
        .map(|(module, file)| {
            let used = file.uses.iter().filter_map(|path| defined_in(files, path, 0)).filter(|other| other != module);
            (module.clone(), used.collect())
        })
        .collect()
}

/// Returns the module that defines the item at a path, following re-exports.
fn defined_in(files: &BTreeMap<Module, File>, path: &[String], depth: usize) -> Option<Module> {
    let length = (1..=path.len()).rev().find(|length| files.contains_key(&path[..*length]))?;
    let (module, rest) = path.split_at(length);
    let passed_on = rest.first().and_then(|name| files[module].imports.get(name)).filter(|_| depth < 9);
    let further = passed_on.and_then(|to| defined_in(files, &[to.as_slice(), &rest[1..]].concat(), depth + 1));
    Some(further.unwrap_or_else(|| module.to_vec()))
}

fn read(path: &Path, module: &Module) -> File {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let tokens = tokens(&text);
    let mut file = File::default();
    let mut at = 0;
    // Whether the following code is compiled only for tests, and the end of the attribute before it.
    let (mut for_tests, mut attribute_end) = (false, 0);
    while at < tokens.len() {
        let token = tokens[at].as_str();
        let next = |n: usize| tokens.get(at + n).map_or("", String::as_str);
        match token {
            "#" if next(1) == "[" => {
                attribute_end = closing(&tokens, at + 1) + 1;
                let attribute = &tokens[at..attribute_end];
                for_tests |= next(2) == "cfg" && attribute.iter().any(|token| token == "test");
                at += 2;
            }
            "mod" if next(2) == ";" => {
                if !for_tests {
                    file.declared.push(next(1).to_owned());
                }
                at += 3;
            }
            "mod" if next(2) == "{" && for_tests => at = closing(&tokens, at + 2) + 1,
            "use" => {
                let end = at + tokens[at..].iter().position(|token| token == ";").expect("the end of a use line");
                let is_public = is_public(&tokens[..at]);
                for (path, name) in leaves(&tokens[at + 1..end]) {
                    let Some(path) = absolute(module, &path, &file.declared) else { continue };
                    let passes_on = is_public && path.starts_with(module);
                    file.imports.insert(name, path.clone());
                    if !passes_on && !for_tests {
                        file.uses.push(path);
                    }
                }
                at = end + 1;
            }
            // A visibility such as `pub(in crate::brief)` is not a use.
            "pub" => {
                at = if next(1) == "(" { closing(&tokens, at + 1) + 1 } else { at + 1 };
                continue;
            }
            _ if is_name(token) && next(1) == "::" && (at == 0 || tokens[at - 1] != "::") => {
                let mut path = vec![token.to_owned()];
                while next(path.len() * 2 - 1) == "::" && is_name(next(path.len() * 2)) {
                    path.push(next(path.len() * 2).to_owned());
                }
                file.uses.extend(absolute(module, &path, &file.declared));
                at += path.len() * 2 - 1;
            }
            _ => at += 1,
        }
        for_tests &= at <= attribute_end;
    }
    file
}

/// Returns the names, punctuation and `::` of a source text, without comments, literals and lifetimes.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = literal(rest) {
            length
        } else if first.is_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(rest[..length].to_owned());
            length
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// Returns the length of the string, character or lifetime at the beginning of a text, or `None` if there is none.
fn literal(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
        text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('"') || (prefix.ends_with('r') && is_raw(rest)))
    });
    if let Some(prefix) = prefix {
        let body = &text[prefix.len()..];
        if prefix.ends_with('r') {
            let hashes = body.find('"')?;
            let end = format!("\"{}", "#".repeat(hashes));
            return body[hashes + 1..].find(&end).map(|at| prefix.len() + hashes + 1 + at + end.len());
        }
        return quoted(body, '"').map(|length| prefix.len() + length);
    }
    let rest = text.strip_prefix('\'')?;
    let second = rest.chars().nth(1)?;
    if rest.starts_with('\\') || second == '\'' {
        return quoted(text, '\'');
    }
    Some(1 + rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()))
}

fn is_raw(text: &str) -> bool {
    text.starts_with('#') && text.trim_start_matches('#').starts_with('"')
}

/// Returns the length of a literal that begins and ends with `quote`.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return Some(at + 1);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn is_name(token: &str) -> bool {
    token.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
}

/// Returns the position of the bracket that closes the one at `open`.
fn closing(tokens: &[String], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.as_str() {
            "{" | "[" | "(" => depth += 1,
            "}" | "]" | ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

/// Returns whether the tokens before end with `pub` or `pub(…)`.
fn is_public(before: &[String]) -> bool {
    let visible = match before {
        [.., open, _, close] if open == "(" && close == ")" => before.get(before.len().wrapping_sub(4)),
        _ => before.last(),
    };
    visible.is_some_and(|token| token == "pub")
}

/// Returns the paths of a `use` line with their local names.
fn leaves(tree: &[String]) -> Vec<(Module, String)> {
    let Some(open) = tree.iter().position(|token| token == "{") else {
        let names: Vec<&String> = tree.iter().filter(|token| *token != "::").collect();
        let (path, name) = match names.as_slice() {
            [path @ .., is, name] if *is == "as" => (path, *name),
            [path @ .., last] if *last == "self" => (path, path[path.len() - 1]),
            path => (path, path[path.len() - 1]),
        };
        return vec![(path.iter().filter(|part| **part != "*").map(|part| (*part).clone()).collect(), name.clone())];
    };
    let (prefix, inside) = (&tree[..open], &tree[open + 1..closing(tree, open)]);
    let mut depth = 0;
    let parts = inside.split(|token| {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        depth == 0 && token == ","
    });
    parts.filter(|part| !part.is_empty()).flat_map(|part| leaves(&[prefix, part].concat())).collect()
}

/// Returns a path from the root of the crate, or `None` if it is outside of the crate.
fn absolute(module: &Module, path: &[String], children: &[String]) -> Option<Module> {
    let supers = path.iter().skip(usize::from(path[0] == "self")).take_while(|part| *part == "super").count();
    match path[0].as_str() {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([&module[..module.len().checked_sub(supers)?], &path[1 + supers..]].concat()),
        "super" => Some([&module[..module.len().checked_sub(supers)?], &path[supers..]].concat()),
        name if children.iter().any(|child| child == name) => Some([module.as_slice(), path].concat()),
        _ => None,
    }
}
