using System.Text.Json;
using Resolver.Cli.Terminal;
using Resolver.Testing;

namespace Resolver.Cli.Tests.Commands;

/// <summary>What lies in a site folder and is not installed, or cannot be read: never counted, never passed over in
/// silence.</summary>
public sealed class BrokenMetadataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public BrokenMetadataTests() => PythonOnPath.Need();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("~ib-1.0.dist-info")]
    [InlineData("-ib-1.0.dist-info")]
    [InlineData("~-lib-1.0.dist-info")]
    [InlineData(".dist-info")]
    [InlineData("-1.0.dist-info")]
    [InlineData("~ib.egg-info")]
    public void A_leftover_of_an_interrupted_pip_is_not_installed_and_is_told(string name)
    {
        var file = name.EndsWith(".egg-info", StringComparison.Ordinal) ? "PKG-INFO" : "METADATA";
        folder.Write($"site/{name}/{file}", "Metadata-Version: 2.1\nName: lib\nVersion: 1.0\n");
        new ToyWheel("app", "1.0").Requires("lib").In(folder["archive"]);
        var lib = Plan("app", "--target", folder["site"]);
        var further = Plan("app", "--installed", folder["site"]);

        Assert.All([lib, further], plan => Assert.Equal(ExitCode.Impossible, plan.ExitCode));
        Assert.All([lib, further], plan => Assert.Contains("interrupted pip", plan.Output, StringComparison.Ordinal));
        var check = Invocation.Of("check", "--target", folder["site"], "--format", "json");
        Assert.Contains("interrupted pip", check.Error, StringComparison.Ordinal);
        var told = JsonDocument.Parse(check.Output).RootElement;
        Assert.Contains(
            told.GetProperty("metadata").EnumerateArray(),
            each => each.GetProperty("code").GetString() == "interrupted-leftover"
        );
        Assert.DoesNotContain(
            told.GetProperty("problems").EnumerateArray(),
            each => each.GetProperty("name").GetString() == "lib"
        );
    }

    [Theory]
    [InlineData("Version: 1.0ubuntu1\n", "1.0ubuntu1")]
    [InlineData("", "no version|Version")]
    [InlineData("Version: 1.0\nRequires-Dist: not a requirement ;;\n", "not a requirement")]
    public void Broken_metadata_is_told_where_it_would_have_been_the_answer_and_by_check(string lines, string said)
    {
        folder.Write("site/lib-1.0.dist-info/METADATA", $"Metadata-Version: 2.1\nName: lib\n{lines}");
        new ToyWheel("app", "1.0").Requires("lib").In(folder["archive"]);
        new ToyWheel("other", "1.0").In(folder["archive"]);

        var impossible = Plan("app", "--target", folder["site"]);
        var check = Invocation.Of("check", "--target", folder["site"]);
        var unrelated = Plan("other", "--target", folder["site"]);
        new ToyWheel("lib", "2.0").In(folder["archive"]);
        var planned = Plan("app", "--target", folder["site"]);

        Assert.Equal(ExitCode.Impossible, impossible.ExitCode);
        Assert.Matches(said, impossible.Output);
        Assert.Equal(ExitCode.Impossible, check.ExitCode);
        Assert.Matches(said, check.Output);
        Assert.DoesNotContain("lib", unrelated.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, planned.ExitCode);
        Assert.Matches(said, planned.Error);
    }

    [Fact]
    public void Check_tells_an_unmet_requirement_beside_a_line_that_cannot_be_read()
    {
        folder.Write(
            "site/lib-1.0.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: lib\nVersion: 1.0\nRequires-Dist: bad ;;\nRequires-Dist: nothere\n"
        );

        var check = Invocation.Of("check", "--target", folder["site"]);

        Assert.Equal(ExitCode.Impossible, check.ExitCode);
        Assert.Contains("bad ;;", check.Output, StringComparison.Ordinal);
        Assert.Contains("nothere, which is not installed", check.Output, StringComparison.Ordinal);
    }

    private Invocation Plan(params string[] arguments) =>
        Invocation.Of(["plan", .. arguments, "-f", folder["archive"], "--no-cache"]);
}
