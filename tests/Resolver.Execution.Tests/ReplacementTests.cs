using Resolver.Execution.Outcomes;
using Xunit;

namespace Resolver.Execution.Tests;

/// <summary>Installing over another version in the same prefix: pip, told --ignore-installed, would leave
/// both.</summary>
public sealed class ReplacementTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    [Fact]
    public async Task The_other_version_is_removed_by_its_record_and_a_copy_is_kept()
    {
        await InstallAsync(
            "1.0",
            "put alpha 1.0 old; echo extra > \"$site/alpha_old.py\"; echo alpha_old.py,, >> \"$site/alpha-1.0.dist-info/RECORD\""
        );
        Directory.CreateDirectory(Path.Combine(pip.Site, "__pycache__"));
        File.WriteAllText(Path.Combine(pip.Site, "__pycache__", "alpha_old.cpython-311.pyc"), "stale");

        var completed = Assert.IsType<ExecutionOutcome.Completed>(await InstallAsync("2.0", "put alpha 2.0 new"));

        Assert.Equal(["alpha-2.0.dist-info/METADATA", "alpha-2.0.dist-info/RECORD", "alpha.py"], SiteFiles());
        Assert.Equal("new\n", File.ReadAllText(Path.Combine(pip.Site, "alpha.py")));
        Assert.Contains(
            Directory.EnumerateFiles(Path.Combine(completed.RunFolder, "saved"), "*", SearchOption.AllDirectories),
            path => path.EndsWith("alpha_old.py", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task When_the_new_version_fails_the_other_is_put_back_as_it_was()
    {
        await InstallAsync("1.0", "put alpha 1.0 old");
        var before = pip.Contents();

        var outcome = await InstallAsync("2.0", "put alpha 2.0 new; exit 1");

        Assert.IsType<ExecutionOutcome.StepFailed>(outcome);
        Assert.Equal(before, pip.Contents());
    }

    [Fact]
    public async Task Without_a_record_nothing_is_removed_and_nothing_is_run()
    {
        await InstallAsync("1.0", "put alpha 1.0 old");
        File.Delete(Path.Combine(pip.Site, "alpha-1.0.dist-info", "RECORD"));
        var before = pip.Contents();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await InstallAsync("2.0", "put alpha 2.0 new"));

        Assert.Equal(FailureCodes.CannotReplace, failed.Code);
        Assert.Contains("alpha 1.0", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(before, pip.Contents());
    }

    [Theory]
    [InlineData("../../../../outside")]
    [InlineData("linked/outside")] // through a folder that is a link out of the prefix
    public async Task A_record_that_leads_out_of_the_prefix_removes_nothing(string path)
    {
        var outside = pip["outside"];
        File.WriteAllText(outside, "precious");
        await InstallAsync("1.0", "put alpha 1.0 old");
        File.CreateSymbolicLink(Path.Combine(pip.Site, "linked"), pip["."]);
        File.AppendAllText(Path.Combine(pip.Site, "alpha-1.0.dist-info", "RECORD"), path + ",,\n");

        var outcome = await InstallAsync("2.0", "put alpha 2.0 new");

        Assert.Equal(FailureCodes.CannotReplace, Assert.IsType<ExecutionOutcome.StepFailed>(outcome).Code);
        Assert.Equal("precious", File.ReadAllText(outside));
        Assert.True(File.Exists(Path.Combine(pip.Site, "alpha.py")));
    }

    private Task<ExecutionOutcome> InstallAsync(string version, string snippet) =>
        pip.Executor()
            .RunAsync(new ToyPlan().Install(pip.Archive($"alpha-{version}.whl", snippet), "alpha", version).Plan());

    private IEnumerable<string> SiteFiles() =>
        Directory
            .EnumerateFiles(pip.Site, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(pip.Site, file))
            .Order(StringComparer.Ordinal);
}
