//! Tests that a reason or a date for an exported milestone, given in `headsup week`, survives the next export.

use headsup::config::Config;
use headsup::redact::{Audience, redact};
use headsup::source;
use headsup::team::{Milestone, Team};

const AS_OF: &str = "2026-11-20";

/// Returns the team of an export of milestones with these remarks, and the codes of its problems.
fn team(export: &str, remarks: &str) -> (Team, Vec<&'static str>) {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("data")).expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).expect("a file");
    write(
        "headsup.toml",
        "[team]\nname = \"T\"\n[[source]]\ntable = \"milestones\"\nfile = \"data/plan.csv\"\n\
         [[source]]\ntable = \"milestones\"\nfile = \"data/reasons.csv\"\n",
    );
    write("data/plan.csv", export);
    write("data/reasons.csv", &format!("id,milestone,due,status,reason,as_of\n{remarks}"));
    let (config, _) = Config::load(dir.path()).expect("a config");
    let (team, problems) = source::load(&config, AS_OF.parse().expect("a date")).expect("a team");
    let codes = problems.0.iter().map(|problem| problem.code).collect();
    (redact(&team, Audience::Me, true).into_parts().0, codes)
}

fn find<'a>(team: &'a Team, name: &str) -> &'a Milestone {
    team.milestones.iter().find(|it| it.name == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn a_remark_is_kept_when_the_export_is_replaced() {
    let remarks = "2,Pilot,,,Legal has not signed,2026-11-06\n3,Launch,2026-12-18,,,2026-11-06\n";
    for (week, export) in [
        ("first", "ID,Milestone,Due,% Complete\n1,Schema,2026-10-16,100%\n2,Pilot,2026-10-30,50%\n3,Launch,,0%\n"),
        (
            "moved",
            "ID,Milestone,Due,% Complete\n1,Kick-off,2026-10-01,100%\n2,Schema,2026-10-16,100%\n3,Pilot,2026-10-30,60%\n4,Launch,,10%\n",
        ),
        (
            "dated",
            "ID,Milestone,Due,% Complete,Last updated\n2,Pilot,2026-10-30,60%,2026-11-18\n3,Launch,,10%,2026-11-18\n",
        ),
        (
            "renamed",
            "ID,Milestone,Due,% Complete\n1,Schema,2026-10-16,100%\n2,Pilot in Reno,2026-10-30,60%\n3,Launch,,10%\n",
        ),
    ] {
        let (team, codes) = team(export, remarks);
        let pilot = team.milestones.iter().find(|it| it.name.starts_with("Pilot")).expect("a pilot");
        assert_eq!(pilot.reason.as_deref(), Some("Legal has not signed"), "{week}");
        assert!(pilot.progress.is_some_and(|progress| progress > 0.4), "{week}: what the export says stays");
        assert_eq!(find(&team, "Launch").due.map(|due| due.to_string()).as_deref(), Some("2026-12-18"), "{week}");
        assert_eq!(team.milestones.len(), export.lines().count() - 1, "{week}: a remark is no milestone");
        assert!(!codes.contains(&"idle-remark"), "{week}: {codes:?}");
    }
}

#[test]
fn a_remark_does_not_bring_back_a_removed_milestone() {
    let (team, codes) = team(
        "ID,Milestone,Due,% Complete\n1,Schema,2026-10-16,100%\n3,Launch,2026-12-18,0%\n",
        "2,Pilot,,,Legal has not signed,2026-11-06\n",
    );
    assert_eq!(team.milestones.len(), 2);
    assert!(codes.contains(&"idle-remark"), "{codes:?}");
}

#[test]
fn a_later_export_overrules_a_remark() {
    let export = "ID,Milestone,Due,Reason\n2,Pilot,2026-10-30,Signed; the tests take longer\n3,Launch,2027-01-15,\n";
    let (team, _) = team(
        export,
        "2,Pilot,,,Legal has not signed,2026-11-06\n3,Launch,2026-12-18,,Waits for the pilot,2026-11-06\n",
    );
    assert_eq!(find(&team, "Pilot").reason.as_deref(), Some("Signed; the tests take longer"));
    let launch = find(&team, "Launch");
    assert_eq!(
        (launch.due.map(|due| due.to_string()).as_deref(), launch.reason.as_deref()),
        (Some("2027-01-15"), Some("Waits for the pilot"))
    );
}
