using Resolver.Packaging.Distributions;
using Xunit;

namespace Resolver.Packaging.Tests.Distributions;

/// <summary>Paths with a project's folder behind <c>#subdirectory=</c>.</summary>
public sealed class DistributionPathTests
{
    [Theory]
    [InlineData("a/x-1.0.tar.gz", "a/x-1.0.tar.gz", null)]
    [InlineData("C#/x-1.0.tar.gz", "C#/x-1.0.tar.gz", null)]
    [InlineData("C#/x-1.0.tar.gz#subdirectory=lib", "C#/x-1.0.tar.gz", "lib")]
    [InlineData("x-1.0.tar.gz#subdirectory=lib/F#", "x-1.0.tar.gz", "lib/F#")]
    [InlineData("x#subdirectory=y/z.whl#subdirectory=", "x#subdirectory=y/z.whl", null)]
    [InlineData("x#subdirectory=y/z.zip#subdirectory=lib", "x#subdirectory=y/z.zip", "lib")]
    public void Last_mark_divides_file_and_folder(string text, string file, string? folder)
    {
        var path = DistributionPath.Parse(text);

        Assert.Equal(new DistributionPath(file, folder), path);
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("x.whl", "x.whl")]
    [InlineData("a#b/x.whl", "x.whl")]
    [InlineData("a/x.zip#subdirectory=b/c", "x.zip")]
    public void File_name_is_that_of_the_file_and_not_of_the_folder(string text, string name) =>
        Assert.Equal(name, DistributionPath.Parse(text).FileName);
}
