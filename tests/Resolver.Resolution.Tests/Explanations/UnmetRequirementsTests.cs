using System.Text;
using Resolver.Resolution.Explanations.Unmet;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Explanations;

public sealed class UnmetRequirementsTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void All_impossible_requirements_are_counted(int count)
    {
        var unmet = Unmet(
            string.Concat(Enumerable.Range(0, count).Select(i => $"p{i} 1: gone{i}\n")),
            string.Join(", ", Enumerable.Range(0, count).Select(i => $"p{i}"))
        )!;

        Assert.Equal((count, count, count), (unmet.Requested, unmet.Requirements.Count, unmet.Causes.Count));
        Assert.Equal("p0 requires gone0, which is not in the archive", unmet.Causes[0].Text);
    }

    [Fact]
    public void Causes_are_grouped_and_the_most_common_comes_first()
    {
        var unmet = Unmet(
            "a 1 sdist: ; build: scm\nb 1 sdist: ; build: scm\nc 1: a\nd 1: lib>=2\ne 1: new\nf 1\nlib 1\nnew 1: ; "
                + "python: >=3.13",
            "a, b, c, d, e, f"
        )!;

        Assert.Equal(["a", "b", "c", "d", "e"], unmet.Requirements);
        Assert.True(unmet.AreOthersPossible);
        Assert.Equal(
            [
                "3 of them require scm, which is not in the archive",
                "d requires lib>=2, which is not in the archive: it has only 1",
                "e requires new, which cannot be used: requires Python >=3.13, and this is Python 3.11.7",
            ],
            unmet.Causes.Select(each => each.Text)
        );
    }

    [Fact]
    public void A_project_of_unknown_version_is_not_called_missing()
    {
        var unmet = Unmet(
            "a 1: scm\nb 1: scm\nc 1\nd 1\nhidden scm: unknown-version: archive/scm.tar.gz: is there",
            "a, b, c, d"
        )!;

        Assert.Equal(
            "2 of them require scm, which is in the archive (archive/scm.tar.gz), but its version is unknown",
            Assert.Single(unmet.Causes).Text
        );
    }

    [Fact]
    public void What_is_called_impossible_is_impossible_by_itself_and_the_verdict_on_the_others_holds()
    {
        var judged = 0;
        for (var seed = 0; judged < 100; seed++)
        {
            var random = new Random(seed);
            var lines = new StringBuilder();
            foreach (var project in "abcdefgh")
            {
                for (var version = 1; version <= random.Next(0, 3); version++)
                    lines.Append($"{project} {version}: {Requirement(random)}\n");
            }
            var roots = Enumerable.Range(0, 6).Select(_ => Requirement(random)).Distinct().ToList();
            if (Unmet(lines.ToString(), string.Join(", ", roots)) is not { } unmet)
                continue;
            judged++;
            Assert.All(unmet.Requirements, each => Assert.False(IsPossible(lines.ToString(), each)));
            Assert.Equal(
                unmet.AreOthersPossible,
                IsPossible(lines.ToString(), string.Join(", ", roots.Except(unmet.Requirements)))
            );
        }
    }

    private static string Requirement(Random random) =>
        $"{"abcdefgh"[random.Next(8)]}{((string[])["", ">=2", "<2", ""])[random.Next(4)]}";

    private static bool IsPossible(string archive, string roots) =>
        Planner.Plan(new ToyArchive(archive), ToyArchive.Ask(roots), PlanLimits.None) is PlanOutcome.Planned;

    private static UnmetRequirements? Unmet(string archive, string roots) =>
        Planner.Plan(new ToyArchive(archive), ToyArchive.Ask(roots), PlanLimits.None)
            is PlanOutcome.Impossible impossible
            ? impossible.Explanation.Unmet
            : null;
}
