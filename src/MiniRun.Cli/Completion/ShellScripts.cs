namespace MiniRun.Cli.Completion;

/// <summary>What each shell is told: to ask `minirun __complete` for the candidates, and to fall back to files where that says so.</summary>
internal static class ShellScripts
{
    internal const string Bash = """
        # minirun completion bash > /etc/bash_completion.d/minirun
        _minirun() {
          local line
          local -a lines
          COMPREPLY=()
          mapfile -t lines < <("${COMP_WORDS[0]}" __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null)
          for line in "${lines[@]}"; do
            if [[ $line == :files ]]; then
              compopt -o default
            else
              COMPREPLY+=("${line%%$'\t'*}")
            fi
          done
        }
        complete -F _minirun minirun

        """;

    internal const string Zsh = """
        #compdef minirun
        # minirun completion zsh > "${fpath[1]}/_minirun"
        _minirun() {
          local line files=
          local -a found
          for line in "${(@f)$("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2> /dev/null)}"; do
            if [[ $line == :files ]]; then
              files=1
            elif [[ -n $line ]]; then
              found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
            fi
          done
          (( $#found )) && _describe minirun found
          [[ -n $files ]] && _files
        }
        if [[ $funcstack[1] == _minirun ]]; then _minirun "$@"; else compdef _minirun minirun; fi

        """;

    internal const string Fish = """
        # minirun completion fish > ~/.config/fish/completions/minirun.fish
        function __minirun_complete
            set -l words (commandline -opc) (commandline -ct)
            for line in ($words[1] __complete -- $words[2..-1] 2> /dev/null)
                if test "$line" = :files
                    __fish_complete_path (commandline -ct)
                else
                    echo $line
                end
            end
        end
        complete -c minirun -f -a '(__minirun_complete)'

        """;
}
