using System.Diagnostics;
using System.Text.Json;
using Resolver.Cli.Rendering.Setup;
using Resolver.Cli.Terminal;
using Resolver.Interpreters;
using Resolver.Packaging.Requirements;

namespace Resolver.Cli.Tests.Commands;

/// <summary>What a build will see, in virtual environments of the machine's own Python that are set up in every
/// awkward way.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Start_up_files_finders_hidden_duplicates_and_pips_configuration_are_reported()
    {
        var (python, site) = Environment();
        Install(site, "plain", "1.0");
        folder.Write("venv/" + site + "/extra.pth", folder["more"] + "\nimport sys\n");
        Install("../more", "plain", "0.5");
        folder.Write("venv/pip.conf", "[global]\nindex-url = https://user:secret@example.invalid/simple\n");
        folder.Write("venv/" + site + "/sitecustomize.py", Finder);

        var run = Invocation.Of("doctor", "plain>=1", "ghost", "--python", python);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("virtual environment", run.Output, StringComparison.Ordinal);
        Assert.Contains("extra.pth adds " + folder["more"], run.Output, StringComparison.Ordinal);
        Assert.Contains("extra.pth runs: import sys", run.Output, StringComparison.Ordinal);
        Assert.Contains("sitecustomize runs in every build: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("sitecustomize.GhostFinder", run.Output, StringComparison.Ordinal);
        Assert.Contains("serves ghost 3.0, without a path", run.Output, StringComparison.Ordinal);
        Assert.Contains("plain 0.5 (", run.Output, StringComparison.Ordinal);
        Assert.Contains("pip.conf sets global.index-url", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Output, StringComparison.Ordinal);
        Assert.Contains("plain>=1: yes, 1.0", run.Output, StringComparison.Ordinal);
        Assert.Contains("ghost: yes, 3.0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_file_in_a_prefix_has_no_effect_and_is_reported()
    {
        var (python, site) = Environment();
        folder.Write("prefix/" + site + "/editable.pth", folder["sources"]);

        var run = Invocation.Of("doctor", "--python", python, "--prefix", folder["prefix"]);

        Assert.Contains("editable.pth has no effect", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "1. " + folder["prefix/" + site] + "  (where the plan goes, or --installed)",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_would_not_be_found_is_exit_1_and_what_hides_it_is_named()
    {
        var (python, site) = Environment();
        Install(site, "tool", "2.0");
        folder.Write("venv/" + site + "/extra.pth", folder["more"]);
        Install("../more", "tool", "3.0");

        var old = Invocation.Of("doctor", "tool>=3", "--python", python);
        var absent = Invocation.Of("doctor", "nowhere", "--python", python, "--format", "json");

        Assert.Equal(ExitCode.Impossible, old.ExitCode);
        Assert.Contains("tool>=3: no: 2.0 is found", old.Output, StringComparison.Ordinal);
        Assert.Contains("and hides 3.0", old.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Impossible, absent.ExitCode);
        using var json = JsonDocument.Parse(absent.Output);
        Assert.Equal("resolver.doctor/1", json.RootElement.GetProperty("schema").GetString());
        Assert.False(json.RootElement.GetProperty("requirements")[0].GetProperty("found").GetBoolean());
        Assert.NotEqual(0, json.RootElement.GetProperty("path").GetArrayLength());
    }

    [Fact]
    public void A_managed_installation_leaked_variables_and_a_finder_that_fails_are_reported()
    {
        var seen = new Examination
        {
            Executable = "/usr/bin/python3",
            Python = "CPython 3.11.2",
            Prefix = "/usr",
            BasePrefix = "/usr",
            Path = [new PathEntry("/usr/lib/python3.11", "stdlib", true)],
            PathFiles = [],
            Customizations = [],
            Finders = [("m.Half", false)],
            Distributions = [],
            DistributionsError = "m.Finder failed: RuntimeError: no",
            StartUpFailures = ["sitecustomize failed"],
            ExternallyManaged = "/usr/lib/python3.11/EXTERNALLY-MANAGED",
            PipConfiguration = [],
            Variables = ["PYTHONHOME"],
        };

        var text = new DoctorText(seen, [], ["PIP_INDEX_URL"], [Requirement.Parse("x")]).Text(Paint.None);

        Assert.Contains(
            "managed by its system (/usr/lib/python3.11/EXTERNALLY-MANAGED)",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("PIP_INDEX_URL is set: builds that resolver starts ignore it", text, StringComparison.Ordinal);
        Assert.Contains(
            "what it would show as installed is missing: m.Finder failed: RuntimeError: no",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("sitecustomize failed", text, StringComparison.Ordinal);
        Assert.Contains("m.Half has no find_distributions", text, StringComparison.Ordinal);
        Assert.Contains("PYTHONHOME is set", text, StringComparison.Ordinal);
        Assert.Contains("x: no: no distribution of that name is found", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_that_would_leak_into_pip_and_what_the_system_says_of_itself_are_seen_where_they_are()
    {
        PythonOnPath.Need();
        var marker = PythonOnPath
            .Run(
                "",
                "-c",
                "import os, sysconfig; marker = os.path.join(sysconfig.get_path('stdlib'), 'EXTERNALLY-MANAGED'); "
                    + "print(marker if os.path.isfile(marker) else '')"
            )
            .Trim();

        using var seen = JsonDocument.Parse(
            Program(
                new() { ["PIP_INDEX_URL"] = "https://example.invalid", ["PIP_NO_DEPS"] = "1" },
                "doctor",
                "--format",
                "json"
            )
        );

        var leaked = seen
            .RootElement.GetProperty("pip_variables")
            .EnumerateArray()
            .Select(each => each.GetString())
            .ToList();
        Assert.Contains("PIP_INDEX_URL", leaked);
        Assert.Contains("PIP_NO_DEPS", leaked);
        Assert.Equal(
            marker.Length == 0 ? null : marker,
            seen.RootElement.GetProperty("externally_managed").GetString()
        );
    }

    [Fact]
    public void What_is_installed_but_hidden_is_hinted_at_with_what_would_make_it_count()
    {
        var (python, site) = Environment();
        Install(site, "plain", "1.0");
        folder.Write("venv/" + site + "/sitecustomize.py", Finder);
        // The user's own site folder: no virtual environment looks there.
        folder.Write(
            $"home/.local/{site}/tool-3.0.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: tool\nVersion: 3.0\n"
        );
        folder.Write("archive/app-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: app\nVersion: 1.0\n");
        string Ask(string project) =>
            Program(
                new() { ["HOME"] = folder["home"] },
                "explain",
                project,
                "-f",
                folder["archive"],
                "--python",
                python,
                "--no-installed",
                "--cache-dir",
                folder["cache"]
            );
        // Whether the interpreter is asked or its answer is known must not matter.
        Assert.Equal(Ask("plain"), Ask("plain"));

        var elsewhere = Ask("tool");
        Assert.Contains($"home/.local/{site}/tool-3.0.dist-info", elsewhere, StringComparison.Ordinal);
        Assert.Contains($"add --installed {folder[$"home/.local/{site}"]}", elsewhere, StringComparison.Ordinal);
        Assert.Contains("is served by a finder of " + python, Ask("ghost"), StringComparison.Ordinal);
        Assert.Contains("is installed, but ignored because of --no-installed", Ask("plain"), StringComparison.Ordinal);
    }

    private const string Finder = """
        import sys
        from importlib.metadata import Distribution, DistributionFinder

        class Ghost(Distribution):
            def read_text(self, filename):
                return "Metadata-Version: 2.1\nName: ghost\nVersion: 3.0\n" if filename == "METADATA" else None
            def locate_file(self, path):
                return path

        class GhostFinder(DistributionFinder):
            def find_spec(self, name, path=None, target=None):
                return None
            def find_distributions(self, context=DistributionFinder.Context()):
                if context.name in (None, "ghost"):
                    yield Ghost()

        sys.meta_path.append(GhostFinder())
        """;

    /// <summary>What the program prints in a process of its own, which has these variables beside the
    /// machine's.</summary>
    private static string Program(Dictionary<string, string> variables, params IReadOnlyList<string> arguments) =>
        ProgramProcess.Run(variables, arguments).Output;

    /// <summary>A virtual environment without pip; its interpreter, and its site folder relative to it.</summary>
    private (string Python, string Site) Environment()
    {
        PythonOnPath.Need();
        PythonOnPath.Run("", "-m", "venv", "--without-pip", folder["venv"]);
        var python = folder["venv/bin/python"];
        Assert.SkipUnless(File.Exists(python), "python3 cannot make virtual environments (python3-venv)");
        var site = PythonOnPath
            .Run("", "-c", "import sys; print('lib/python%d.%d/site-packages' % sys.version_info[:2])")
            .Trim();
        return (python, site);
    }

    private void Install(string site, string name, string version) =>
        folder.Write(
            $"venv/{site}/{name}-{version}.dist-info/METADATA",
            $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        );
}
