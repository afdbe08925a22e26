using Resolver.Packaging.PyProjects;

namespace Resolver.Packaging.Tests.PyProjects;

/// <summary><c>[project]</c> (PEP 621, 639, 794, 808).</summary>
public sealed class ProjectTableTests
{
    private static ProjectTable Read(string body) => PyProject.TryParse("[project]\n" + body, "p.toml").Value.Project!;

    [Fact]
    public void A_file_without_the_table_has_no_project() =>
        Assert.Null(PyProject.TryParse("[tool.x]\n").Value.Project);

    [Fact]
    public void Dependencies_that_are_absent_and_not_dynamic_are_none_for_certain()
    {
        var project = Read("name = 'X.y'\nversion = '1.0'\nrequires-python = '>=3.8'\n");

        Assert.Empty(project.Errors);
        Assert.Equal(
            ("x-y", "1.0", ">=3.8"),
            (project.Name.ToString(), project.Version.ToString(), project.RequiresPython!.ToString())
        );
        Assert.Empty(project.Dependencies!);
        Assert.Empty(project.RequiresDist!);
    }

    [Fact]
    public void Dynamic_dependencies_are_unknown()
    {
        var project = Read("name = 'x'\nversion = '1'\ndynamic = ['dependencies', 'optional-dependencies']\n");

        Assert.Empty(project.Errors);
        Assert.Null(project.Dependencies);
        Assert.Null(project.OptionalDependencies);
        Assert.Null(project.RequiresDist);
    }

    [Fact]
    public void Dependencies_both_static_and_dynamic_are_a_lower_bound()
    {
        var project = Read("name = 'x'\nversion = '1'\ndependencies = ['y']\ndynamic = ['dependencies']\n");

        Assert.Empty(project.Errors);
        Assert.Equal("y", Assert.Single(project.Dependencies!).Text);
        Assert.True(project.IsDynamic("dependencies"));
        Assert.Null(project.RequiresDist);
    }

    [Theory]
    [InlineData("version", "version = '1'")]
    [InlineData("requires-python", "version = '1'\nrequires-python = '>=3'")]
    [InlineData("readme", "version = '1'\nreadme = 'x.md'")]
    [InlineData("license", "version = '1'\nlicense = 'MIT'")]
    [InlineData("description", "version = '1'\ndescription = 'x'")]
    public void What_is_no_list_and_no_table_of_entries_is_static_or_dynamic_but_not_both(string field, string body)
    {
        var error = Assert.Single(Read($"name = 'x'\n{body}\ndynamic = ['{field}']\n").Errors);

        Assert.Contains("PEP 808", error.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authors = []")]
    [InlineData("scripts = {}")]
    [InlineData("entry-points = {}")]
    [InlineData("license-files = []")]
    [InlineData("import-names = []")]
    [InlineData("optional-dependencies = {}")]
    public void Lists_and_tables_of_entries_may_be_both(string field)
    {
        Assert.Empty(Read($"name = 'x'\nversion = '1'\n{field}\ndynamic = ['{field.Split(' ')[0]}']\n").Errors);
    }

    [Theory]
    [InlineData("version = '1'", "no key 'name' in [project]")]
    [InlineData("name = 'x'", "neither 'version' nor 'version' in project.dynamic")]
    [InlineData("name = 'x'\ndynamic = ['name', 'version']", "'name' in project.dynamic")]
    [InlineData("name = 'x'\nversion = '1'\ndynamic = ['dynamic']", "'dynamic' in project.dynamic")]
    [InlineData("name = 'x'\nversion = '1'\ndynamic = ['nothing']", "'nothing' in project.dynamic")]
    [InlineData("name = 'x'\nversion = '1'\nauthor = 'me'", "the key 'author' in [project]")]
    [InlineData("name = 'x'\nversion = '1'\ndependencies = {}", "a table under 'project.dependencies'")]
    [InlineData(
        "name = 'x'\nversion = '1'\noptional-dependencies = []",
        "an array under 'project.optional-dependencies'"
    )]
    [InlineData(
        "name = 'x'\nversion = '1'\noptional-dependencies = {a = 'b'}",
        "'b' under 'project.optional-dependencies.a'"
    )]
    [InlineData("name = 'x'\nversion = '1'\nlicense = {}", "a license table with neither or both of 'file' and 'text'")]
    [InlineData(
        "name = 'x'\nversion = '1'\nlicense = {text = 'a'}\nlicense-files = []",
        "a license table beside 'license-files'"
    )]
    [InlineData("name = 'x'\nversion = '1'\nlicense = 1", "the integer 1 under 'project.license'")]
    [InlineData("name = 'x'\nversion = '1'\nreadme = {file = 'x'}", "a readme table")]
    [InlineData(
        "name = 'x'\nversion = '1'\nentry-points = {console_scripts = {}}",
        "the group console_scripts in 'project.entry-points'"
    )]
    [InlineData(
        "name = 'x'\nversion = '1'\nimport-names = ['a']\nimport-namespaces = ['a']",
        "'a' in import-names and import-namespaces"
    )]
    [InlineData("name = 'x'\nversion = '1'\nauthors = {}", "a table under 'project.authors'")]
    [InlineData("name = 'x'\nversion = '1'\nauthors = ['me']", "'me' in 'project.authors'")]
    [InlineData(
        "name = 'x'\nversion = '1'\nmaintainers = [{name = 'me', email = 'm@e'}, {}]",
        "a person of other keys or values in 'project.maintainers'"
    )]
    [InlineData(
        "name = 'x'\nversion = '1'\nauthors = [{name = 'me', web = 'w'}]",
        "a person of other keys or values in 'project.authors'"
    )]
    [InlineData("name = 'x'\nversion = '1'\nurls = {a = 1}", "the integer 1 in 'project.urls'")]
    [InlineData("name = 'x'\nversion = '1'\nscripts = {a = []}", "an array in 'project.scripts'")]
    [InlineData("name = 'x'\nversion = '1'\nentry-points = {a = {b = {}}}", "a table in 'project.entry-points.a'")]
    [InlineData("name = 'x'\nversion = '1'\nimport-names = ['a-b']", "'a-b' in 'project.import-names'")]
    public void What_the_standard_forbids_is_an_error(string body, string found)
    {
        Assert.Equal([found], Read(body + "\n").Errors.Select(e => e.Found));
    }

    [Fact]
    public void Dependencies_of_the_wrong_kind_are_not_taken_for_none()
    {
        var project = Read("name = 'x'\nversion = '1'\ndependencies = 'y'\n");

        Assert.Null(project.Dependencies);
        Assert.Null(project.RequiresDist);
    }

    [Fact]
    public void A_bad_requirement_is_an_error_with_the_files_name_line_and_column()
    {
        var project = Read("name = 'x'\nversion = '1'\ndependencies = [\n  'a',\n  'b >',\n]\n");

        Assert.StartsWith("p.toml:6:3: expected ", Assert.Single(project.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(2, project.Dependencies!.Count);
    }

    [Fact]
    public void Extras_that_are_equal_once_normalised_are_an_error()
    {
        var project = Read(
            "name = 'x'\nversion = '1'\n[project.optional-dependencies]\n'A.b' = ['c']\n'a_B' = ['d']\n"
        );

        Assert.Equal(["the extras 'A.b' and 'a_B'"], project.Errors.Select(e => e.Found));
        Assert.Equal(["c", "d"], Assert.Single(project.OptionalDependencies!).Requirements.Select(r => r.Text));
    }

    [Fact]
    public void The_requirements_of_an_extra_hold_only_with_it()
    {
        var project = Read(
            """
            name = 'x'
            version = '1'
            dependencies = ['a>=1']
            [project.optional-dependencies]
            Z_z = ['b', "c[d]<2; os_name == 'nt' or os_name == 'posix'", "e; os_name=='nt' and python_version<'3'", "f @ https://h/f;x.whl ; os_name=='nt'", "g @ file:///g.whl"]
            """
        );

        Assert.Equal(
            [
                "a>=1",
                "b; extra == \"z-z\"",
                "c[d]<2; (os_name == \"nt\" or os_name == \"posix\") and extra == \"z-z\"",
                "e; os_name == \"nt\" and python_version < \"3\" and extra == \"z-z\"",
                "f @ https://h/f;x.whl ; os_name == \"nt\" and extra == \"z-z\"",
                "g @ file:///g.whl ; extra == \"z-z\"",
            ],
            project.RequiresDist!.Select(r => r.Parsed.Value.ToString())
        );
    }

    [Fact]
    public void Presence_of_entry_points_is_known()
    {
        Assert.False(Read("name = 'x'\nversion = '1'\n").HasEntryPoints);
        Assert.True(Read("name = 'x'\nversion = '1'\n[project.scripts]\na = 'b:c'\n").HasEntryPoints);
    }
}
