using System.Text;
using Resolver.Execution.Processes;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Commands;

/// <summary>A process of a step: what is started, with which variables.</summary>
/// <param name="Step">The step it carries out.</param>
/// <param name="Kind">What it does for it.</param>
/// <param name="Executable">The program.</param>
/// <param name="Arguments">Its arguments, one each; no shell takes part.</param>
/// <param name="Environment">Its variables.</param>
/// <param name="SearchPath">What was put before PYTHONPATH.</param>
/// <param name="ScriptPath">What was put before PATH.</param>
public sealed record StepCommand(
    PlanStep Step,
    StepCommandKind Kind,
    string Executable,
    IReadOnlyList<string> Arguments,
    ChildEnvironment Environment,
    IReadOnlyList<string> SearchPath,
    IReadOnlyList<string> ScriptPath
)
{
    /// <summary>The command line for a POSIX shell, without the variables.</summary>
    public string Line => PosixShell.Line(Executable, Arguments);

    /// <summary>The folder whose one wheel a script installs, as it is not known beforehand what the wheel is called;
    /// relative to where the script runs. Null where the arguments say all.</summary>
    internal string? WheelFolder { get; init; }

    /// <summary>Where the destination is a <c>--target</c>: the folder that pip installs into, and the one its files
    /// go to from there. Null otherwise.</summary>
    internal (string Stage, string Target)? Staged { get; init; }

    /// <summary>Where the step's source was unpacked, as pip cannot build its archive; null where pip takes the
    /// archive.</summary>
    internal string? Unpacked { get; init; }

    /// <summary>The archive that the command reads, absolute, and the content that it must have; null where it reads a
    /// tree, or something that was made of the archive.</summary>
    internal (string Path, string Sha256)? Archive { get; init; }

    /// <summary>A script for a POSIX shell that does the same by hand: it checks the archive, drops <c>PIP_*</c>,
    /// sets the step's variables, builds in a scratch directory of its own.</summary>
    public string Script
    {
        get
        {
            var script = new StringBuilder("#!/bin/sh\n");
            script.Append(
                $"# Step {Step.Order}: {(Kind == StepCommandKind.Build ? "build " : "")}{Step.Candidate.Name} {Step.Candidate.Version}\n"
            );
            if (Unpacked is { } folder)
                script.Append(
                    $"# pip cannot build {TerminalText.OneLine(Step.Candidate.Path!)} as it is. It was unpacked to {TerminalText.OneLine(folder)}\n"
                );
            script.Append("set -eu\n");
            if (Archive is { } archive)
                script.Append(ArchiveCheck(archive.Path, archive.Sha256));
            script.Append(
                "for name in $(env | sed -n 's/^\\(PIP_[A-Za-z0-9_]*\\)=.*/\\1/p'); do unset \"$name\"; done\n"
            );
            foreach (var (name, value) in Environment.Own)
            {
                if (
                    name is "PYTHONPATH" or "PATH" or "TMPDIR"
                    || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
                )
                    continue;
                script.Append($"export {name}={PosixShell.Quote(value)}\n");
            }
            // The caller's own search path is whatever it is when the script runs; it is prepended to, never replaced.
            if (SearchPath.Count > 0)
                script.Append(
                    $"export PYTHONPATH={PosixShell.Quote(string.Join(':', SearchPath))}\"${{PYTHONPATH:+:$PYTHONPATH}}\"\n"
                );
            if (ScriptPath.Count > 0)
                script.Append($"export PATH={PosixShell.Quote(string.Join(':', ScriptPath))}\"${{PATH:+:$PATH}}\"\n");
            script.Append("TMPDIR=$(mktemp -d)\nexport TMPDIR\ntrap 'rm -rf \"$TMPDIR\"' EXIT\n");
            if (WheelFolder is { } wheels)
                script.Append($"set -- {PosixShell.Quote(wheels)}/*.whl\n");
            var line = WheelFolder is null ? Line : Line + " \"$@\"";
            if (Staged is not { } staged)
                return script.Append(line).Append('\n').ToString();
            // pip cannot add to a target that holds something (see StagedTarget); RECORD is written for a layout two
            // folders deeper.
            script
                .Append(
                    line.Replace(
                        PosixShell.Quote($"--target={staged.Stage}"),
                        "--target=\"$TMPDIR/target\"",
                        StringComparison.Ordinal
                    )
                )
                .Append('\n');
            script.Append(
                "for record in \"$TMPDIR\"/target/*.dist-info/RECORD; do sed 's#^\\.\\./\\.\\./##' \"$record\" >\"$TMPDIR/record\" && cat \"$TMPDIR/record\" >\"$record\"; done\n"
            );
            script.Append(
                $"mkdir -p {PosixShell.Quote(staged.Target)}\ncp -R \"$TMPDIR\"/target/. {PosixShell.Quote(staged.Target)}/\n"
            );
            return script.ToString();
        }
    }

    // As a run does it: what changed after planning is not used, and that is exit code 3.
    private static string ArchiveCheck(string path, string sha256)
    {
        var (file, shown) = (PosixShell.Quote(path), PosixShell.Quote(TerminalText.OneLine(path)));
        return $"sum=$(if command -v sha256sum >/dev/null 2>&1; then sha256sum; else shasum -a 256; fi <{file} | cut -d ' ' -f 1)\n"
            + $"[ \"$sum\" = {sha256} ] || {{ printf '%s: its content is not what was planned (sha256 expected {sha256}, found %s)\\n' {shown} \"$sum\" >&2; exit 3; }}\n";
    }
}
