using System.Text;
using Resolver.Packaging.RequirementFiles;

namespace Resolver.Packaging.Tests.RequirementFiles;

/// <summary>What a line asks for: a name, a path or a URL, told by its text alone.</summary>
public sealed class RequirementTargetTests
{
    private static RequirementLine.Dependency Read(string line)
    {
        var file = RequirementFile.Read("r.txt", _ => Encoding.UTF8.GetBytes(line), _ => null);
        Assert.Empty(file.Errors);
        return file.Dependencies.Single();
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("A.b[x] >=1,<2 ; python_version<'3'", "A.b[x]<2,>=1; python_version < \"3\"")]
    [InlineData("a@https://h/a.whl", "a @ https://h/a.whl")]
    [InlineData("a @ file:///x/a.whl ; os_name=='nt'", "a @ file:///x/a.whl ; os_name == \"nt\"")]
    [InlineData("a[b] @ git+https://h/a.git@main#subdirectory=s", "a[b] @ git+https://h/a.git@main#subdirectory=s")]
    public void A_name_is_a_dependency_specifier(string line, string expected) =>
        Assert.Equal(expected, Assert.IsType<RequirementTarget.Named>(Read(line).Target).ToString());

    [Theory]
    [InlineData("./x.whl", "./x.whl", "", null)]
    [InlineData(".", ".", "", null)]
    [InlineData("../p[a,B_b] ; os_name=='nt'", "../p", "a,b-b", "os_name == \"nt\"")]
    [InlineData("dir/project", "dir/project", "", null)]
    [InlineData("x-1.0.tar.gz", "x-1.0.tar.gz", "", null)]
    [InlineData("x-1.0-py3-none-any.whl[e]", "x-1.0-py3-none-any.whl", "e", null)]
    [InlineData("x-1!1.0-py3-none-any.whl", "x-1!1.0-py3-none-any.whl", "", null)]
    [InlineData("C:\\dir\\x.zip", "C:\\dir\\x.zip", "", null)]
    [InlineData("./a@b/c", "./a@b/c", "", null)]
    public void A_separator_a_leading_dot_or_an_archives_suffix_make_a_path(
        string line,
        string path,
        string extras,
        string? marker
    )
    {
        var local = Assert.IsType<RequirementTarget.Local>(Read(line).Target);

        Assert.Equal((path, extras, marker), (local.Path, string.Join(",", local.Extras), local.Marker?.ToString()));
    }

    [Theory]
    [InlineData("https://h/x.whl;p=1", "https://h/x.whl;p=1", null)]
    [InlineData("https://h/x.whl ; os_name=='nt'", "https://h/x.whl", "os_name == \"nt\"")]
    [InlineData("file:///x/y", "file:///x/y", null)]
    [InlineData("git+ssh://git@h/x#egg=y&subdirectory=a%20b", "git+ssh://git@h/x#egg=y&subdirectory=a%20b", null)]
    public void A_scheme_makes_a_URL_whose_marker_follows_a_blank(string line, string url, string? marker)
    {
        var link = Assert.IsType<RequirementTarget.Link>(Read(line).Target);

        Assert.Equal((url, marker), (link.Url, link.Marker?.ToString()));
    }

    [Fact]
    public void A_fragment_has_keys()
    {
        var link = new RequirementTarget.Link("git+ssh://h/x#egg=y&subdirectory=a%20b", [], null);

        Assert.Equal(
            ("y", "a b", null),
            (link.Fragment("egg"), link.Fragment("subdirectory"), link.Fragment("sha256"))
        );
        Assert.Null(new RequirementTarget.Link("https://h/x", [], null).Fragment("egg"));
    }

    [Theory]
    [InlineData("-e .", ".")]
    [InlineData("--editable=src/x[a]", "src/x")]
    [InlineData("-e project", "project")]
    public void After_e_even_a_name_is_a_folder(string line, string path)
    {
        var dependency = Read(line);

        Assert.True(dependency.IsEditable);
        Assert.Equal(path, Assert.IsType<RequirementTarget.Local>(dependency.Target).Path);
    }

    [Fact]
    public void After_e_a_name_may_have_a_URL() =>
        Assert.Equal(
            "a @ git+https://h/a",
            Assert.IsType<RequirementTarget.Named>(Read("-e 'a @ git+https://h/a'").Target).ToString()
        );
}
