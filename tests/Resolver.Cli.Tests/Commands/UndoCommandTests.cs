using System.Diagnostics;
using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>What <c>install</c> did is listed by <c>runs</c> and taken back by <c>undo</c>.</summary>
public sealed class UndoCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public UndoCommandTests() => PythonOnPath.NeedPip();

    public void Dispose() => folder.Dispose();

    private string[] Install =>
        [
            "install",
            "inkpot",
            "-f",
            Repository.Quickstart("archive"),
            "--only-binary",
            "inkpot",
            "--prefix",
            folder["prefix"],
        ];

    [Fact]
    public void A_run_is_listed_undone_once_and_then_cannot_be_resumed()
    {
        Assert.Equal(ExitCode.Done, Invocation.Of(Install).ExitCode);
        var run = Runs().Single();
        Assert.Equal("finished", run.GetProperty("status").GetString());
        var id = run.GetProperty("id").GetString()!;

        var undone = Invocation.Of("undo", id);

        Assert.Equal(ExitCode.Done, undone.ExitCode);
        Assert.False(Directory.Exists(folder["prefix"]));
        Assert.Equal("undone", Runs().Single().GetProperty("status").GetString());
        Assert.Equal(ExitCode.StepFailed, Invocation.Of("undo", id).ExitCode);
        Assert.Equal(ExitCode.StepFailed, Invocation.Of("install", "--resume", id).ExitCode);
    }

    [Fact]
    public void The_last_run_is_undone_without_its_name_and_its_record_is_pruned_then()
    {
        var installed = Alone(Install);
        Assert.True(installed.ExitCode == ExitCode.Done, installed.Error);

        Assert.Equal(new Invocation(ExitCode.Done, "", ""), Alone("runs", "--prune"));
        Assert.Contains("finished", Alone("runs").Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Alone("undo", "--last").ExitCode);

        Assert.False(Directory.Exists(folder["prefix"]));
        Assert.Equal(ExitCode.BadInput, Alone("undo", "--last").ExitCode);
        Assert.Contains("undone", Alone("runs", "--prune").Output, StringComparison.Ordinal);
        Assert.Equal(new Invocation(ExitCode.Done, "", ""), Alone("runs"));
    }

    [Fact]
    public void What_a_later_hand_has_changed_is_not_undone_and_the_way_out_is_said()
    {
        Invocation.Of(Install);
        var record = Directory.EnumerateFiles(folder["prefix"], "RECORD", SearchOption.AllDirectories).Single();
        File.Delete(record);

        var undone = Invocation.Of("undo", Runs().Single().GetProperty("id").GetString()!);

        Assert.Equal(ExitCode.StepFailed, undone.ExitCode);
        Assert.Contains("no RECORD", undone.Error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.GetDirectoryName(record)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_was_edited_since_is_kept_and_named_unless_force_deletes_it(bool forced)
    {
        Invocation.Of(Install);
        var module = Directory.EnumerateFiles(folder["prefix"], "inkpot.py", SearchOption.AllDirectories).Single();
        File.AppendAllText(module, "# mine\n");
        string[] undo = ["undo", Runs().Single().GetProperty("id").GetString()!];

        var undone = Invocation.Of(forced ? [.. undo, "--force"] : undo);

        Assert.Equal(ExitCode.Done, undone.ExitCode);
        Assert.Contains($"{module} was changed since it was installed", undone.Error, StringComparison.Ordinal);
        var left = Directory.Exists(folder["prefix"])
            ? Directory.EnumerateFiles(folder["prefix"], "*", SearchOption.AllDirectories)
            : [];
        if (forced)
        {
            Assert.Empty(left);
            Assert.EndsWith("# mine\n", File.ReadAllText(CopyIn(undone.Error)), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal([module], left);
            Assert.EndsWith("# mine\n", File.ReadAllText(module), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_edited_file_makes_way_for_the_one_that_its_run_replaced_and_is_found_in_the_record()
    {
        foreach (var version in (string[])["1.0", "2.0"])
        {
            var wheel = new Testing.ToyWheel("toy", version).With("toy.py", $"version = '{version}'\n").In(folder["a"]);
            Assert.Equal(ExitCode.Done, Invocation.Of("install", wheel, "--prefix", folder["prefix"]).ExitCode);
        }
        var module = Directory.EnumerateFiles(folder["prefix"], "toy.py", SearchOption.AllDirectories).Single();
        File.AppendAllText(module, "# mine\n");
        var newest = Runs().OrderBy(run => run.GetProperty("id").GetString(), StringComparer.Ordinal).Last();

        var undone = Invocation.Of("undo", newest.GetProperty("id").GetString()!);

        Assert.Equal(ExitCode.Done, undone.ExitCode);
        Assert.Equal("version = '1.0'\n", File.ReadAllText(module));
        Assert.Equal("version = '2.0'\n# mine\n", File.ReadAllText(CopyIn(undone.Error)));
    }

    private static string CopyIn(string warning) => warning.Split("what it held is in ")[1].Split('\n')[0].Trim();

    [Theory]
    [InlineData("undo", "no-such-run")]
    [InlineData("install", "--resume", "no-such-run")]
    public void An_unknown_run_is_bad_input(params string[] arguments) =>
        Assert.Equal(ExitCode.BadInput, Invocation.Of(arguments).ExitCode);

    // In a process with a state of its own: which run is the last, other tests must not decide.
    private Invocation Alone(params string[] arguments) =>
        ProgramProcess.Run(new() { ["RESOLVER_STATE_DIR"] = folder["state"] }, arguments);

    private List<JsonElement> Runs() =>
        [
            .. JsonDocument
                .Parse(Invocation.Of("runs", "--format", "json").Output)
                .RootElement.GetProperty("runs")
                .EnumerateArray()
                .Where(run => run.GetProperty("destination").GetString() == folder["prefix"]),
        ];
}
