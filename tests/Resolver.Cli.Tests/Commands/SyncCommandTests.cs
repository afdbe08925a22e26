using System.Diagnostics;
using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary><c>resolver sync</c> and <c>install --exact</c>: nothing but the plan is left in the destination.</summary>
public sealed class SyncCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SyncCommandTests()
    {
        PythonOnPath.Need();
        folder.Wheel("app", "1", "py3-none-any", "lib");
        folder.Wheel("lib", "1", "py3-none-any");
        folder.Wheel("lib", "2", "py3-none-any");
        folder.Wheel("other", "1", "py3-none-any", "lib<2");
    }

    public void Dispose() => folder.Dispose();

    private Invocation Run(string command, params string[] arguments) =>
        Invocation.Of([command, .. arguments, "-f", folder["archive"], "--no-config"]);

    private string[] Installed() =>
        [
            .. Directory
                .EnumerateDirectories(folder["prefix"], "*.dist-info", SearchOption.AllDirectories)
                .Select(each => Path.GetFileName(each)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [InlineData("sync")]
    [InlineData("install", "--exact")]
    public void What_is_not_in_the_plan_is_removed_and_undo_restores_it(string command, params string[] options)
    {
        var prefix = folder["prefix"];
        Assert.Equal(ExitCode.Done, Run("install", "other", "--prefix", prefix).ExitCode);
        Assert.Equal(["lib-1.dist-info", "other-1.dist-info"], Installed());

        string[] arguments = ["app", "-U", "--prefix", prefix, .. options];
        var dry = Run(command, [.. arguments, "--dry-run", "--format", "json"]);
        Assert.True(dry.ExitCode == ExitCode.Done, dry.Error);
        using (var plan = JsonDocument.Parse(dry.Output))
        {
            var removed = Assert.Single(plan.RootElement.GetProperty("removed").EnumerateArray());
            Assert.Equal("other", removed.GetProperty("name").GetString());
            Assert.True(Path.Exists(removed.GetProperty("path").GetString()));
        }
        Assert.Equal(["lib-1.dist-info", "other-1.dist-info"], Installed());

        var run = Run(command, arguments);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("Removed: 1\n  other 1  ", run.Output, StringComparison.Ordinal);
        Assert.Equal(["app-1.dist-info", "lib-2.dist-info"], Installed());
        var id = run.Error.Split("undo it with 'resolver undo ").Last().Split('\'')[0];
        Assert.Equal(ExitCode.Done, Invocation.Of("undo", id).ExitCode);
        Assert.Equal(["app-1.dist-info", "lib-2.dist-info", "other-1.dist-info"], Installed());
    }

    [Fact]
    public void A_destination_that_is_as_planned_stays_as_it_is()
    {
        Assert.Equal(ExitCode.Done, Run("sync", "app", "--prefix", folder["prefix"]).ExitCode);

        var again = Run("sync", "app", "--prefix", folder["prefix"]);

        Assert.Equal(ExitCode.Done, again.ExitCode);
        Assert.DoesNotContain("Removed", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("run ", again.Error, StringComparison.Ordinal);
        Assert.Equal(["app-1.dist-info", "lib-2.dist-info"], Installed());
    }

    [Fact]
    public void Where_there_is_no_plan_nothing_is_removed()
    {
        Assert.Equal(ExitCode.Done, Run("install", "other", "--prefix", folder["prefix"]).ExitCode);

        Assert.Equal(ExitCode.Impossible, Run("sync", "nowhere", "--prefix", folder["prefix"]).ExitCode);

        Assert.Equal(["lib-1.dist-info", "other-1.dist-info"], Installed());
    }

    [Fact]
    public void A_virtual_environment_keeps_its_pip()
    {
        Shell("python3", "-m", "venv", folder["prefix"]);
        var python = folder["prefix/bin/python"];
        var first = Run("install", "other", "--python", python);
        Assert.True(first.ExitCode == ExitCode.Done, first.Error);
        Assert.Contains("installing into the virtual environment", first.Error, StringComparison.Ordinal);

        var run = Run("sync", "lib", "--python", python);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var listed = Shell(python, "-m", "pip", "list", "--format", "freeze");
        Assert.Contains("pip==", listed, StringComparison.Ordinal);
        Assert.Contains("lib==1", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("other", listed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is not in a virtual environment", "sync", "app", "--system")]
    [InlineData("cannot be combined with --resume", "install", "app", "--exact", "--keep-going", "--prefix", "p")]
    [InlineData("cannot be made to contain exactly one plan", "sync", "app", "--prefix", "p/{name}")]
    public void A_destination_that_holds_more_than_plans_is_refused(
        string message,
        string command,
        params string[] arguments
    )
    {
        if (arguments.Contains("--system"))
            Assert.SkipWhen(IsVirtual(), "python3 is in a virtual environment");

        var run = Run(command, arguments);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static bool IsVirtual() =>
        Shell("python3", "-c", "import sys; print(sys.prefix != sys.base_prefix)").Trim() == "True";

    private static string Shell(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output;
    }
}
