using System.Text.Json;
using System.Text.RegularExpressions;
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
    public void A_leftover_of_an_interrupted_pip_is_not_installed_and_is_reported(string name)
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
    public void Broken_metadata_is_reported_where_it_would_have_been_the_answer_and_by_check(string lines, string said)
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

    [Fact]
    public void Links_that_lead_to_themselves_and_pipes_are_not_opened_where_metadata_lies()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "needs mkfifo");
        folder.Write("site/good-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: good\nVersion: 1.0\n");
        folder.Write("site/good-1.0.dist-info/RECORD", "pipe,sha256=AAAA,1\ngood-1.0.dist-info/RECORD,,\n");
        File.CreateSymbolicLink(folder["site/loop-1.0.dist-info"], "loop-1.0.dist-info");
        foreach (var pipe in new[] { "pipe", "piped-1.0.dist-info/METADATA", "piped-1.0.dist-info/RECORD" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[$"site/{pipe}"])!);
            using var process = System.Diagnostics.Process.Start("/usr/bin/mkfifo", [folder[$"site/{pipe}"]]);
            process.WaitForExit();
        }

        var check = Invocation.Of("check", "--target", folder["site"]);
        var list = Invocation.Of("list", "--local", "--target", folder["site"]);

        Assert.Equal(ExitCode.Impossible, check.ExitCode);
        Assert.Contains("piped", check.Output, StringComparison.Ordinal);
        Assert.Contains("good", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_installer_left_is_replaced_and_undo_restores_it()
    {
        PythonOnPath.NeedPip();
        folder.Write("site/lib-1.0.dist-info/INSTALLER", "pip\n");
        new ToyWheel("lib", "1.0").In(folder["archive"]);
        string[] arguments = ["install", "lib", "-f", folder["archive"], "--target", folder["site"], "--no-cache"];

        var installed = Invocation.Of(arguments);

        Assert.True(installed.ExitCode == ExitCode.Done, installed.Error);
        Assert.True(File.Exists(folder["site/lib-1.0.dist-info/METADATA"]));
        var run = Regex.Match(installed.Error, "run ([^ ;]+);").Groups[1].Value;
        Assert.Equal(ExitCode.Done, Invocation.Of("undo", run).ExitCode);
        Assert.Equal("pip\n", File.ReadAllText(folder["site/lib-1.0.dist-info/INSTALLER"]));
        Assert.False(File.Exists(folder["site/lib-1.0.dist-info/METADATA"]));
    }

    [Fact]
    public void An_invalid_version_is_listed_and_frozen_as_spelt()
    {
        folder.Write(
            "site/lib-1.0ubuntu1.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: lib\nVersion: 1.0ubuntu1\n"
        );

        var list = Invocation.Of("list", "--local", "--target", folder["site"]);
        var freeze = Invocation.Of("freeze", "--local", "--target", folder["site"]);

        Assert.Contains("1.0ubuntu1", list.Output, StringComparison.Ordinal);
        Assert.Equal("lib===1.0ubuntu1\n", freeze.Output); // as pip 26 writes it
    }

    private Invocation Plan(params string[] arguments) =>
        Invocation.Of(["plan", .. arguments, "-f", folder["archive"], "--no-cache"]);
}
