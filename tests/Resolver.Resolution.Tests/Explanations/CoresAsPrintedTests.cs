using System.Text;
using System.Text.Json;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Explanations;

/// <summary>Laws of printed cores on random archives with extras, alternatives in markers, unusable versions and
/// builds. <c>RESOLVER_LONG</c> judges 5,000 of them, else 300.</summary>
public sealed class CoresAsPrintedTests
{
    private static readonly int Impossible = Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1" ? 5_000 : 300;

    private static readonly string[] Bounds = ["", ">=2", "<2", "==1", "!=2", ">=3", "<=2"];

    [Fact]
    public void A_core_names_each_fact_once_and_each_fact_is_needed()
    {
        var (found, withExtras, withCycles, unusable) = (0, 0, 0, 0);
        for (var seed = 0; found < Impossible; seed++)
        {
            var (lines, roots) = Draw(new Random(seed));
            if (
                Planner.Plan(new ToyArchive(lines), ToyArchive.Ask(roots), PlanLimits.None)
                is not PlanOutcome.Impossible { Explanation: var explanation }
            )
                continue;
            found++;
            var world = $"{lines}\n{roots}\n{explanation.Text}";
            Assert.True(explanation.Minimal, world);
            Judge(explanation.Core, world);
            withExtras += explanation.Core.OfType<Fact.Requires>().Any(each => each.Requirement.Contains('[')) ? 1 : 0;
            withCycles += explanation.Core.Any(each => each is Fact.BuildCycle) ? 1 : 0;
            unusable += explanation.Core.Any(each => each is Fact.Unusable) ? 1 : 0;
        }
        Assert.True(
            withExtras > Impossible / 10 && withCycles > Impossible / 100 && unusable > Impossible / 10,
            $"{withExtras} with extras, {withCycles} with cycles, {unusable} with unusable versions"
        );
    }

    [Fact]
    public void Each_of_all_conflicts_names_each_fact_once_and_each_fact_is_needed()
    {
        var found = 0;
        for (var seed = 0; found < Impossible / 3; seed++)
        {
            var (lines, roots) = Draw(new Random(seed));
            var problem = Resolver.Resolution.Explanations.Report.RequestedProblem.Of(
                new ToyArchive(lines),
                ToyArchive.Ask(roots)
            );
            if (Explainer.ExplainAll(problem, problem, null, 6, PlanLimits.None) is not { } explanation)
                continue;
            found++;
            foreach (var conflict in explanation.Conflicts)
                Judge(conflict.Core, $"{lines}\n{roots}\n{conflict.Text}");
        }
    }

    [Theory]
    [InlineData("d 1: nosuch | extra == 'x'", "d[x]")]
    [InlineData("d 1: nosuch | extra == 'x' or extra == 'y'", "d[x,y]")]
    [InlineData("d 1: nosuch | extra == 'x'", "d, d[x]")]
    [InlineData("d 1: nosuch | extra == 'x'\nd 2", "d[x]<2, d")]
    [InlineData("e 1: d[x]\nd 1: nosuch | extra == 'x'", "e")]
    public void A_requirement_with_extras_is_one_fact(string archive, string roots)
    {
        var explanation = Assert
            .IsType<PlanOutcome.Impossible>(
                Planner.Plan(new ToyArchive(archive), ToyArchive.Ask(roots), PlanLimits.None)
            )
            .Explanation;

        Judge(explanation.Core, explanation.Text);
        Assert.Single(explanation.Core.OfType<Fact.Requires>(), each => each.Name is null);
    }

    private static void Judge(IReadOnlyList<Fact> core, string world)
    {
        var printed = core.Select(Printed).ToList();
        Assert.True(printed.Distinct().Count() == printed.Count, world);
        Assert.False(FactOracle.CanHold(core), $"the facts can hold together\n{world}");
        foreach (var fact in core)
        {
            Assert.True(
                FactOracle.CanHold([.. core.Where(each => !ReferenceEquals(each, fact))]),
                $"not needed: {Printed(fact)}\n{world}"
            );
        }
    }

    private static string Printed(Fact fact)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            ExplanationJson.Write(writer, new Explanation([fact], true, "", [], []));
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Few projects, one distribution a version, dense requirements.</summary>
    private static (string Lines, string Roots) Draw(Random random)
    {
        var lines = new StringBuilder();
        var projects = random.Next(2, 6);
        for (var project = 0; project < projects; project++)
        {
            var versions = random.Next(0, 4);
            for (var version = 1; version <= versions; version++)
            {
                var isSdist = random.Next(2) == 0;
                lines.Append($"{Name(project)} {version} {(isSdist ? "sdist" : "wheel")}: ");
                lines.AppendJoin(", ", Enumerable.Range(0, random.Next(0, 3)).Select(_ => Requirement(marker: true)));
                if (isSdist && random.Next(3) > 0)
                    lines.Append($"; build: {Requirement(marker: false)}");
                if (random.Next(8) == 0)
                    lines.Append("; python: >=3.13");
                lines.Append('\n');
            }
        }
        return (
            lines.ToString(),
            string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Requirement(marker: false)))
        );

        string Requirement(bool marker)
        {
            var extra = random.Next(6) switch
            {
                0 => "[x]",
                1 => "[x,y]",
                _ => "",
            };
            var condition = !marker
                ? ""
                : random.Next(8) switch
                {
                    0 => "| extra == 'x'",
                    1 => "| extra == 'y'",
                    2 => "| extra == 'x' or extra == 'y'",
                    _ => "",
                };
            return $"{Name(random.Next(projects))}{extra}{Bounds[random.Next(Bounds.Length)]}{condition}";
        }
    }

    private static string Name(int project) => ((char)('a' + project)).ToString();
}
