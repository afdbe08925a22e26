using System.Text.Json;
using Resolver.Archives.Interpreters;
using Resolver.Cli.Rendering;
using Resolver.Packaging.Requirements;

namespace Resolver.Cli.Tests.Commands;

/// <summary>What a build will see, in virtual environments of the machine's own Python that are set up in every awkward way.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Start_up_files_finders_hidden_duplicates_and_pips_configuration_are_told()
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
    public void A_path_file_in_a_prefix_has_no_effect_and_that_is_told()
    {
        var (python, site) = Environment();
        folder.Write("prefix/" + site + "/editable.pth", folder["sources"]);

        var run = Invocation.Of("doctor", "--python", python, "--prefix", folder["prefix"]);

        Assert.Contains("editable.pth has no effect", run.Output, StringComparison.Ordinal);
        Assert.Contains("1. " + folder["prefix/" + site] + "  (where the plan goes, or --installed)", run.Output, StringComparison.Ordinal);
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
    public void A_managed_installation_leaked_variables_and_a_finder_that_fails_are_told()
    {
        var seen = new Examination
        {
            Executable = "/usr/bin/python3", Python = "CPython 3.11.2", Prefix = "/usr", BasePrefix = "/usr", Path = [new PathEntry("/usr/lib/python3.11", "stdlib", true)], PathFiles = [],
            Customizations = [], Finders = [], Distributions = [], DistributionsError = "RuntimeError: no", ExternallyManaged = "/usr/lib/python3.11/EXTERNALLY-MANAGED", PipConfiguration = [], Variables = ["PYTHONHOME"],
        };

        var text = new DoctorText(seen, [], ["PIP_INDEX_URL"], [Requirement.Parse("x")]).Text(Paint.None);

        Assert.Contains("managed by its system (/usr/lib/python3.11/EXTERNALLY-MANAGED)", text, StringComparison.Ordinal);
        Assert.Contains("PIP_INDEX_URL is set: taken away from the builds", text, StringComparison.Ordinal);
        Assert.Contains("the list of what is installed ends early: RuntimeError: no", text, StringComparison.Ordinal);
        Assert.Contains("PYTHONHOME is set", text, StringComparison.Ordinal);
        Assert.Contains("x: no: nothing of that name is found", text, StringComparison.Ordinal);
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

    /// <summary>A virtual environment without pip; its interpreter, and its site folder relative to it.</summary>
    private (string Python, string Site) Environment()
    {
        PythonOnPath.Need();
        PythonOnPath.Run("", "-m", "venv", "--without-pip", folder["venv"]);
        var python = folder["venv/bin/python"];
        Assert.SkipUnless(File.Exists(python), "python3 cannot make virtual environments (python3-venv)");
        var site = PythonOnPath.Run("", "-c", "import sys; print('lib/python%d.%d/site-packages' % sys.version_info[:2])").Trim();
        return (python, site);
    }

    private void Install(string site, string name, string version) =>
        folder.Write($"venv/{site}/{name}-{version}.dist-info/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
}
