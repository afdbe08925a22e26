using Resolver.Execution.Destinations;
using Resolver.Packaging.Names;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Tests.Destinations;

public sealed class PrefixTemplateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("/opt/{name}/{version}", "/opt/zope-interface/1!2.0rc1+local", "/opt")]
    [InlineData("/opt/py-{name}-{version}/x", "/opt/py-zope-interface-1!2.0rc1+local/x", "/opt")]
    [InlineData("/opt/{name}", "/opt/zope-interface", "/opt")]
    [InlineData("/{name}", "/zope-interface", "/")]
    public void Names_and_versions_are_normalised_and_the_base_is_what_comes_before_them(
        string template,
        string filled,
        string origin
    )
    {
        Assert.Equal(
            filled,
            PrefixTemplate.Fill(template, PackageName.Parse("Zope.Interface"), Version.Parse("1!2.0-RC1+Local"))
        );
        Assert.Equal(origin, PrefixTemplate.BaseOf(template));
        Assert.Null(PrefixTemplate.Problem(template));
    }

    [Theory]
    [InlineData("/opt/{version}")]
    [InlineData("/opt/{name}/{python}")]
    [InlineData("/opt/{name")]
    [InlineData("/opt/}{name}")]
    public void Other_braces_and_a_version_without_a_name_are_refused(string template) =>
        Assert.NotNull(PrefixTemplate.Problem(template));

    [Fact]
    public void The_prefixes_that_are_there_are_found_by_their_shape_the_latest_version_first()
    {
        foreach (var path in (string[])["a/1.0", "a/1.0.post1", "a/0.9", "b-c/2", "B_c/3", "a/notes", "d", "a/01.0"])
            Directory.CreateDirectory(folder[path]);

        var found = PrefixTemplate
            .Existing(folder["{name}/{version}"])
            .Select(path => Path.GetRelativePath(folder.Path, path));

        // B_c and 01.0 are not what the template makes of any project.
        Assert.Equal(["a/1.0.post1", "a/1.0", "a/0.9", "b-c/2"], found);
    }

    [Fact]
    public void A_name_and_a_version_in_one_folders_name_are_distinguished_in_every_way_there_is()
    {
        foreach (var path in (string[])["py-a-b-1.0-end", "py-a-end", "a-1.0-end"])
            Directory.CreateDirectory(folder[path]);

        Assert.Equal([folder["py-a-b-1.0-end"]], PrefixTemplate.Existing(folder["py-{name}-{version}-end"]));
    }
}
