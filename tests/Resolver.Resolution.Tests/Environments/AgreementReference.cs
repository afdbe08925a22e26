using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Environments;

/// <summary>
/// The definition of the best answer for several environments (docs/planning.md), worked out by listing every
/// selection of every environment. Environments only meet where an agreement is asked for, so 'some full solution'
/// means: each environment has a selection left.
/// </summary>
internal sealed class AgreementReference
{
    private readonly MarkedWorld world;
    private readonly IReadOnlyList<MarkerEnvironment> environments;
    private readonly List<Dictionary<PackageName, Candidate>>[] left;
    private readonly Queue<(PackageName Project, int Environment)> queue = new();
    private readonly HashSet<(PackageName, int)> reached = [];
    private readonly Dictionary<PackageName, Version>[] chosen;

    // In place of an environment: the project's agreement.
    private const int Agreement = -1;

    private AgreementReference(MarkedWorld world, IReadOnlyList<MarkerEnvironment> environments)
    {
        this.world = world;
        this.environments = environments;
        left = [.. environments.Select(environment => Selections(environment).ToList())];
        chosen = [.. environments.Select(_ => new Dictionary<PackageName, Version>())];
    }

    /// <summary>For each environment the versions of its projects; null where one has no selection.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<PackageName, Version>>? Best(
        MarkedWorld world,
        IReadOnlyList<MarkerEnvironment> environments
    )
    {
        var reference = new AgreementReference(world, environments);
        return Array.Exists(reference.left, each => each.Count == 0) ? null : reference.Walk();
    }

    private Dictionary<PackageName, Version>[] Walk()
    {
        var roots = world.Request.Roots;
        foreach (var project in roots.Select(root => root.Name).Distinct())
        {
            for (var e = 0; e < environments.Count; e++)
            {
                if (roots.Any(root => root.Name == project && Holds(root, environments[e])))
                    Reach(project, e);
            }
        }
        while (queue.TryDequeue(out var next))
        {
            var descending = world.CandidatesOf(next.Project).Select(each => each.Version).OrderDescending().ToList();
            if (next.Environment == Agreement)
                Agree(next.Project, descending);
            else
                Choose(next.Project, next.Environment, descending);
        }
        return chosen;
    }

    private void Agree(PackageName project, List<Version> descending)
    {
        foreach (var version in descending)
        {
            var rest = left.Select(all =>
                    all.Where(selection =>
                            !selection.TryGetValue(project, out var candidate) || candidate.Version == version
                        )
                        .ToList()
                )
                .ToList();
            if (!rest.TrueForAll(all => all.Count > 0))
                continue;
            rest.CopyTo(left);
            return;
        }
    }

    private void Choose(PackageName project, int environment, List<Version> descending)
    {
        var used = chosen.Where(each => each.ContainsKey(project)).Select(each => each[project]).ToHashSet();
        foreach (var version in descending.OrderBy(each => !used.Contains(each)))
        {
            var rest = left[environment]
                .Where(selection => selection.TryGetValue(project, out var candidate) && candidate.Version == version)
                .ToList();
            if (rest.Count == 0)
                continue;
            left[environment] = rest;
            chosen[environment].Add(project, version);
            foreach (
                var requirement in rest[0]
                    [project]
                    .Requires!.Where(each => Holds(each, environments[environment]))
                    .OrderBy(each => each.Name.Normalized, StringComparer.Ordinal)
            )
                Reach(requirement.Name, environment);
            return;
        }
        throw new InvalidOperationException("what is reached is in every selection that is left");
    }

    private void Reach(PackageName project, int environment)
    {
        if (reached.Add((project, Agreement)))
            queue.Enqueue((project, Agreement));
        if (reached.Add((project, environment)))
            queue.Enqueue((project, environment));
    }

    /// <summary>Every choice of a version or none for each project in which every requirement is met.</summary>
    private IEnumerable<Dictionary<PackageName, Candidate>> Selections(MarkerEnvironment environment)
    {
        IEnumerable<Dictionary<PackageName, Candidate>> all =
        [
            [],
        ];
        foreach (var project in world.Projects)
            all = all.SelectMany(part =>
                    world
                        .CandidatesOf(project)
                        .Select(candidate => new Dictionary<PackageName, Candidate>(part) { [project] = candidate })
                        .Append(part)
                )
                .ToList();
        return all.Where(selection =>
            world
                .Request.Roots.Concat(selection.Values.SelectMany(candidate => candidate.Requires!))
                .Where(requirement => Holds(requirement, environment))
                .All(requirement =>
                    selection.TryGetValue(requirement.Name, out var candidate)
                    && requirement.Specifier.Contains(candidate.Version)
                )
        );
    }

    private static bool Holds(Requirement requirement, MarkerEnvironment environment) =>
        requirement.Marker is not { } marker || marker.TryEvaluate(environment, []).Value;
}
