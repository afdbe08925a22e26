using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Environments;

/// <summary>What was chosen for one of several environments.</summary>
internal sealed record EnvironmentSolution(
    EnvironmentRequest Environment,
    CandidateProblem Problem,
    Selection Selection,
    PlanStatistics Statistics
)
{
    /// <summary>The chosen candidates, each with the extras of its project that are active.</summary>
    public IReadOnlyList<(Candidate Candidate, IReadOnlyList<ExtraName> Extras)> Chosen
    {
        get
        {
            var extras = Selection
                .Order.Where(each => Problem.ExtraOf(each) is not null)
                .ToLookup(each => Problem.NameOf(each), each => Problem.ExtraOf(each)!.Value);
            return
            [
                .. Selection
                    .Order.Where(each => Problem.CandidatesOf(each).Count > 0)
                    .Select(each =>
                        (
                            Problem.CandidatesOf(each)[Selection[each]],
                            (IReadOnlyList<ExtraName>)[.. extras[Problem.NameOf(each)]]
                        )
                    ),
            ];
        }
    }

    /// <summary>The plan, checked.</summary>
    public Plan MakePlan() => PlanBuilder.Build(Problem, Selection, Problem.Request.Roots, [], Statistics);
}
