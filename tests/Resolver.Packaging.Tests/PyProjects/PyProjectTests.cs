using Resolver.Packaging.PyProjects;

namespace Resolver.Packaging.Tests.PyProjects;

/// <summary>The file as a whole.</summary>
public sealed class PyProjectTests
{
    [Fact]
    public void Text_that_is_no_TOML_is_no_project_and_the_error_names_the_file()
    {
        var result = PyProject.TryParse("[project\n", "a/pyproject.toml");

        Assert.False(result.Success);
        Assert.StartsWith("a/pyproject.toml:1:", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_part_does_not_spoil_the_others()
    {
        var project = PyProject.TryParse("project = 1\n[build-system]\nrequires = ['x']\n").Value;

        Assert.Equal("x", project.BuildSystem!.Requires[0].Text);
        Assert.Single(project.Project!.Errors);
        Assert.Single(project.Errors);
    }

    [Fact]
    public void A_tools_table_is_returned_unchanged()
    {
        var project = PyProject.TryParse("[tool.poetry.dependencies]\npython = '^3.8'\n").Value;

        Assert.Equal("^3.8", project.Tool("poetry")!.Table("dependencies")!.Text("python"));
        Assert.Null(project.Tool("flit"));
    }

    [Fact]
    public void No_text_crashes_the_reader()
    {
        string[] seeds =
        [
            "[build-system]\nrequires = ['a', \"b; os_name=='x'\"]\nbuild-backend = 'x:y'\nbackend-path = ['.']\n",
            "[project]\nname = 'x'\nversion = '1'\ndynamic = ['dependencies']\ndependencies = ['a']\nlicense = "
                + "{text='x'}\nimport-names=['a;private']\n[project.optional-dependencies]\nb = ['c[d]>1']\n",
            "[dependency-groups]\na = ['x', {include-group = 'b'}]\nb = [{include-group = 'a'}]\n[tool.x]\n",
        ];

        DocumentFuzz.Run(
            seeds,
            text =>
            {
                var result = PyProject.TryParse(text);
                if (!result.Success)
                    return;

                Assert.All(
                    result.Value.Errors.Concat(result.Value.DependencyGroups.Validate()),
                    e => Assert.DoesNotContain('\n', e.ToString())
                );
                _ = result.Value.Project?.RequiresDist;
            }
        );
    }
}
