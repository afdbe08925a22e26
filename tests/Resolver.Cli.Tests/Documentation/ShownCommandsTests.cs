using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Resolver.Cli.Tests.Documentation;

/// <summary>Every command that a page shows in a block marked <c>console</c> is run, page by page in an empty folder, and its output is the one that is shown.</summary>
/// <remarks>A line <c>…</c> stands for any lines, <c>…</c> within a line for any text. <c># exit code N</c> behind a command says how it ends; else it is 0. What goes to standard error is not shown.</remarks>
public sealed class ShownCommandsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Where(page => File.ReadAllText(page).Contains("```console", StringComparison.Ordinal)).Select(page => Path.GetFileName(page)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_shows_what_its_commands_print(string page)
    {
        PythonOnPath.NeedPip();
        Assert.SkipUnless(File.Exists("/bin/sh"), "there is no POSIX shell");
        folder.Write("bin/resolver", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "resolver.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["bin/resolver"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Directory.CreateDirectory(folder["work"]);

        foreach (var shown in Read(File.ReadAllLines(Path.Combine(Repository.Root, "docs", page))))
        {
            var (code, output, error) = Run(shown.Command);
            Assert.True(code == shown.ExitCode, $"docs/{page}:{shown.Line}: {shown.Command}: exit code {code}\n{output}{error}");
            Assert.True(Matches(shown.Output, output), $"docs/{page}:{shown.Line}: {shown.Command} prints\n{output}");
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

    private (int Code, string Output, string Error) Run(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = folder["work"], RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("RESOLVER_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["PATH"] = $"{folder["bin"]}:{start.Environment["PATH"]}";
        start.Environment["RESOLVER"] = Repository.Root;
        start.Environment["XDG_STATE_HOME"] = folder["state"];
        start.Environment["XDG_CACHE_HOME"] = folder["cache"];
        using var process = Process.Start(start)!;
        var error = new StringBuilder();
        process.ErrorDataReceived += (_, line) => error.AppendLine(line.Data);
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.ToString());
    }

    private static bool Matches(IReadOnlyList<string> shown, string output)
    {
        var pattern = new StringBuilder("^");
        foreach (var line in shown)
            pattern.Append(line == "…" ? "(?:[^\n]*\n)*" : Regex.Escape(line).Replace("…", "[^\n]*", StringComparison.Ordinal) + "\n");
        return Regex.IsMatch(output, pattern.Append("\\z").ToString());
    }

    private static IEnumerable<Shown> Read(string[] lines)
    {
        var inside = false;
        Shown? shown = null;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                inside = lines[i] == "```console";
                if (shown is not null)
                    yield return shown;
                shown = null;
            }
            else if (inside && lines[i].StartsWith("$ ", StringComparison.Ordinal))
            {
                if (shown is not null)
                    yield return shown;
                var end = Regex.Match(lines[i], @"\s+# exit code (\d+)$");
                shown = new Shown(lines[i][2..(end.Success ? end.Index : lines[i].Length)], end.Success ? int.Parse(end.Groups[1].Value) : 0, i + 1, []);
            }
            else if (inside)
            {
                shown?.Output.Add(lines[i]);
            }
        }
    }

    private sealed record Shown(string Command, int ExitCode, int Line, List<string> Output);
}
