using Resolver.Packaging.Markers;
using Resolver.Resolution.Planning;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Planning;

public sealed class InstalledConsistencyTests
{
    private static IEnumerable<string> Check(string installed) =>
        InstalledConsistency
            .Check([.. new ToyArchive(installed).All], MarkerEnvironment.CPython311OnLinux)
            .Select(each => $"{each.By.Name}: {each.Requirement} -> {each.Found?.Version.ToString() ?? "none"}");

    [Fact]
    public void What_is_missing_or_out_of_range_is_named() =>
        Assert.Equal(["a: b>=2 -> 1", "a: c -> none"], Check("a 1 installed: b>=2, c\nb 1 installed"));

    [Fact]
    public void An_extra_that_nobody_requests_requires_nothing() => Assert.Empty(Check("a 1 installed: b| extra=='x'"));

    [Fact]
    public void An_extra_that_is_requested_through_another_counts() =>
        Assert.Equal(
            ["a: c; extra == \"y\" -> none"],
            Check("a 1 installed: a[y]| extra=='x', c| extra=='y'\nb 1 installed: a[x]")
        );
}
