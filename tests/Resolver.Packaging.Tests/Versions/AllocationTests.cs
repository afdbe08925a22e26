using Resolver.Packaging.Specifiers;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Tests.Versions;

/// <summary>The common path costs no memory: counted, not promised.</summary>
public sealed class AllocationTests
{
    private static readonly string[] Usual =
    [
        "1.2.3",
        "2024.12.14",
        "0.1",
        "23.2.1",
        "1.0.0.0",
        "1.0rc1",
        "2.0a12",
        "1.4.post2",
        "1.4.9",
        "3.0.dev7",
        " v1.0-beta.2 ",
    ];

    [Fact]
    public void Reading_usual_versions_allocates_nothing() =>
        AllocatesNothing(() =>
        {
            var count = 0;
            foreach (var text in Usual)
                if (Version.TryParse(text).Success && Version.TryParse(text.AsSpan(), out _))
                    count++;
            return count == Usual.Length;
        });

    [Fact]
    public void Comparing_versions_allocates_nothing()
    {
        var versions = Usual
            .Concat(["1!1.0", "1.0+local.1", "1.0a1.dev2", "99999999999999999999.1"])
            .Select(Version.Parse)
            .ToArray();
        AllocatesNothing(() =>
        {
            var equal = 0;
            foreach (var a in versions)
                foreach (var b in versions)
                    if (a.CompareTo(b) == 0 && a.Equals(b) && a == b)
                        equal++;
            return equal >= versions.Length;
        });
    }

    [Theory]
    [InlineData(">=1.0")]
    [InlineData("~=1.4.2")]
    [InlineData(">=1.2,<3,!=1.5,!=2.0.*")]
    [InlineData(">1.0,<=2.0.post1")]
    [InlineData("==1.*")]
    [InlineData("==1.0+local.1")]
    public void Matching_a_specifier_allocates_nothing(string specifier)
    {
        var set = SpecifierSet.Parse(specifier);
        var versions = Usual
            .Concat(["1!1.0", "1.0+local.1", "1.0a1.dev2", "99999999999999999999.1"])
            .Select(Version.Parse)
            .ToArray();
        AllocatesNothing(() =>
        {
            var contained = 0;
            foreach (var version in versions)
                if (set.Contains(version) && set.Contains(version, prereleases: true))
                    contained++;
            return contained > 0;
        });
    }

    private static void AllocatesNothing(Func<bool> work)
    {
        for (var i = 0; i < 50; i++)
            Assert.True(work()); // past the compiler's first tiers
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = work();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(result);
        Assert.Equal(0, allocated);
    }
}
