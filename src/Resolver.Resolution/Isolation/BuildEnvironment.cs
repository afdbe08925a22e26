using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Isolation;

/// <summary>The environment that a candidate is built in.</summary>
/// <param name="Candidate">What is built.</param>
/// <param name="Problem">What was asked.</param>
/// <param name="Selection">The best answer.</param>
internal sealed record BuildEnvironment(Candidate Candidate, CandidateProblem Problem, Selection Selection)
{
    /// <summary>What must be built for it first, by name.</summary>
    public IReadOnlyList<Candidate> Built =>
        [
            .. Selection
                .Order.Where(each => Problem.CandidatesOf(each).Count > 0)
                .Select(each => Problem.CandidatesOf(each)[Selection[each]])
                .Where(each => each.IsBuilt)
                .OrderBy(each => each.Name),
        ];
}
