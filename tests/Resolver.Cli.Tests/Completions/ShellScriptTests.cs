using System.Diagnostics;

namespace Resolver.Cli.Tests.Completions;

/// <summary>What <c>resolver completion SHELL</c> prints, read by that shell itself, which then completes a line.
/// Shells that are not there skip.</summary>
public sealed class ShellScriptTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>What is typed behind the program's name, and what a shell may make of it; where it has a choice, one
    /// of them.</summary>
    public static TheoryData<string, string, string[]> Lines
    {
        get
        {
            var lines = new TheoryData<string, string, string[]>();
            foreach (var shell in (string[])["bash", "zsh", "fish", "pwsh"])
            {
                lines.Add(shell, "ord", ["order"]);
                lines.Add(shell, "plan -f archive num", ["numpy"]);
                lines.Add(shell, "plan -f archive numpy==1.1", ["numpy==1.10"]);
                lines.Add(shell, "plan -f archive --no-binary :a", [":all:"]);
                lines.Add(shell, "plan --resolution lowest-", ["lowest-direct"]);
                lines.Add(shell, "plan --resolution=hi", ["--resolution=highest"]);
                lines.Add(shell, "plan --keep-no-such-thing", []);
            }

            return lines;
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_shell_that_reads_the_script_completes(string shell, string typed, string[] expected)
    {
        Assert.SkipUnless(OnPath(shell), $"there is no {shell}");
        folder.Write("archive/numpy-1.10-py3-none-any.whl", "");
        // The script asks the program that is typed: a stand-in that runs this build.
        folder.Write(
            "bin/resolver",
            $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "resolver.dll")}' \"$@\"\n"
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["bin/resolver"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        folder.Write("script", Invocation.Of("completion", shell == "pwsh" ? "powershell" : shell).Output);

        var (completed, error) = Completed(shell, $"resolver {typed}");

        Assert.True(expected.SequenceEqual(completed), $"{shell}: {string.Join(" | ", completed)}\n{error}");
    }

    /// <summary>Every shell is asked in its own way, for what would be put in place of the last word.</summary>
    private (string[] Words, string Error) Completed(string shell, string line) =>
        shell switch
        {
            // Readline keeps what stands before '=' and ':' of a word and puts the answer behind it.
            "bash" => Answer(
                "bash",
                [
                    "--norc",
                    "-c",
                    """
                    source ./script
                    COMP_LINE=$1 COMP_POINT=${#1}
                    word=${1##* }
                    _resolver
                    kept=
                    [[ $word == *[=:]* ]] && kept=${word%"${word##*[=:]}"}
                    [[ ${#COMPREPLY[@]} -eq 0 ]] || printf -- "$kept%s\n" "${COMPREPLY[@]}"
                    """,
                    "bash",
                    line,
                ]
            ),
            "fish" => Answer(
                "fish",
                ["--no-config", "-c", "source script; complete -C $argv[1] | string replace -r '\\t.*' ''", line]
            ),
            "pwsh" => Answer(
                "pwsh",
                [
                    "-NoProfile",
                    "-NonInteractive",
                    "-Command",
                    $"Get-Content -Raw ./script | Invoke-Expression; $line = '{line}'; (TabExpansion2 $line "
                        + $"$line.Length).CompletionMatches | ForEach-Object CompletionText",
                ]
            ),
            _ => InTerminal(line),
        };

    /// <summary>zsh completes nowhere but in its line editor: one in a terminal of its own, where a key completes the
    /// word and writes down what it became.</summary>
    private (string[] Words, string Error) InTerminal(string line)
    {
        folder.Write(
            "inner.zsh",
            """
            PS1=
            autoload -Uz compinit
            compinit -D -u
            source ./script
            resolver-test() { zle complete-word; print -r -- "${${(z)BUFFER}[-1]}" >completed; exit }
            zle -N resolver-test
            bindkey '^T' resolver-test
            print RE''ADY
            """
        );
        folder.Write(
            "outer.zsh",
            """
            zmodload zsh/zpty
            zpty inner zsh -f -i
            zpty -w inner 'source ./inner.zsh'
            zpty -r inner seen '*READY*'
            zpty -w -n inner "$1"$'\x14'
            while zpty -r inner seen; do :; done
            cat completed
            """
        );
        var (words, error) = Answer("zsh", ["-f", "outer.zsh", line]);
        // A word that stays as it was has not been completed.
        return (
            words is [var word] && line.EndsWith($" {word}", StringComparison.Ordinal)
                ? []
                : [.. words.Select(word => word.Replace("\\", "", StringComparison.Ordinal))],
            error
        );
    }

    private (string[] Words, string Error) Answer(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder["bin"]}:{start.Environment["PATH"]}";
        start.Environment["HOME"] =
            start.Environment["XDG_CONFIG_HOME"] =
            start.Environment["XDG_DATA_HOME"] =
            start.Environment["XDG_CACHE_HOME"] =
                folder["home"];
        start.Environment["NO_COLOR"] = "1";
        start.Environment["TERM"] = "dumb";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            error.Result
        );
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(directory => directory.Length > 0 && File.Exists(Path.Combine(directory, program)));
}
