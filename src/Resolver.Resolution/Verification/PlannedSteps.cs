using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Verification;

/// <summary>The steps of a plan, or of one isolated build environment, by project; and the extras of each project that
/// something requests.</summary>
internal sealed class PlannedSteps
{
    private static readonly IReadOnlySet<ExtraName> NoExtras = new HashSet<ExtraName>();
    private readonly Dictionary<PackageName, PlanStep> byName = [];
    private readonly Dictionary<PackageName, HashSet<ExtraName>> extras = [];

    /// <summary>Indexes the steps. Of a project that is planned twice, the first step counts.</summary>
    /// <param name="inOrder">The steps, in order.</param>
    /// <param name="roots">What is requested, as it counts.</param>
    /// <param name="buildsAreHere">Whether builds see these steps, so that what they request counts here.</param>
    public PlannedSteps(IReadOnlyList<PlanStep> inOrder, IReadOnlyList<CountedRequirement> roots, bool buildsAreHere)
    {
        InOrder = inOrder;
        foreach (var step in inOrder)
            byName.TryAdd(step.Candidate.Name, step);
        foreach (var root in roots)
            Request(root.Requirement.Name, root.Requirement.Extras);
        foreach (var planned in inOrder.SelectMany(step => step.Requires))
        {
            if (planned.SatisfiedBy is not null && (buildsAreHere || planned.Role == Role.Runtime))
                Request(planned.Requirement.Name, planned.Requirement.Extras);
        }
        // An extra stays where what requested it became inactive later (decision 0010): its requirements are listed.
        foreach (var step in inOrder)
            Request(step.Candidate.Name, [.. step.Requires.Select(each => each.Extra).OfType<ExtraName>()]);
    }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<PlanStep> InOrder { get; }

    /// <summary>The step of the project, or null where none is planned.</summary>
    public PlanStep? this[PackageName project] => byName.GetValueOrDefault(project);

    /// <summary>The extras of the project that roots and listed requirements request.</summary>
    public IReadOnlySet<ExtraName> ExtrasOf(PackageName project) => extras.GetValueOrDefault(project) ?? NoExtras;

    /// <summary>Every project of which an extra is requested.</summary>
    public IEnumerable<PackageName> ProjectsWithExtras => extras.Keys;

    /// <summary>Whether the step is there before a build of this stage starts.</summary>
    public static bool IsThereBefore(PlanStep step, int stage) =>
        step.Candidate.Kind == DistributionKind.Installed || step.Stage < stage;

    private void Request(PackageName project, IReadOnlyList<ExtraName> requested)
    {
        if (requested.Count == 0)
            return;
        if (!extras.TryGetValue(project, out var known))
            extras.Add(project, known = []);
        known.UnionWith(requested);
    }
}
