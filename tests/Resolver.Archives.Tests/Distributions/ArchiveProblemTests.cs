using Resolver.Archives.Distributions;
using Xunit;

namespace Resolver.Archives.Tests.Distributions;

/// <summary>The messages of problems: with the file, and beside it.</summary>
public sealed class ArchiveProblemTests
{
    [Theory]
    [InlineData("w/x.tar.gz", "w/x.tar.gz", "it is empty")]
    [InlineData("w/x.tar.gz!x-1.0/setup.cfg", "w/x.tar.gz", "x-1.0/setup.cfg: it is empty")]
    [InlineData("w/x.tar.gz!x-1.0/lib", "w/x.tar.gz#subdirectory=lib", "it is empty")]
    [InlineData("w/x.tar.gz!x-1.0/lib/setup.py", "w/x.tar.gz#subdirectory=lib", "setup.py: it is empty")]
    [InlineData("w/tree/setup.py", "w/tree", "setup.py: it is empty")]
    [InlineData("w/trees/setup.py", "w/tree", "w/trees/setup.py: it is empty")]
    [InlineData("w/x.tar.gz", null, "w/x.tar.gz: it is empty")]
    [InlineData("", "w/x.tar.gz", "it is empty")]
    public void Beside_its_file_a_message_names_only_what_is_within(string place, string? path, string message)
    {
        var problem = new ArchiveProblem("code", place, "it is empty", false);

        Assert.Equal(message, problem.MessageWithin(path));
        Assert.Equal(place.Length == 0 ? "it is empty" : $"{place}: it is empty", problem.Message);
    }
}
