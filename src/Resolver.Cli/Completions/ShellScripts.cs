namespace Resolver.Cli.Completions;

/// <summary>What makes a shell ask <c>resolver complete</c>. Each asks the very program that is being typed, so that
/// a script never disagrees with it, and completes paths itself where that has nothing to say.</summary>
internal static class ShellScripts
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    /// <summary>The script of one of <see cref="Shells"/>.</summary>
    public static string Of(string shell) =>
        (
            shell switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                "fish" => Fish,
                _ => PowerShell,
            }
        ).ReplaceLineEndings("\n") + "\n";

    // Readline breaks words at '=' and ':', which requirements are full of: words are taken from the line, and what
    // readline keeps of the word is taken off the answers.
    private const string Bash = """
        # bash completion for resolver; put into ~/.bashrc: eval "$(resolver completion bash)"
        _resolver() {
            local line=${COMP_LINE:0:COMP_POINT} current kept IFS=$' \t\n'
            local -a words
            read -r -a words <<<"$line"
            [[ $line == *[[:space:]] ]] && words+=("")
            current=${words[${#words[@]}-1]}
            IFS=$'\n'
            COMPREPLY=($("${words[0]}" complete -- "${words[@]:1}" 2>/dev/null | cut -f 1))
            if [[ ${#COMPREPLY[@]} -eq 0 ]]; then
                compopt -o default 2>/dev/null
                return
            fi
            if [[ $current == *[=:]* ]]; then
                kept=${current%"${current##*[=:]}"}
                COMPREPLY=("${COMPREPLY[@]#"$kept"}")
            fi
        }
        complete -F _resolver resolver
        """;

    private const string Zsh = """
        #compdef resolver
        # zsh completion for resolver; put into ~/.zshrc after compinit: eval "$(resolver completion zsh)"
        _resolver() {
            local line tab=$'\t'
            local -a lines values
            lines=("${(@f)$(${words[1]} complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
            if [[ -z ${lines[1]} ]]; then
                _files
                return
            fi
            for line in $lines; do
                local value=${${line%%$tab*}//:/\\:} tip=${line#*$tab}
                values+=("$value${tip:+:$tip}")
            done
            _describe 'resolver' values
        }
        compdef _resolver resolver
        """;

    private const string Fish = """
        # fish completion for resolver; put into config.fish: resolver completion fish | source
        function __resolver_complete
            set -l words (commandline -opc)
            set -l current (commandline -ct)
            set -l answers ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
            if test (count $answers) -eq 0
                __fish_complete_path "$current"
            else
                printf '%s\n' $answers
            end
        end
        complete -c resolver -f -a '(__resolver_complete)'
        """;

    private const string PowerShell = """
        # PowerShell completion for resolver; put into $PROFILE: resolver completion powershell | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName resolver -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $words = @($commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text.Trim("'", '"') })
            $program = $words[0]
            $words = @($words | Select-Object -Skip 1)
            if ($wordToComplete -eq '') { $words += '' }
            & $program complete '--' @words 2>$null | ForEach-Object {
                $parts = $_ -split "`t", 2
                $tip = if ($parts.Count -gt 1 -and $parts[1]) { $parts[1] } else { $parts[0] }
                [System.Management.Automation.CompletionResult]::new($parts[0], $parts[0], 'ParameterValue', $tip)
            }
        }
        """;
}
