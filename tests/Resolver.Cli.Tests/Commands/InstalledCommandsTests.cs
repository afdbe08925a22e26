using System.Globalization;
using System.Text.Json;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;

namespace Resolver.Cli.Tests.Commands;

/// <summary><c>list</c>, <c>show</c>, <c>freeze</c> and <c>tree</c>, judged by the pip of this machine on what is
/// installed here, and on small prefixes.</summary>
public sealed class InstalledCommandsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public InstalledCommandsTests() => PythonOnPath.Need();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void List_agrees_with_pip()
    {
        PythonOnPath.NeedPip();
        var expected = Json(Pip("list", "--format", "json"))
            .EnumerateArray()
            .Select(each => $"{Canonical(each, "name")} {each.GetProperty("version").GetString()}");

        var listed = Json(Done("list", "--format", "json"))
            .GetProperty("projects")
            .EnumerateArray()
            .Select(each => $"{Canonical(each, "name")} {each.GetProperty("version").GetString()}");

        Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Freeze_agrees_with_pip()
    {
        PythonOnPath.NeedPip();

        Assert.Equal(
            Pip("freeze", "--all").Split('\n').Order(StringComparer.Ordinal),
            Done("freeze", "--all").Split('\n').Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Show_agrees_with_pip_in_every_field()
    {
        PythonOnPath.NeedPip();
        string[] names =
        [
            .. Json(Pip("list", "--format", "json"))
                .EnumerateArray()
                .Select(each => each.GetProperty("name").GetString()!)
                .Take(40),
        ];
        var expected = Fields(Pip(["show", "-f", .. names]));

        var shown = Fields(Done(["show", "--files", .. names]));

        Assert.Equal(expected.Keys.Order(), shown.Keys.Order());
        foreach (var (name, fields) in expected)
        {
            foreach (
                var field in new[] { "Version", "Summary", "Author", "Author-email", "License", "Location", "Files" }
            )
            {
                // An older pip knows no licence expressions.
                if (field == "License" && fields.GetValueOrDefault(field) is null or "")
                    continue;
                Assert.Equal(
                    (name, field, fields.GetValueOrDefault(field)),
                    (name, field, shown[name].GetValueOrDefault(field))
                );
            }
            // pip does not count what is needed through an extra that something asks for.
            foreach (var field in new[] { "Requires", "Required-by" })
                Assert.Subset(Names(shown[name][field]), Names(fields[field]));
        }
    }

    [Fact]
    public void Inspect_agrees_with_pip()
    {
        PythonOnPath.NeedPip();
        var expected = Json(Pip("inspect"));

        var report = Json(Done("inspect"));

        Assert.Equal("1", report.GetProperty("version").GetString());
        Assert.Equal(expected.GetProperty("pip_version").GetString(), report.GetProperty("pip_version").GetString());
        Assert.Equal(Properties(expected.GetProperty("environment")), Properties(report.GetProperty("environment")));
        var ours = report.GetProperty("installed").EnumerateArray().ToDictionary(Location);
        foreach (var theirs in expected.GetProperty("installed").EnumerateArray())
        {
            var item = ours[Location(theirs)];
            Assert.Equal(
                Properties(theirs).Where(each => each.Key != "metadata"),
                Properties(item).Where(each => each.Key != "metadata")
            );
            // A pip older than a field does not have it.
            var (fields, known) = (
                Properties(item.GetProperty("metadata")),
                Properties(theirs.GetProperty("metadata"))
            );
            Assert.Equal(known, fields.Where(each => known.ContainsKey(each.Key)).ToDictionary());
        }

        static string Location(JsonElement item) => item.GetProperty("metadata_location").GetString()!;

        static Dictionary<string, string> Properties(JsonElement element) =>
            element
                .EnumerateObject()
                .ToDictionary(
                    each => each.Name,
                    each =>
                        each.Value.ValueKind == JsonValueKind.String
                            ? each.Value.GetString()!.Trim()
                            : each.Value.ToString()
                );
    }

    [Fact]
    public void In_a_virtual_environment_local_leaves_out_what_it_inherits()
    {
        PythonOnPath.NeedPip();
        PythonOnPath.Run("", ["-m", "venv", "--system-site-packages", "--without-pip", folder["venv"]]);
        var python = folder["venv/bin/python"];
        Install("own", "1.0");
        Directory.Move(folder["site/own-1.0.dist-info"], Path.Combine(Site("venv"), "own-1.0.dist-info"));

        Assert.Equal("own==1.0\n", Done("freeze", "--all", "--local", "--python", python));
        Assert.Contains("pip==", Done("freeze", "--all", "--python", python), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.11", "")]
    [InlineData("3.12", "setuptools==80.0\n")]
    public void Setuptools_is_frozen_where_new_environments_have_none(string version, string expected)
    {
        Install("pip", "26.0");
        Install("setuptools", "80.0");

        Assert.Equal(expected, Done("freeze", "--local", "--installed", folder["site"], "--python", Python(version)));
    }

    [Fact]
    public void The_build_tag_of_a_wheel_is_listed()
    {
        Install("plain", "1.0");
        Install("tagged", "2.0");
        folder.Write("site/tagged-2.0.dist-info/WHEEL", "Wheel-Version: 1.0\nBuild: 7post\nTag: py3-none-any\n");

        Assert.Equal(
            """
            Package Version Build
            ------- ------- -----
            plain   1.0
            tagged  2.0     7post

            """,
            Done("list", "--installed", folder["site"], "--local")
        );
    }

    [Fact]
    public void What_does_not_count_is_named()
    {
        folder.Write("site/_broken-1.0.egg-info", "Name: _broken\nVersion: 1.0\n");

        var listed = Invocation.Of("freeze", "--installed", folder["site"], "--local");

        Assert.Equal((ExitCode.Done, ""), (listed.ExitCode, listed.Output));
        Assert.StartsWith(
            $"warning: ignored {folder["site/_broken-1.0.egg-info"]}: ",
            listed.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_an_egg_link_leads_to_is_editable()
    {
        PythonOnPath.NeedPip();
        var python = EggLinkedEnvironment.In(folder);

        Assert.Equal(
            $"# editable: Linked.Lib==1.0\n-e {folder["tree"]}\n",
            Done("freeze", "--local", "--python", python)
        );
        Assert.Contains(
            $"Editable project location: {folder["tree"]}\n",
            Done("show", "linked-lib", "--python", python),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Editable_and_referenced_ones_are_frozen_as_pip_installs_them_again()
    {
        Install("plain", "1.0");
        Install("tree", "2.0", """{"url": "file:///src/tree", "dir_info": {"editable": true}}""");
        Install(
            "file",
            "3.0",
            """{"url": "file:///a/file-3.0.tar.gz", "archive_info": {"hashes": {"sha256": "ab"}}, "subdirectory": "s"}"""
        );
        Install("git", "4.0", """{"url": "https://x/git.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}""");

        Assert.Equal(
            """
            file @ file:///a/file-3.0.tar.gz#sha256=ab&subdirectory=s
            git @ git+https://x/git.git@c0ffee
            plain==1.0
            # editable: tree==2.0
            -e /src/tree

            """,
            Done("freeze", "--installed", folder["site"], "--local")
        );
        Assert.Equal(
            """
            Package Version Editable project location
            ------- ------- -------------------------
            tree    2.0     /src/tree

            """,
            Done("list", "--installed", folder["site"], "--local", "--editable")
        );
    }

    [Fact]
    public void A_tree_shows_what_is_missing_what_does_not_fit_and_nothing_twice()
    {
        Install("app", "1.0", null, "lib[fast]>=2", "gone");
        Install("lib", "1.5", null, "base", "speed; extra == \"fast\"", "never; extra == \"slow\"");
        Install("base", "1.0", null, "lib");
        Install("speed", "0.1", null, "lib");

        Assert.Equal(
            """
            app 1.0
            ├── gone (not installed) [requires gone]
            └── lib 1.5 [requires lib[fast]>=2] does not fit
                ├── base 1.0 [requires base]
                │   └── lib 1.5 [requires lib] (*)
                └── speed 0.1 [requires speed; extra == "fast"]
                    └── lib 1.5 [requires lib] (*)
            (*) shown in full further up

            """,
            Done("tree", "--installed", folder["site"], "--local")
        );
        Assert.Equal(
            """
            speed 0.1
            └── lib 1.5 [requires speed; extra == "fast"]

            """,
            Done("tree", "speed", "--invert", "--depth", "1", "--installed", folder["site"], "--local")
        );
        // Only a cycle leads to these: the first by name stands for it.
        Assert.StartsWith(
            "base 1.0\n",
            Done("tree", "base", "--installed", folder["site"], "--local"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_name_that_is_not_installed_is_reported_with_what_may_have_been_meant()
    {
        Install("jinja2", "3.1");

        var shown = Invocation.Of("show", "jinja3", "--installed", folder["site"], "--local");

        Assert.Equal(ExitCode.Impossible, shown.ExitCode);
        Assert.Equal("warning: jinja3 is not installed; did you mean jinja2?\n", shown.Error);
        Assert.Equal(ExitCode.Done, Invocation.Of("show", "jinja3", "Jinja2", "--installed", folder["site"]).ExitCode);
    }

    [Theory]
    [InlineData("list", "--exclude", "_")]
    [InlineData("show")]
    [InlineData("tree", "--depth", "-1")]
    public void Wrong_use_is_refused(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, Invocation.Of(arguments).ExitCode);

    [Fact]
    public void A_place_that_is_not_there_is_no_empty_answer() =>
        Assert.Equal(ExitCode.BadInput, Invocation.Of("list", "--prefix", folder["none"]).ExitCode);

    // This machine's, which says that it is of another version.
    private string Python(string version)
    {
        PythonOnPath.Run("", ["-m", "venv", "--without-pip", folder["pretender"]]);
        File.WriteAllText(
            Path.Combine(Site("pretender"), "sitecustomize.py"),
            $"""
            import platform
            platform.python_version = lambda: '{version}.0'
            platform.python_version_tuple = lambda: tuple('{version}.0'.split('.'))
            """
        );
        return folder["pretender/bin/python"];
    }

    private string Site(string environment) =>
        Directory.EnumerateDirectories(folder[environment], "site-packages", SearchOption.AllDirectories).First();

    private void Install(string name, string version, string? origin = null, params string[] requires)
    {
        var info = $"site/{name}-{version}.dist-info";
        folder.Write(
            $"{info}/METADATA",
            $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
                + string.Concat(requires.Select(each => $"Requires-Dist: {each}\n"))
        );
        folder.Write($"{info}/INSTALLER", "pip\n");
        if (origin is not null)
            folder.Write($"{info}/direct_url.json", origin);
    }

    private static string Pip(params IReadOnlyList<string> arguments) =>
        PythonOnPath.Run("", ["-m", "pip", "--disable-pip-version-check", .. arguments]);

    private static string Done(params IReadOnlyList<string> arguments)
    {
        var run = Invocation.Of(arguments);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        return run.Output;
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static string Canonical(JsonElement element, string key) =>
        PackageName.Parse(element.GetProperty(key).GetString()!).Normalized;

    private static SortedSet<string> Names(string list) =>
        [
            .. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(name => PackageName.Parse(name).Normalized),
        ];

    // 'Field: value' lines; 'Files:' is followed by one file a line.
    private static Dictionary<string, Dictionary<string, string>> Fields(string text) =>
        text.Split("---\n")
            .Select(part => part.Split("Files:\n"))
            .Select(part =>
                part[0]
                    .Split('\n')
                    .Select(line => line.Split(": ", 2))
                    .Where(pair => pair.Length == 2)
                    .Append([
                        "Files",
                        string.Join(
                            '\n',
                            (part.ElementAtOrDefault(1) ?? "")
                                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                                .Order(StringComparer.Ordinal)
                        ),
                    ])
                    .DistinctBy(pair => pair[0])
                    .ToDictionary(pair => pair[0], pair => pair[1].TrimEnd())
            )
            .ToDictionary(fields => fields["Name"].ToUpper(CultureInfo.InvariantCulture));
}
