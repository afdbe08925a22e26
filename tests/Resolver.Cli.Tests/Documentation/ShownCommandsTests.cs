using System.Text;
using System.Text.RegularExpressions;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Documentation;

/// <summary>Every command that a page shows in a block marked <c>console</c> or <c>sh</c> is run as a newcomer types
/// it: each page in one shell, which begins in an empty folder with an empty HOME and no variables but PATH and TERM.
/// Of blocks <c>console</c> the output is the one that is shown.</summary>
/// <remarks>
/// A line <c>…</c> stands for any lines, <c>…</c> within a line for any text. <c># exit code N</c> behind a command
/// says how it ends; else it is 0. What goes to standard error is not shown. A comment <c>&lt;!-- $ COMMAND
/// --&gt;</c> prepares what follows; a page with <c>&lt;!-- with real tarballs: FILE ... --&gt;</c> is run where
/// RESOLVER_REAL_ARCHIVE holds these files. A line of a block <c>sh</c> whose program is not on this machine is
/// passed over: those are other people's.
/// </remarks>
public sealed class ShownCommandsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string? Tarballs => Environment.GetEnvironmentVariable("RESOLVER_REAL_ARCHIVE");

    private static string[] TarballsOf(string page)
    {
        const string Mark = "<!-- with real tarballs: ";
        return Lines(page).FirstOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal)) is { } line
            ? line[Mark.Length..^" -->".Length].Split(' ')
            : [];
    }

    private static IEnumerable<string> Documents =>
        Directory
            .GetFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Select(page => $"docs/{Path.GetFileName(page)}")
            .Append("README.md")
            .Append("CONTRIBUTING.md")
            .Order(StringComparer.Ordinal);

    public static TheoryData<string> Pages => [.. Documents.Where(page => Read(Lines(page)).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_shows_what_its_commands_print(string page)
    {
        PythonOnPath.NeedPip();
        Assert.SkipUnless(File.Exists("/bin/sh"), "there is no POSIX shell");
        folder.Write(
            "bin/resolver",
            $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "resolver.dll")}' \"$@\"\n"
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["bin/resolver"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var tarball in TarballsOf(page))
            Assert.SkipUnless(
                Tarballs is not null && File.Exists(Path.Combine(Tarballs, tarball)),
                $"RESOLVER_REAL_ARCHIVE names no folder with {tarball}; .ci/real-tarballs fetches it"
            );
        Directory.CreateDirectory(folder["work"]);
        Directory.CreateDirectory(folder["shared"]);

        using var shell = OpenShell();
        foreach (var shown in Read(Lines(page)))
        {
            if (shown.IsForeign)
                continue;
            var (code, output, error) = shell.Run(shown.Command);
            Assert.True(
                code == shown.ExitCode,
                $"{page}:{shown.Line}: {shown.Command}: exit code {code}\n{output}{error}"
            );
            Assert.True(
                shown.Output is null || Matches(shown.Output, output),
                $"{page}:{shown.Line}: {shown.Command} prints\n{output}"
            );
        }
    }

    /// <summary>How the program is built and tested is what <c>.ci/run</c> does; everything else that is shown is run
    /// here.</summary>
    [Fact]
    public void No_command_of_the_program_is_shown_where_it_is_not_run()
    {
        foreach (var page in Documents)
        {
            var fence = "";
            foreach (var line in Lines(page))
            {
                if (line.StartsWith("```", StringComparison.Ordinal))
                    fence = fence.Length > 0 ? "" : line;
                else if (
                    fence is not ("```console" or "```sh")
                    && (fence.Length > 0 || line.StartsWith("    ", StringComparison.Ordinal))
                )
                    Assert.False(Regex.IsMatch(line, @"^\s*(\$ |resolver [a-z])"), $"{page}: {line}");
            }
        }
    }

    /// <summary>A newcomer has none of these variables.</summary>
    [Fact]
    public void A_page_says_what_the_variables_in_its_commands_are()
    {
        foreach (var page in Documents)
        {
            var text = string.Join('\n', Lines(page));
            var prose = Regex.Replace(
                text,
                "^```.*?^```$|<!--.*?-->",
                "",
                RegexOptions.Multiline | RegexOptions.Singleline
            );
            var shown = Regex.Matches(
                text,
                "^```(?:sh|console)$.*?^```$",
                RegexOptions.Multiline | RegexOptions.Singleline
            );
            foreach (
                var name in shown
                    .SelectMany(block => Regex.Matches(block.Value, @"\$(RESOLVER|SHARED|TREE|TARBALLS)\b"))
                    .Select(match => match.Value)
                    .Distinct()
            )
                Assert.True(
                    prose.Contains($"`{name}", StringComparison.Ordinal),
                    $"{page} does not say what {name} is"
                );
        }
    }

    [Fact]
    public void A_dot_line_stands_for_any_lines_and_only_that()
    {
        Assert.True(Matches(["a", "…", "d …"], "a\nb\nc\nd e\n"));
        Assert.True(Matches(["…"], ""));
        Assert.False(Matches(["a", "…", "d"], "a\nb\n"));
        Assert.False(Matches(["a"], "a\nb\n"));
        Assert.False(Matches([], "a\n"));
    }

    /// <summary>The shell that a page is typed into.</summary>
    private ShownShell OpenShell()
    {
        Directory.CreateDirectory(folder["home"]);
        var variables = new Dictionary<string, string>
        {
            // A page that wants a Python with nothing installed makes one there.
            ["PATH"] = $"{folder["bin"]}:{folder["work/env/bin"]}:{Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = folder["home"],
            ["TERM"] = "dumb",
            // The places that pages call so.
            ["RESOLVER"] = Repository.Root,
            ["SHARED"] = folder["shared"],
            ["TREE"] = folder["tree"],
        };
        if (Tarballs is not null)
            variables["TARBALLS"] = Tarballs;
        return new ShownShell(folder["work"], variables);
    }

    private static bool Matches(IReadOnlyList<string> shown, string output)
    {
        var pattern = new StringBuilder("^");
        foreach (var line in shown)
            pattern.Append(
                line == "…"
                    ? "(?:[^\n]*\n)*"
                    : Regex.Escape(line).Replace("…", "[^\n]*", StringComparison.Ordinal) + "\n"
            );
        return Regex.IsMatch(output, pattern.Append("\\z").ToString());
    }

    private static string[] Lines(string page) => File.ReadAllLines(Path.Combine(Repository.Root, page));

    /// <summary>Whether the program that a line begins with is on this machine.</summary>
    private static bool IsHere(string command)
    {
        var program = command.Split(' ')[0];
        return program is "resolver" or "export" or "cd" or "."
            || (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Any(place => place.Length > 0 && File.Exists(Path.Combine(place, program)));
    }

    private static IEnumerable<Shown> Read(string[] lines)
    {
        var fence = "";
        Shown? shown = null;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fence = fence.Length > 0 ? "" : line;
                if (shown is not null)
                    yield return shown;
                shown = null;
            }
            else if (fence.Length == 0 && line.StartsWith("<!-- $ ", StringComparison.Ordinal))
            {
                yield return new Shown(line["<!-- $ ".Length..^" -->".Length], 0, i + 1, null);
            }
            else if (fence == "```sh" && line.Length > 0)
            {
                var at = i;
                while (line.EndsWith('\\'))
                    line = line[..^1] + lines[++i].TrimStart();
                var (command, code) = Ending(line);
                yield return new Shown(command, code, at + 1, null) { IsForeign = !IsHere(command) };
            }
            else if (fence == "```console" && line.StartsWith("$ ", StringComparison.Ordinal))
            {
                if (shown is not null)
                    yield return shown;
                var at = i;
                if (Regex.Match(line, @" <<(\w+)$") is { Success: true } document)
                {
                    do line += $"\n{lines[++i]}";
                    while (lines[i] != document.Groups[1].Value);
                }
                var (command, code) = Ending(line[2..]);
                shown = new Shown(command, code, at + 1, []);
            }
            else if (fence == "```console")
            {
                shown?.Output!.Add(line);
            }
        }
    }

    private static (string Command, int ExitCode) Ending(string line)
    {
        var end = Regex.Match(line, @"\s+# exit code (\d+)(?::.*)?$");
        return end.Success ? (line[..end.Index], int.Parse(end.Groups[1].Value)) : (line, 0);
    }

    /// <param name="Output">Null where it is not shown.</param>
    private sealed record Shown(string Command, int ExitCode, int Line, List<string>? Output)
    {
        /// <summary>Whether its program is not on this machine.</summary>
        public bool IsForeign { get; init; }
    }
}
