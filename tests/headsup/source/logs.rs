//! Tests of logs: asks, notes about people, wins, agreements.

use super::*;

#[test]
fn the_newest_row_of_an_ask_wins_and_later_answers_are_ignored() {
    let asks = (
        "asks.csv",
        "id,asked_on,text,stage,status,answered_on,answer\n\
        A,2026-10-19,Two contracts,raised,open,,\nB,2026-10-28,A mentor,,open,,\n\
        A,2026-10-19,Two contracts,raised,granted,2026-11-13,Sign both\n",
    );
    let folder = Folder::of(&[asks]);
    let (team, _) = folder.load();
    assert_eq!(
        (team.asks.len(), team.asks[0].status, team.asks[0].answer.as_deref()),
        (2, AskStatus::Granted, Some("Sign both"))
    );
    assert_eq!(team.asks[1].stage, Stage::Private, "blank is private");
    let (team, _) = folder.load_as_of(day(2026, 11, 6)).unwrap();
    assert_eq!((team.asks[0].status, team.asks[0].answer.as_deref()), (AskStatus::Open, None));
}

#[test]
fn a_note_of_unknown_kind_is_a_concern_and_nothing_private_is_quoted() {
    let people = ("people.csv", "date,person,kind,text,raised_on\n2026-11-01,Mona,whisper,wants to leave,someday\n");
    // An unreadable date in an optional field is ignored with a warning.
    let (_, problems) = Folder::of(&[people]).load();
    assert_eq!(problems.len(), 2);
    let all = format!("{problems:?}");
    assert!(
        !all.contains("Mona") && !all.contains("leave") && !all.contains("whisper") && !all.contains("someday"),
        "{all}"
    );

    let people = ("people.csv", "date,person,kind,text\n2026-11-01,Mona,whisper,wants to leave\n");
    let (team, problems) = Folder::of(&[people]).load();
    assert_eq!(team.people[0].kind, NoteKind::Concern);
    assert_eq!(problems[0].code, "unknown-word");
}

#[test]
fn wins_have_their_objective_and_only_safe_links() {
    let wins = (
        "wins.csv",
        "date,text,kind,drives,link,people\n\
        2026-11-01,Feed live,dataset,,https://example.org/a,A. Osei; M. Laurent\n\
        2026-11-02,Party,morale,,javascript:alert(1),\n2026-11-03,Speed,speed,revenue,,\n",
    );
    let (team, problems) = Folder::of(&[wins]).load();
    let drives: Vec<Drives> = team.wins.iter().map(|w| w.drives).collect();
    assert_eq!(drives, [Drives::Revenue, Drives::Beyond, Drives::Revenue]);
    assert_eq!(team.wins[0].people, ["A. Osei", "M. Laurent"]);
    assert_eq!((team.wins[0].link.is_some(), team.wins[1].link.is_some()), (true, false));
    assert_eq!(problems[0].code, "bad-link");
}

#[test]
fn agreements_contain_the_new_date() {
    let agreements = (
        "agreements.csv",
        "date,objective,milestone,what,from,to,with\n\
        2026-10-23,SR,,scope,34 tasks,apac,Alex\n2026-11-13,,SR-2,date,2026-10-30,2026-11-27,Alex\n",
    );
    let (team, _) = Folder::of(&[OBJECTIVES, MILESTONES, agreements]).load();
    assert_eq!(team.agreements[0].what, About::Scope);
    assert_eq!(team.agreements[1].to_date, Some(day(2026, 11, 27)));
    assert_eq!(team.agreements[1].milestone, Some("SR-2".into()));
}

#[test]
fn lists_are_split_in_every_notation() {
    let tasks = (
        "tasks.csv",
        "key,title,labels\nA,One,\"a, b\"\nB,Two,a; b\nC,Three,\"[a,b]\"\nD,Four,\"[\"\"a\"\",\"\"b\"\"]\"\n",
    );
    let (team, _) = Folder::of(&[tasks]).load();
    assert!(team.tasks.iter().all(|task| task.labels == ["a", "b"]), "{:?}", team.tasks);
}

#[test]
fn wins_with_the_same_day_and_text_are_one_win_and_stay_confidential() {
    let wins = (
        "wins.csv",
        "date,text,confidential\n2026-11-16,Shipped the feed,yes\n2026-11-16,Shipped the Feed,\n2026-11-17,Shipped the feed,\n2026-11-16,Shipped the map,\n",
    );
    let (team, problems) = Folder::of(&[wins]).load();
    // On another day it is another win, but its text is still confidential.
    assert_eq!(team.wins.iter().map(|win| win.confidential).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["repeated-win"]);
    let place = problems[0].place.as_ref().unwrap();
    assert_eq!((place.line, &place.excerpt), (3, &None), "its text may be that of a confidential one");
}
