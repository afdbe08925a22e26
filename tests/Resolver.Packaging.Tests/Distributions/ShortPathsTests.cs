using Resolver.Packaging.Distributions;
using Xunit;

namespace Resolver.Packaging.Tests.Distributions;

/// <summary>Paths as short as they can be distinguished.</summary>
public sealed class ShortPathsTests
{
    [Theory]
    [InlineData("/w/a-1.0.tar.gz", "a-1.0.tar.gz", "/w/a-1.0.tar.gz", "/w/b-1.0.tar.gz")]
    [InlineData("w/x.whl", "w/x.whl", "w/x.whl", "v/x.whl")]
    [InlineData("/r/a/p/x.whl", "a/p/x.whl", "/r/a/p/x.whl", "/r/b/p/x.whl", "/r/b/q/x.whl")]
    [InlineData("/r/b/q/x.whl", "q/x.whl", "/r/a/p/x.whl", "/r/b/p/x.whl", "/r/b/q/x.whl")]
    [InlineData("x.whl", "x.whl", "x.whl", "w/x.whl")]
    [InlineData("w/x.whl", "w/x.whl", "x.whl", "w/x.whl")]
    [InlineData("/x.whl", "/x.whl", "/x.whl", "/w/x.whl", "x.whl")]
    [InlineData("w/tree/", "tree/", "w/tree/", "w/other")]
    [InlineData("w/r.zip#subdirectory=a/b", "r.zip#subdirectory=a/b", "w/r.zip#subdirectory=a/b", "w/r.zip")]
    [InlineData("w/C#/x.whl", "x.whl", "w/C#/x.whl", "w/y.whl")]
    [InlineData("elsewhere/x.whl", "elsewhere/x.whl", "w/x.whl")]
    [InlineData("", "", "", "/", "//")]
    public void As_many_folders_are_shown_as_distinguish_the_files(
        string path,
        string shown,
        params string[] together
    ) => Assert.Equal(shown, new ShortPaths(together)[path]);
}
