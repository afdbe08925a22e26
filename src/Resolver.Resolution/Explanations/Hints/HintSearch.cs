using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Explanations.Hints;

/// <summary>Looks for hints: a version outside its bound, one that may not be chosen, a name that is nearly
/// right, something that is there but hidden.</summary>
/// <param name="helpful">Facts that stood alone in the way (<see cref="Repairs.Helpful"/>); no hint about others
/// helps.</param>
internal sealed class HintSearch(
    Problem problem,
    IProblemText text,
    ICandidateSource? source,
    IReadOnlySet<Assumption> helpful
)
{
    /// <summary>Unusable versions named one by one; more are not read.</summary>
    private const int MostVersions = 3;

    private readonly List<Hint> hints = [];

    public IReadOnlyList<Hint> Find(IReadOnlyList<Assumption> core)
    {
        var requirements = core.OfType<Assumption.Requires>().ToList();
        foreach (var closed in core.OfType<Assumption.NoOthers>().Where(helpful.Contains))
        {
            var bounds = Bounds(requirements.Where(each => problem.Target(each.Id) == closed.Project));
            if (problem.CandidateCount(closed.Project) == 0 && text.PlacesWithoutVersion(closed.Project).Count == 0)
                hints.AddRange(Misspelt(text.ProjectOf(closed.Project), bounds));
            Hidden(closed.Project, bounds);
        }
        // Requirements of an extra are irrelevant without the extra, whichever of the two was tried.
        var extraHelps = helpful
            .OfType<Assumption.Requires>()
            .Any(each => each.Line(problem, text).Any(id => text.IsExtra(problem.Target(id))));
        foreach (
            var requirement in requirements.Where(each =>
                helpful.Contains(each) || (extraHelps && !problem.Conditions(each.Id).IsEmpty)
            )
        )
        {
            if (!ThroughExtra(requirement) && helpful.Contains(requirement))
                OutOfBound(requirement, requirements);
        }
        foreach (var unusable in core.OfType<Assumption.Unusable>().Where(helpful.Contains))
            Unusable(unusable, requirements);
        foreach (var cycle in core.OfType<Assumption.Cycle>())
            Cycle(cycle);
        return [.. hints.DistinctBy(each => (each.Name, each.Version, each.Why))];
    }

    /// <summary>A version that meets all else that the core asks is there; only this bound rules it out.</summary>
    private void OutOfBound(Assumption.Requires requirement, List<Assumption.Requires> core)
    {
        var project = problem.Target(requirement.Id);
        if (text.IsExtra(project) || problem.CandidateCount(project) is var count && count == 0)
            return;
        var others = core.Where(each => each != requirement && problem.Target(each.Id) == project)
            .Select(each => each.Id)
            .Distinct()
            .ToList();
        var fit = Usable(project);
        var met = Satisfying(requirement.Id, count);
        var near = Enumerable
            .Range(0, count)
            .LastOrDefault(
                i => Has(fit, i) && !Has(met, i) && others.TrueForAll(id => Has(Satisfying(id, count), i)),
                -1
            );
        if (near < 0)
            return;
        var (name, version) = (text.ProjectOf(project), text.VersionOf(project, near));
        var place = text.PlaceOf(project, near) is { } path ? $" ({path})" : "";
        if (text.RoleOf(requirement.Id) == Role.Constraint)
            hints.Add(
                new Hint(
                    name,
                    version,
                    "constraint",
                    $"{name} {version}{place} is available; only the constraint {text.RequestOf(requirement.Id)} rules "
                        + $"it out"
                )
            );
        else
            hints.Add(
                new Hint(
                    name,
                    version,
                    "out-of-range",
                    $"{name} {version}{place} is available, but {text.PlainTextOf(requirement.Id)} is required"
                )
                {
                    IsTold = true,
                }
            );
    }

    private ulong[] Usable(VariableId project)
    {
        var words = new ulong[(problem.CandidateCount(project) + 63) / 64];
        problem.Usable(project, words);
        return words;
    }

    private ulong[] Satisfying(RequirementId requirement, int count)
    {
        var words = new ulong[(count + 63) / 64];
        problem.Satisfying(requirement, words);
        return words;
    }

    private static bool Has(ulong[] words, int i) => (words[i >> 6] >> i & 1) != 0;

    /// <summary>Only what an extra adds cannot be had: without the extra there is a plan.</summary>
    private bool ThroughExtra(Assumption.Requires requirement)
    {
        if (requirement.Source is { } source && problem.Conditions(requirement.Id) is { IsEmpty: false } conditions)
        {
            foreach (var condition in conditions)
            {
                if (!condition.Active)
                    continue;
                var extra = text.VersionOf(condition.Extra, 0);
                hints.Add(
                    new Hint(
                        text.ProjectOf(source),
                        null,
                        "extra",
                        $"only the extra {extra} of {text.ProjectOf(source)} requires "
                            + $"{text.PlainTextOf(requirement.Id)}: without [{extra}] there is a plan"
                    )
                );
                return true;
            }
        }
        return text.IsExtra(problem.Target(requirement.Id));
    }

    private void Unusable(Assumption.Unusable unusable, List<Assumption.Requires> core)
    {
        var count = problem.CandidateCount(unusable.Project);
        var asked = core.Where(each => problem.Target(each.Id) == unusable.Project)
            .Select(each => Satisfying(each.Id, count))
            .ToList();
        var affected = Enumerable
            .Range(0, count)
            .Where(i =>
                text.WhyUnusable(unusable.Project, i)?.Kind == unusable.Kind && asked.TrueForAll(words => Has(words, i))
            )
            .Reverse()
            .DistinctBy(i => text.VersionOf(unusable.Project, i))
            .Take(MostVersions);
        foreach (var i in affected)
        {
            var reason = text.WhyUnusable(unusable.Project, i)!;
            hints.Add(
                new Hint(
                    text.ProjectOf(unusable.Project),
                    text.VersionOf(unusable.Project, i),
                    reason.Kind.Word(),
                    reason.Detail
                )
                {
                    IsTold = true,
                }
            );
        }
    }

    private void Cycle(Assumption.Cycle cycle)
    {
        if (cycle.Nogood.Certificate is not BuildCycle build)
            return;
        var built = build
            .Edges.Where(edge => problem.IsBuildRequirement(edge.Requirement))
            .Select(edge => text.ProjectOf(edge.Source))
            .Distinct()
            .ToList();
        hints.Add(
            new Hint(
                built[0],
                null,
                "cycle",
                $"{(built.Count == 1 ? "" : "one of ")}{Listing.Or(built)} as a wheel, or installed first, breaks "
                    + $"the cycle"
            )
            {
                IsTold = true,
            }
        );
    }

    /// <summary>The sets of versions that the requirements admit, as far as they can be read.</summary>
    private List<SpecifierSet> Bounds(IEnumerable<Assumption.Requires> requirements) =>
        [
            .. requirements
                .Select(each => text.BoundOf(each.Id))
                .Where(each => each.Length > 0)
                .Select(SpecifierSet.TryParse)
                .Where(each => each.Success)
                .Select(each => each.Value),
        ];

    private IEnumerable<Hint> Misspelt(string name, List<SpecifierSet> bounds) =>
        source is null ? [] : SimilarNames.Of(name, source, bounds).Take(MostVersions);

    /// <summary>Distributions that no plan knows and that would meet the requirements, as far as their versions are
    /// known.</summary>
    private void Hidden(VariableId project, List<SpecifierSet> bounds)
    {
        if (source is null || PackageName.TryParse(text.ProjectOf(project)) is not { Success: true, Value: var name })
            return;
        foreach (var hidden in source.HiddenOf(name).Where(each => MayMeet(each, bounds)).Take(MostVersions))
        {
            var what = hidden.Version is { } version ? $"{name} {version}" : $"{name}";
            hints.Add(
                new Hint(
                    name.Normalized,
                    hidden.Version,
                    "hidden",
                    $"{what}{(hidden.Place is { } place ? $" ({place})" : "")} {hidden.Detail}"
                )
            );
        }
    }

    private static bool MayMeet(HiddenDistribution hidden, List<SpecifierSet> bounds) =>
        !Version.TryParse(hidden.Version ?? "", out var version)
        || bounds.TrueForAll(bound => bound.Contains(version, prereleases: true));
}
