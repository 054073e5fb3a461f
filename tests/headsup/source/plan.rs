//! Tests of objectives, milestones and tasks: their names, references to them, and which rows count.

use super::*;

#[test]
fn objectives_and_milestones_are_read_and_referred_to_by_id_and_name() {
    let (team, problems) = Folder::of(&[OBJECTIVES, MILESTONES]).load();
    assert_eq!(said(&problems), [""; 0]);
    assert_eq!(team.objectives[0].stated, Some(Status::AtRisk));
    assert_eq!(team.objectives[1].name, "Update speed");
    assert_eq!(team.milestones[2].objective, Some("US".into()));
    assert_eq!(team.milestones[1].progress, Some(0.5));
    assert_eq!(team.milestones[1].aliases, ["CUR-7", "pilot"]);
    assert_eq!(team.milestones[1].stated, Some(Status::Late));
    assert_eq!(team.sources[1].records, 3);
    assert_eq!(team.sources[1].newest, Some(day(2026, 10, 15)));
}

#[test]
fn without_objectives_table_the_names_used_are_the_objectives() {
    let (team, _) = Folder::of(&[(
        "milestones.csv",
        "objective,milestone,due\nFaster,First,2026-12-01\nfaster,Second,2026-12-02\n",
    )])
    .load();
    assert_eq!(team.objectives.len(), 1);
    assert_eq!(team.objectives[0].name, "Faster");
    assert_eq!(team.milestones[1].objective, Some("Faster".into()));
    assert_eq!(team.milestones[1].original, Some(day(2026, 12, 2)), "the first due seen");
}

#[test]
fn a_reference_to_a_missing_objective_is_an_error_with_place_and_suggestion() {
    let errors =
        Folder::of(&[OBJECTIVES, ("milestones.csv", "objective,milestone,due\nUpdate sped,First,2026-12-01\n")])
            .errors();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].help, "did you mean \"Update speed\"?");
    let place = errors[0].place.as_ref().unwrap();
    assert!(place.file.ends_with("milestones.csv"));
    let excerpt = place.excerpt.as_ref().unwrap();
    assert_eq!(
        (place.line, place.column, &excerpt.text[excerpt.start..excerpt.start + excerpt.len]),
        (2, 1, "Update sped")
    );
}

#[test]
fn the_newest_row_of_a_milestone_wins_and_the_first_agreed_date_stays() {
    let log = (
        "milestones.csv",
        "id,milestone,agreed_due,due,progress,status,reason,as_of\n\
        M,Pilot,,2026-10-30,0.1,on track,,2026-10-02\n\
        M,Pilot,,2026-11-10,0.4,at risk,the contract waits,2026-11-06\n\
        M,Pilot,,2026-12-10,0.6,late,,2026-12-04\n",
    );
    let (team, _) = Folder::of(&[log]).load();
    let milestone = &team.milestones[0];
    assert_eq!(team.milestones.len(), 1);
    assert_eq!(milestone.due, Some(day(2026, 11, 10)));
    assert_eq!(milestone.original, Some(day(2026, 10, 30)), "the first due seen");
    assert_eq!(milestone.stated, Some(Status::AtRisk), "the row of 4 December is not known yet");
    assert_eq!(milestone.log.iter().map(|at| at.progress).collect::<Vec<_>>(), [0.1, 0.4]);
}

#[test]
fn tasks_find_their_milestones_by_id_title_alias_label_and_parent() {
    let tasks = (
        "tasks.csv",
        "key,title,type,parent,milestone,status,created,done_on,labels\n\
        CUR-1,Profile the ingest,Epic,,,In Progress,2026-10-01,,\n\
        CUR-2,By parent,Story,CUR-1,,Done,2026-10-01,2026-10-20,\n\
        CUR-3,By grandparent,Story,CUR-2,,To Do,2026-10-01,,\n\
        CUR-4,By id,Story,,SR-1,Done,2026-10-01,2026-10-10,\n\
        CUR-5,By title,Story,,pilot,Open,2026-10-01,2026-10-10,\n\
        CUR-6,By label,Bug,,,Blocked,2026-10-01,,\"ui, PILOT\"\n\
        CUR-8,By nothing,Bug,,Release 3,Zzz,2026-10-01,,\n\
        CUR-9,By nothing too,Sub-task,,Release 3,Won't do,2026-10-01,,\n",
    );
    let (team, problems) = Folder::of(&[OBJECTIVES, MILESTONES, tasks]).load();
    let of: Vec<&str> = team.tasks.iter().map(|t| t.milestone.as_ref().map_or("", |m| m.as_str())).collect();
    assert_eq!(of, ["US-1", "US-1", "US-1", "SR-1", "SR-2", "SR-2", "", ""]);
    assert_eq!(team.tasks[1].objective, Some("US".into()));
    assert_eq!(team.tasks[2].parent, Some("CUR-2".into()));
    assert_eq!(team.tasks.iter().filter(|t| t.counts).count(), 6);
    assert!(team.tasks[4].reopened && team.tasks[4].done_on.is_none());
    assert_eq!(team.tasks[5].status, TaskStatus::Doing);
    assert_eq!(team.tasks[7].status, TaskStatus::Dropped);
    assert_eq!(team.unmatched, [("Release 3".to_owned(), 1)].into(), "a sub-task is no work of its own");
    assert_eq!(
        said(&problems),
        ["a status is not known; 1 tasks that have it count as open", "tasks name what is no milestone"]
    );
    assert!(problems.iter().all(|p| p.severity == Severity::Warning));
}

#[test]
fn a_task_of_several_milestones_is_an_error() {
    let tasks = ("tasks.csv", "key,title,milestone\nCUR-1,Both,SR-1; SR-2\n");
    let errors = Folder::of(&[OBJECTIVES, MILESTONES, tasks]).errors();
    assert_eq!(said(&errors), ["this task builds up to several milestones"]);
}

#[test]
fn a_repeated_task_counts_once_and_a_different_one_with_its_key_is_an_error() {
    let config = "[[source]]\ntable = \"tasks\"\nfile = \"data/*.csv\"\n";
    let (one, two) = (
        ("data/1.csv", "key,title,status\nA,First,Done\nB,Second,Open\n"),
        ("data/2.csv", "key,title,status\nB,Second,Open\n"),
    );
    let (team, problems) = Folder::new(config, &[one, two]).load();
    assert_eq!(team.tasks.len(), 2);
    assert_eq!(
        (team.sources.len(), team.sources[0].records, team.sources[0].read, team.sources[0].skipped),
        (1, 3, 2, 1)
    );
    assert_eq!(problems[0].code, "older-export");

    // In exports under one pattern, the newest row counts; within one export, each task occurs once.
    let (team, _) = Folder::new(config, &[one, ("data/2.csv", "key,title,status\nB,Second,Done\n")]).load();
    assert_eq!(team.tasks[1].status, TaskStatus::Done);
    let errors = Folder::new(config, &[("data/2.csv", "key,title,status\nB,Second,Done\nB,Second,Open\n")]).errors();
    assert_eq!(errors[0].code, "repeated-id");
}

#[test]
fn labels_and_flags_make_a_task_confidential() {
    let config = "[brief]\nconfidential_labels = [\"HR\"]\n[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\n";
    let tasks =
        ("tasks.csv", "key,title,labels,confidential\nA,One,\"ui, hr\",\nB,Two,ui,\nC,Three,,maybe\nD,Four,,no\n");
    let (team, problems) = Folder::new(config, &[tasks]).load();
    let confidential: Vec<bool> = team.tasks.iter().map(|task| task.confidential).collect();
    assert_eq!(confidential, [true, false, true, false], "in doubt a thing is confidential");
    assert_eq!(problems[0].code, "unknown-word");
}

#[test]
fn a_milestone_in_percent_and_one_in_shares_mean_the_same() {
    for cells in ["40%\n100%", "0.4\n1", "40\n100"] {
        let rows: Vec<&str> = cells.lines().collect();
        let text = format!("milestone,due,progress\nOne,2026-12-01,{}\nTwo,2026-12-02,{}\n", rows[0], rows[1]);
        let (team, _) = Folder::of(&[("milestones.csv", &text)]).load();
        assert_eq!((team.milestones[0].progress, team.milestones[1].progress), (Some(0.4), Some(1.0)), "{cells}");
    }
}

#[test]
fn only_the_types_that_count_are_work() {
    let config = "[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\ncounts = [\"Story\", \"Bug\"]\n";
    let tasks = ("tasks.csv", "key,title,type\nA,One,story\nB,Two,Chore\nC,Three,Bug\nD,Four,Epic\n");
    let (team, _) = Folder::new(config, &[tasks]).load();
    assert_eq!(team.tasks.iter().map(|task| task.counts).collect::<Vec<_>>(), [true, false, true, false]);
}

#[test]
fn milestones_with_one_name_are_distinguished_by_objective_and_one_id_with_two_names_is_a_warning() {
    let (team, problems) =
        Folder::of(&[("milestones.csv", "objective,milestone,due\nA,Launch,2026-12-01\nB,Launch,2026-12-02\n")]).load();
    assert_eq!((team.milestones.len(), problems.len()), (2, 0));
    let (team, problems) =
        Folder::of(&[("milestones.csv", "id,milestone,due\nM1,Schema,2026-12-01\nM1,Pilot,2026-12-02\n")]).load();
    assert_eq!((team.milestones.len(), team.milestones[0].name.as_str()), (1, "Pilot"));
    assert_eq!(problems[0].message, "this milestone has two names; the last row of an id wins");
}

#[test]
fn a_task_closed_without_being_done_is_dropped_and_an_unknown_reason_is_reported() {
    let words = ["Wird nicht ausgeführt", "Nicht reproduzierbar", "Ne sera pas traité", "No se hará", "Abandoned"];
    let done = ["Fertig", "Behoben", "Résolu", "Eingelagert", "Eingelagert"];
    let rows = words.iter().chain(&done).enumerate();
    let rows: String = rows.map(|(at, word)| format!("T-{at},a,Done,{word},2026-11-18\n")).collect();
    let (team, problems) =
        Folder::of(&[("tasks.csv", &format!("key,title,status,resolution,done_on\n{rows}T-x,a,Open,Später,\n"))])
            .load();
    let dropped = team.tasks.iter().filter(|task| task.status == TaskStatus::Dropped).count();
    let finished = team.tasks.iter().filter(|task| task.status == TaskStatus::Done).count();
    assert_eq!((dropped, finished), (words.len(), done.len()));
    assert_eq!(said(&problems), ["a resolution is not known; 2 tasks that have it count as done"]);
    assert_eq!(problems[0].code, "unmapped-resolution");
    assert!(problems[0].help.ends_with("[source.values.resolution]\ndropped = [\"Eingelagert\"]"));
    let place = problems[0].place.as_ref().unwrap();
    let excerpt = place.excerpt.as_ref().unwrap();
    assert_eq!((place.line, &excerpt.text[excerpt.start..excerpt.start + excerpt.len]), (10, "Eingelagert"));
}

#[test]
fn punctuation_around_a_known_word_is_ignored() {
    let tasks = "key,title,status\nT-1,a,✅ Done\nT-2,b,🟡 Doing\nT-3,c,❌ Cancelled\nT-4,d,(to do)\n";
    let (team, problems) = Folder::of(&[("tasks.csv", tasks)]).load();
    assert_eq!(said(&problems), [""; 0]);
    let statuses: Vec<TaskStatus> = team.tasks.iter().map(|task| task.status).collect();
    assert_eq!(statuses, [TaskStatus::Done, TaskStatus::Doing, TaskStatus::Dropped, TaskStatus::Todo]);
}

#[test]
fn an_archived_unfinished_card_is_not_open_work() {
    let cards = "Card ID,Card Name,List Name,List ID,Archived,Due Complete\n\
                 c1,Old,To Do,l1,true,false\nc2,Written,Doing,l2,true,true\nc3,New,To Do,l1,false,false\nc4,Out,Done,l3,true,false\n";
    let (team, problems) = Folder::of(&[("tasks.csv", cards)]).load();
    assert_eq!(said(&problems), [""; 0]);
    let statuses: Vec<TaskStatus> = team.tasks.iter().map(|task| task.status).collect();
    assert_eq!(statuses, [TaskStatus::Dropped, TaskStatus::Done, TaskStatus::Todo, TaskStatus::Done]);
}

#[test]
fn the_newest_row_of_a_log_moves_a_date() {
    let log = "id,milestone,due,as_of\nM1,Beta,2026-12-01,2026-11-02\nM1,Beta,2026-12-15,2026-11-16\n";
    let (team, problems) = Folder::of(&[("milestones.csv", log)]).load();
    let beta = &team.milestones[0];
    assert_eq!((beta.due, beta.original), ("2026-12-15".parse().ok(), "2026-12-01".parse().ok()), "{problems:?}");
}

#[test]
fn a_milestone_whose_dates_cannot_be_read_is_an_error_one_of_two_is_a_warning() {
    let file = |dates: &str| {
        Folder::of(&[(
            "milestones.csv",
            &format!("objective,milestone,agreed_due,due\nA,Gamma,2026-12-01,2026-12-01\nA,Beta,{dates}\n"),
        )])
    };
    let (team, problems) = file("2026-13-45,2026-12-01").load();
    assert_eq!((team.milestones.len(), problems.len()), (2, 1), "{problems:?}");
    let problems = file("2026-13-45,2026-13-45").errors();
    assert_eq!(problems.iter().filter(|problem| problem.severity == Severity::Error).count(), 1, "{problems:?}");
}
