using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary><c>uninstall</c> removes what pip installed, and <c>undo</c> restores it, file for file.</summary>
public sealed class UninstallCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public UninstallCommandTests() => PythonOnPath.NeedPip();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_pip_installed_is_removed_as_pip_removes_it_and_restored()
    {
        var (ours, theirs) = (folder["ours"], folder["theirs"]);
        foreach (var place in new[] { ours, theirs })
        {
            PipInstall(place, "letters");
            PipInstall(place, "inkpot");
        }
        PythonOnPath.Run("", ["-m", "compileall", "-q", ours]);
        var before = Content(ours);
        PythonOnPath.Run(Site(theirs), ["-m", "pip", "uninstall", "-y", "--quiet", "inkpot"]);

        var removed = Uninstall("inkpot");

        Assert.True(removed.ExitCode == ExitCode.Done, removed.Error);
        Assert.Equal(
            Content(theirs).Keys.Where(each => !each.EndsWith(".pyc", StringComparison.Ordinal)),
            Content(ours).Keys.Where(each => !each.EndsWith(".pyc", StringComparison.Ordinal))
        );
        Assert.DoesNotContain(Content(ours).Keys, each => each.Contains("inkpot", StringComparison.Ordinal));

        var run = removed.Output.Split("run ")[1].Split(';')[0];
        Assert.Equal(ExitCode.Done, Invocation.Of("undo", run).ExitCode);
        Assert.Equal(before, Content(ours));
    }

    [Fact]
    public void What_others_require_stays_unless_forced()
    {
        PipInstall(folder["ours"], "letters");
        PipInstall(folder["ours"], "poster");

        var before = Installed();

        var refused = Uninstall("letters");

        Assert.Equal(ExitCode.Impossible, refused.ExitCode);
        Assert.Contains(
            "error: letter-stamp 1.0 requires letters>=1.0, which is to be uninstalled",
            refused.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(ExitCode.Done, Uninstall("letters", "letter-stamp", "poster", "--dry-run").ExitCode);
        Assert.Contains("letters", Uninstall("letters", "--force", "--dry-run").Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Uninstall("letters", "--force").ExitCode);
        Assert.Equal(before.Where(name => name != "letters"), Installed());
    }

    [Fact]
    public void An_undo_does_not_overwrite_what_was_installed_since()
    {
        PipInstall(folder["ours"], "inkpot");
        var run = Uninstall("inkpot").Output.Split("run ")[1].Split(';')[0];
        PipInstall(folder["ours"], "inkpot");
        var since = Content(folder["ours"]);

        var undone = Invocation.Of("undo", run);

        Assert.Equal(ExitCode.StepFailed, undone.ExitCode);
        Assert.Contains("uninstall it first", undone.Error, StringComparison.Ordinal);
        Assert.Equal(since, Content(folder["ours"]));
        Assert.Equal(ExitCode.StepFailed, Invocation.Of("install", "--resume", run).ExitCode);
    }

    [Fact]
    public void What_is_not_in_the_destination_or_has_no_record_is_left_alone()
    {
        PipInstall(folder["ours"], "inkpot");
        File.Delete(Directory.EnumerateFiles(folder["ours"], "RECORD", SearchOption.AllDirectories).Single());

        var refused = Uninstall("inkpot");

        Assert.Equal(ExitCode.StepFailed, refused.ExitCode);
        Assert.Contains("has no RECORD", refused.Error, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.EnumerateFiles(folder["ours"], "inkpot.py", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_is_not_installed_need_not_be_removed()
    {
        PipInstall(folder["ours"], "inkpot");
        var before = Content(folder["ours"]);

        var nothing = Uninstall("No-Such");
        var json = Uninstall("No-Such", "--format", "json");

        Assert.Equal((ExitCode.Done, ""), (nothing.ExitCode, nothing.Output));
        Assert.Equal("warning: No-Such is not installed\n", nothing.Error);
        Assert.Empty(JsonDocument.Parse(json.Output).RootElement.GetProperty("projects").EnumerateArray());
        Assert.Equal(before, Content(folder["ours"]));
        Assert.Equal(ExitCode.Usage, Uninstall("inkpot-1.0.tar.gz").ExitCode);
    }

    [Fact]
    public void Who_installed_it_is_named_where_only_they_can_remove_it()
    {
        folder.Write("site/Some.Lib-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: Some.Lib\nVersion: 1.0\n");
        folder.Write("site/Some.Lib-1.0.dist-info/INSTALLER", "conda\n");

        var refused = Invocation.Of("uninstall", "some-lib", "--target", folder["site"]);

        Assert.Equal(ExitCode.StepFailed, refused.ExitCode);
        Assert.StartsWith("error: Some.Lib 1.0 cannot be removed", refused.Error, StringComparison.Ordinal);
        Assert.Contains("(installed by conda)", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_setup_py_installed_is_removed_as_pip_removes_it_and_restored()
    {
        foreach (var place in new[] { "ours", "theirs" })
        {
            folder.Write($"{place}/old.py", "");
            folder.Write($"{place}/other.py", "");
            var info = $"{place}/old-1.0-py3.11.egg-info";
            folder.Write($"{info}/PKG-INFO", "Metadata-Version: 1.0\nName: old\nVersion: 1.0\n");
            folder.Write($"{info}/top_level.txt", "old\n");
            folder.Write($"{info}/installed-files.txt", "../old.py\nPKG-INFO\ntop_level.txt\n");
        }
        PythonOnPath.Run(folder["theirs"], ["-m", "pip", "uninstall", "-y", "--quiet", "old"]);
        var before = Content(folder["ours"]);

        var removed = Invocation.Of("uninstall", "old", "--target", folder["ours"]);

        Assert.True(removed.ExitCode == ExitCode.Done, removed.Error);
        Assert.Equal(Content(folder["theirs"]).Keys, Content(folder["ours"]).Keys);
        Assert.Equal(["other.py"], Content(folder["ours"]).Keys);
        Assert.Equal(ExitCode.Done, Invocation.Of("undo", removed.Output.Split("run ")[1].Split(';')[0]).ExitCode);
        Assert.Equal(before, Content(folder["ours"]));
    }

    [Fact]
    public void An_egg_link_its_line_and_its_scripts_go_the_tree_stays_and_undo_restores_them()
    {
        var python = EggLinkedEnvironment.In(folder);
        var (environment, tree) = (Content(folder["venv/lib"]), Content(folder["tree"]));

        var removed = Invocation.Of("uninstall", "linked-lib", "--python", python);

        Assert.True(removed.ExitCode == ExitCode.Done, removed.Error);
        var site = EggLinkedEnvironment.Site(folder);
        Assert.Equal("/somewhere/else\n", File.ReadAllText(Path.Combine(site, "easy-install.pth")));
        Assert.False(File.Exists(Path.Combine(site, "Linked.Lib.egg-link")));
        Assert.False(File.Exists(folder["venv/bin/linked"]));
        Assert.True(File.Exists(folder["venv/bin/python"]));
        Assert.Equal(tree, Content(folder["tree"]));
        Assert.Equal("", Invocation.Of("freeze", "--local", "--python", python).Output);

        var undone = Invocation.Of("undo", removed.Output.Split("run ")[1].Split(';')[0]);

        Assert.True(undone.ExitCode == ExitCode.Done, undone.Error);
        Assert.Equal(environment, Content(folder["venv/lib"]));
        Assert.True(File.Exists(folder["venv/bin/linked"]));
    }

    [Fact]
    public void An_egg_link_without_its_line_is_removed_with_a_warning()
    {
        var python = EggLinkedEnvironment.In(folder);
        var site = EggLinkedEnvironment.Site(folder);
        File.Move(Path.Combine(site, "easy-install.pth"), Path.Combine(site, "mine.pth"));

        var removed = Invocation.Of("uninstall", "linked-lib", "--python", python);

        Assert.True(removed.ExitCode == ExitCode.Done, removed.Error);
        Assert.Contains("easy-install.pth has no line", removed.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(site, "Linked.Lib.egg-link")));
    }

    [Theory]
    [InlineData("uninstall")]
    [InlineData("uninstall", "x", "--prefix", "p/{name}")]
    [InlineData("uninstall", "x", "--format", "html")]
    public void Wrong_use_is_refused(params string[] arguments) =>
        Assert.NotEqual(ExitCode.Done, Invocation.Of(arguments).ExitCode);

    private List<string?> Installed() =>
        [
            .. JsonDocument
                .Parse(Invocation.Of("list", "--prefix", folder["ours"], "--local", "--format", "json").Output)
                .RootElement.GetProperty("projects")
                .EnumerateArray()
                .Select(each => each.GetProperty("name").GetString()),
        ];

    private Invocation Uninstall(params string[] arguments) =>
        Invocation.Of(["uninstall", .. arguments, "--prefix", folder["ours"]]);

    // By pip itself, from the plan of this program.
    private static void PipInstall(string prefix, string name)
    {
        var installed = Invocation.Of(
            "install",
            name,
            "-f",
            Repository.Quickstart("archive"),
            "-f",
            Repository.Quickstart("batch"),
            "--prefix",
            prefix
        );
        Assert.True(installed.ExitCode == ExitCode.Done, installed.Error);
    }

    private static string Site(string prefix) =>
        Path.GetDirectoryName(
            Directory.EnumerateDirectories(prefix, "*.dist-info", SearchOption.AllDirectories).First()
        )!;

    private static SortedDictionary<string, string> Content(string place) =>
        new(
            Directory
                .EnumerateFiles(place, "*", SearchOption.AllDirectories)
                .ToDictionary(
                    file => Path.GetRelativePath(place, file),
                    file => Convert.ToHexString(File.ReadAllBytes(file))
                ),
            StringComparer.Ordinal
        );
}
