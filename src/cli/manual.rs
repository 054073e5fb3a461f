//! `headsup completions` and `headsup man`: shell completions and manual pages of the command line.

use clap::Args;
use clap_complete::Shell;

use super::Terminal;
use crate::problem::Failure;

/// Print completions for a shell.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  headsup completions bash > ~/.local/share/bash-completion/completions/headsup")]
pub struct Completions {
    #[arg(value_enum)]
    pub shell: Shell,
}

impl Completions {
    pub fn run(&self, mut whole: clap::Command, terminal: &Terminal) -> Result<(), Failure> {
        let mut out = Vec::new();
        clap_complete::generate(self.shell, &mut whole, "headsup", &mut out);
        out.extend_from_slice(asking(self.shell).as_bytes());
        terminal.print_bytes(&out)
    }
}

/// Returns the script that asks headsup for ids, names and files, and leaves other words to the generated script.
fn asking(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => BASH,
        Shell::Zsh => ZSH,
        Shell::Fish => FISH,
        _ => "",
    }
}

const BASH: &str = r#"
_headsup_words() {
    local IFS=$'\n'
    COMPREPLY=($("${COMP_WORDS[0]}" complete-words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
    if [ ${#COMPREPLY[@]} -eq 0 ]; then
        unset IFS
        _headsup "$@"
    else
        compopt -o filenames 2>/dev/null
        case "${COMPREPLY[0]}" in */) compopt -o nospace 2>/dev/null ;; esac
    fi
}
complete -F _headsup_words -o bashdefault -o default headsup
"#;

const ZSH: &str = r#"
_headsup_words() {
    local -a found
    found=("${(@f)$("${words[1]}" complete-words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "${found[*]}" ]]; then
        compadd -Q -S '' -- "${(@q)found}"
    else
        _headsup "$@"
    fi
}
if [ "$funcstack[1]" != "_headsup" ]; then
    compdef _headsup_words headsup
fi
"#;

const FISH: &str = r#"
complete -c headsup -k -a '(headsup complete-words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
"#;

/// Print a manual page in roff.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  headsup man > headsup.1\n  headsup man week > headsup-week.1")]
pub struct Man {
    /// Command to describe [default: headsup itself]
    pub command: Option<String>,
}

impl Man {
    pub fn run(&self, mut whole: clap::Command, terminal: &Terminal) -> Result<(), Failure> {
        whole.build();
        let page = match &self.command {
            None => whole,
            Some(name) => {
                let found = whole.find_subcommand(name).cloned();
                let known: Vec<&str> = whole.get_subcommands().map(clap::Command::get_name).collect();
                found.ok_or_else(|| {
                    Failure::Usage(format!("there is no command {name}; there are {}", known.join(", ")))
                })?
            }
        };
        let mut out = Vec::new();
        clap_mangen::Man::new(page)
            .render(&mut out)
            .map_err(|e| Failure::Fault(format!("the manual page cannot be written: {e}")))?;
        terminal.print_bytes(&out)
    }
}
