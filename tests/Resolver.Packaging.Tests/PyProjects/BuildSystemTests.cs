using Resolver.Packaging.PyProjects;

namespace Resolver.Packaging.Tests.PyProjects;

/// <summary><c>[build-system]</c> (PEP 517, 518).</summary>
public sealed class BuildSystemTests
{
    private static PyProject Read(string text) => PyProject.TryParse(text).Value;

    [Fact]
    public void No_table_means_setuptools()
    {
        Assert.Null(Read("[project]\nname = 'x'\nversion = '1'\n").BuildSystem);
        Assert.Equal(
            ("setuptools>=40.8.0", "setuptools.build_meta:__legacy__"),
            (BuildSystem.Legacy.Requires[0].Text, BuildSystem.Legacy.EffectiveBackend)
        );
        Assert.True(BuildSystem.Legacy.Requires[0].Parsed.Success);
    }

    [Fact]
    public void Requirements_keep_markers_extras_and_URLs()
    {
        var system = Read(
            "[build-system]\nrequires = ['a[x]>=1', \"b; python_version<'3'\", 'c @ file:///c.whl']\nbuild-backend = "
                + "'a.b:c.d'\n"
        ).BuildSystem!;

        Assert.Equal(["a", "b", "c"], system.Requires.Select(r => r.Parsed.Value.Name.ToString()));
        Assert.Equal(("a.b:c.d", "a.b:c.d"), (system.BuildBackend, system.EffectiveBackend));
        Assert.Empty(system.Errors);
    }

    [Fact]
    public void No_backend_means_the_legacy_one_with_the_requirements_as_they_are()
    {
        var system = Read("[build-system]\nrequires = ['setuptools']\n").BuildSystem!;

        Assert.Null(system.BuildBackend);
        Assert.Equal((BuildSystem.LegacyBackend, 1), (system.EffectiveBackend, system.Requires.Count));
    }

    [Fact]
    public void No_requirements_at_all_are_legal_for_a_backend_that_builds_itself()
    {
        var system = Read(
            "[build-system]\nrequires = []\nbuild-backend = 'me'\nbackend-path = ['.', 'backend']\n"
        ).BuildSystem!;

        Assert.Empty(system.Errors);
        Assert.Equal([".", "backend"], system.BackendPath);
    }

    [Theory]
    [InlineData(
        "build-backend = 'x'",
        "pyproject.toml:1:2: expected the key 'requires' (PEP 518), found no key 'requires' in [build-system]"
    )]
    [InlineData(
        "requires = 'x'",
        "pyproject.toml:2:12: expected an array of strings, found 'x' under 'build-system.requires'"
    )]
    [InlineData(
        "requires = ['x', 1]",
        "pyproject.toml:2:18: expected a string, found the integer 1 in 'build-system.requires'"
    )]
    [InlineData(
        "requires = []\nbuild-backend = 1",
        "pyproject.toml:3:17: expected a string, found the integer 1 under 'build-system.build-backend'"
    )]
    [InlineData(
        "requires = []\nbuild-backend = 'a b'",
        "pyproject.toml:3:17: expected a module, or module:object (PEP 517), found build-backend 'a b'"
    )]
    [InlineData(
        "requires = []\nrequire = []",
        "pyproject.toml:3:11: expected requires, build-backend or backend-path, found the key 'require' in "
            + "[build-system]"
    )]
    [InlineData(
        "requires = []\nbackend-path = ['x']",
        "pyproject.toml:3:17: expected build-backend beside it, found backend-path without build-backend"
    )]
    public void What_the_standard_forbids_is_an_error_at_its_place(string table, string expected)
    {
        var project = Read($"[build-system]\n{table}\n");

        Assert.Equal([expected], project.Errors.Select(e => e.ToString()));
        Assert.Equal(project.Errors, project.BuildSystem!.Errors);
    }

    [Theory]
    [InlineData("/abs")]
    [InlineData("..")]
    [InlineData("a/../../b")]
    [InlineData("C:\\\\x")]
    public void A_backend_lies_inside_the_source_tree(string path)
    {
        var system = Read(
            $"[build-system]\nrequires = []\nbuild-backend = 'x'\nbackend-path = [\"{path}\"]\n"
        ).BuildSystem!;

        Assert.Single(system.Errors);
        Assert.Empty(system.BackendPath);
    }

    [Fact]
    public void An_unreadable_requirement_is_an_error_and_stays_in_the_list()
    {
        var system = Read("[build-system]\nrequires = [\n  'good',\n  'no good',\n]\n").BuildSystem!;

        Assert.Equal([true, false], system.Requires.Select(r => r.Parsed.Success));
        Assert.Equal((4, 3), (system.Errors.Single().Line, system.Errors.Single().Column));
    }

    [Fact]
    public void A_build_system_that_is_not_a_table_is_an_error_and_not_absent()
    {
        var project = Read("build-system = 1\n");

        Assert.NotNull(project.BuildSystem);
        Assert.Single(project.BuildSystem.Errors);
    }
}
