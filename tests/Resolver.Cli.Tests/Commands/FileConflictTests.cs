using System.Text.Json;
using Resolver.Cli.Terminal;
using Resolver.Testing;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Contract: files that two projects contain are told before anything is written; what was there before a run
/// is not overwritten unasked, and <c>undo</c> restores it.</summary>
public sealed class FileConflictTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FileConflictTests() => PythonOnPath.NeedPip();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("shared.py")]
    [InlineData("*.data/data/share/it")]
    public void Two_projects_with_one_file_are_reported_in_plan_and_install(string path)
    {
        Wheel("one", path, "1");
        Wheel("two", path, "2");
        var file = Path.GetFileName(path);

        Assert.Matches($"{file}: one 1.0 and two 1.0 both contain this file", Plan("one", "two").Error);
        var installed = Install("one", "two");
        Assert.Equal(ExitCode.Done, installed.ExitCode);
        Assert.Matches($"{file}: one 1.0 and two 1.0 both contain this file", installed.Error);
    }

    [Fact]
    public void Two_commands_of_one_name_are_one_file()
    {
        Wheel("one", "*.dist-info/entry_points.txt", "[console_scripts]\nrun = one:main\n");
        Wheel("two", "*.dist-info/entry_points.txt", "[console_scripts]\nrun = two:main\n");

        Assert.Contains("both contain this file", Plan("one", "two").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_file_in_two_projects_harms_nobody()
    {
        Wheel("one", "shared/__init__.py", "");
        Wheel("two", "shared/__init__.py", "");

        Assert.DoesNotContain("shared", Install("one", "two").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void On_request_a_file_of_two_projects_is_an_error_before_anything_is_written()
    {
        Wheel("one", "shared.py", "1");
        Wheel("two", "shared.py", "2");

        var refused = Install("one", "two", "--on-file-conflict", "error");

        Assert.Equal(ExitCode.StepFailed, refused.ExitCode);
        Assert.Empty(Directory.Exists(folder["prefix"]) ? Files() : []);
    }

    [Fact]
    public void A_file_of_the_user_is_not_overwritten_unless_asked_and_undo_restores_it()
    {
        folder.Write("prefix/share/it", "mine");
        Wheel("one", "*.data/data/share/it", "theirs");

        var refused = Install("one");
        Assert.Equal(ExitCode.StepFailed, refused.ExitCode);
        Assert.Matches("share/it: one 1.0 would overwrite this file", refused.Error);
        Assert.Equal(["share/it"], Files());

        Assert.Equal(ExitCode.Done, Install("one", "--on-file-conflict", "warn").ExitCode);
        Assert.Equal("theirs", File.ReadAllText(folder["prefix/share/it"]));
        UndoLast();
        Assert.Equal("mine", File.ReadAllText(folder["prefix/share/it"]));
        Assert.Equal(["share/it"], Files());
    }

    [Fact]
    public void A_file_of_an_earlier_run_is_not_overwritten_unless_asked_and_undo_restores_it()
    {
        Wheel("one", "shared.py", "1");
        Wheel("two", "shared.py", "2");
        Install("one");
        var before = Files();

        var refused = Install("two");
        Assert.Equal(ExitCode.StepFailed, refused.ExitCode);
        Assert.Matches("shared.py: two 1.0 would overwrite this file of one 1.0", refused.Error);

        Assert.Equal(ExitCode.Done, Install("two", "--on-file-conflict", "warn").ExitCode);
        UndoLast();
        Assert.Equal(before, Files());
        Assert.Equal("1", File.ReadAllText(Shared()));
    }

    [Fact]
    public void A_file_that_moves_to_another_project_of_the_plan_is_no_conflict()
    {
        Wheel("one", "shared.py", "1");
        Install("one");
        Wheel("one", "own.py", "1", "2.0");
        Wheel("two", "shared.py", "2");

        var moved = Install("one==2.0", "two", "-U");

        Assert.Equal(ExitCode.Done, moved.ExitCode);
        Assert.DoesNotContain("would overwrite", moved.Error, StringComparison.Ordinal);
        Assert.Equal("2", File.ReadAllText(Shared()));
    }

    private void Wheel(string name, string path, string content, string version = "1.0") =>
        new ToyWheel(name, version).With(path, content).In(folder["archive"]);

    private Invocation Plan(params string[] arguments) =>
        Invocation.Of(["plan", .. arguments, "-f", folder["archive"], "--prefix", folder["prefix"], "--no-cache"]);

    private Invocation Install(params string[] arguments) =>
        Invocation.Of(["install", .. arguments, "-f", folder["archive"], "--prefix", folder["prefix"], "--no-cache"]);

    // Other tests have runs of their own meanwhile.
    private void UndoLast()
    {
        var runs = JsonDocument.Parse(Invocation.Of("runs", "--format", "json").Output).RootElement;
        var last = runs.GetProperty("runs")
            .EnumerateArray()
            .Last(run => run.GetProperty("destination").GetString() == folder["prefix"])
            .GetProperty("id")
            .GetString()!;
        Assert.Equal(ExitCode.Done, Invocation.Of("undo", last).ExitCode);
    }

    private string Shared() =>
        Directory.EnumerateFiles(folder["prefix"], "shared.py", SearchOption.AllDirectories).Single();

    private List<string> Files() =>
        [
            .. Directory
                .EnumerateFiles(folder["prefix"], "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder["prefix"], file))
                .Order(StringComparer.Ordinal),
        ];
}
