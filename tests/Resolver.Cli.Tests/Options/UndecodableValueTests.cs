using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Options;

/// <summary>Paths that are not UTF-8: inputs may be, what is written to may not.</summary>
public sealed class UndecodableValueTests
{
    [Theory]
    [InlineData("install", "lib", "--prefix")]
    [InlineData("install", "lib", "--target")]
    [InlineData("plan", "lib", "--root")]
    [InlineData("check", "--installed")]
    [InlineData("list", "--prefix")]
    [InlineData("plan", "lib", "-o")]
    [InlineData("plan", "lib", "--cache-dir")]
    [InlineData("install", "lib", "--wheel-dir")]
    [InlineData("install", "lib", "--events")]
    [InlineData("scan", "-f", ".", "--write-sums")]
    public void A_path_that_is_written_to_or_given_to_others_must_be_utf8(params string[] arguments)
    {
        var refused = Invocation.Of([.. arguments, "caf\uDCE9"]);

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("'caf\\udce9' is not UTF-8: choose another name", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--find-links")]
    [InlineData("--requirement")]
    [InlineData("--lock")]
    public void A_path_that_is_only_read_need_not_be(string option)
    {
        var refused = Invocation.Of("plan", "lib", option, "caf\uDCE9");

        Assert.DoesNotContain("choose another name", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
    }
}
