using System.Text;
using CsCheck;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Translation;
using Resolver.Testing;
using Resolver.Testing.Reference;
using Xunit;

namespace Resolver.Resolution.Tests.Planning;

/// <summary>Laws of planning on random archives, against the reference that runs the definition as it stands.</summary>
public sealed class PlanProperties
{
    private const int Budget = 20_000;

    [Fact]
    public void A_plan_is_the_best_selection_there_is_and_none_is_missed()
    {
        ToyArchiveGenerator
            .Archive(projects: 6, versions: 3)
            .Sample(
                world =>
                {
                    var problem = new CandidateProblem(new ToyArchive(world.Lines), ToyArchive.Ask(world.Roots));
                    if (!ReferenceSolver.TrySolve(problem, Budget, out var best))
                        return;
                    var outcome = Planner.Plan(
                        new ToyArchive(world.Lines),
                        ToyArchive.Ask(world.Roots),
                        PlanLimits.None
                    );
                    var expected = best
                        ?.Where(each => !problem.IsExtra(each.Variable))
                        .Select(each => Describe(problem, each.Variable, each.Candidate))
                        .Order();
                    var found = (outcome as PlanOutcome.Planned)
                        ?.Plan.Steps.Select(each => $"{each.Candidate}")
                        .Order();
                    Assert.Equal(expected, found);
                },
                iter: 5000
            );
    }

    [Fact]
    public void A_plan_does_not_depend_on_the_order_of_files_or_of_lines_in_them()
    {
        ToyArchiveGenerator
            .Archive(projects: 6, versions: 3)
            .Sample(
                world =>
                {
                    foreach (var isolation in Enum.GetValues<BuildIsolation>())
                    {
                        var request = ToyArchive.Ask(world.Roots) with { BuildIsolation = isolation };
                        Assert.Equal(
                            Bytes(new ToyArchive(world.Lines), request),
                            Bytes(new Reversed(new ToyArchive(world.Lines)), request)
                        );
                    }
                },
                iter: 100
            );
    }

    [Fact]
    public void Plans_that_are_made_side_by_side_are_those_that_are_made_one_after_the_other()
    {
        var worlds = Enumerable
            .Range(0, 60)
            .Select(seed =>
                ToyArchiveGenerator.Archive(projects: 8, versions: 5).Generate(new PCG(1, (ulong)seed), null, out _)
            )
            .ToList();
        var alone = worlds.ConvertAll(world => Bytes(new ToyArchive(world.Lines), ToyArchive.Ask(world.Roots)));

        var together = worlds
            .AsParallel()
            .AsOrdered()
            .WithDegreeOfParallelism(8)
            .Select(world => Bytes(new ToyArchive(world.Lines), ToyArchive.Ask(world.Roots)))
            .ToList();

        Assert.Equal(alone, together);
    }

    private static string Describe(CandidateProblem problem, VariableId variable, int candidate) =>
        problem.CandidatesOf(variable)[candidate].ToString();

    /// <summary>The plan as it is printed, or the explanation, without what it took.</summary>
    private static string Bytes(ICandidateSource source, PlanRequest request) =>
        Planner.Plan(source, request, PlanLimits.None) switch
        {
            PlanOutcome.Planned planned => Encoding.UTF8.GetString(
                PlanJson.Write(planned.Plan with { Statistics = new PlanStatistics() })
            ),
            PlanOutcome.Impossible impossible => impossible.Explanation.Text,
            var other => throw new InvalidOperationException($"{other}"),
        };

    /// <summary>The same files in the opposite order, each with its lines in the opposite order.</summary>
    private sealed class Reversed(ToyArchive archive) : ICandidateSource
    {
        public IEnumerable<PackageName> Projects => archive.Projects.Reverse();

        public IReadOnlyList<Candidate> CandidatesOf(PackageName project) =>
            [
                .. archive
                    .CandidatesOf(project)
                    .Reverse()
                    .Select(each => new Candidate
                    {
                        Name = each.Name,
                        Version = each.Version,
                        Kind = each.Kind,
                        Path = each.Path,
                        Requires = [.. each.Requires!.Reverse()],
                        BuildRequires = [.. each.BuildRequires!.Reverse()],
                    }),
            ];
    }
}
