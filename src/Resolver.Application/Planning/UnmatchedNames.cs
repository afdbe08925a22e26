using Resolver.Application.Inputs;
using Resolver.Packaging.Names;
using Resolver.Resolution.Requests;

namespace Resolver.Application.Planning;

/// <summary>Names in options and rules that no project of the archive, of a batch or of what is installed has: a
/// misspelt one would be ignored silently.</summary>
internal static class UnmatchedNames
{
    // Names compared with names; beyond that nobody waits for what may have been meant.
    private const long MostComparisons = 2_000_000;

    /// <summary>Warns of them, with what may have been meant. Of constraints, which are often shared by many archives,
    /// only those that may be misspelt.</summary>
    /// <param name="projects">The names there are; requested only where there is something to compare.</param>
    public static void Tell(PlanRequest request, Func<IEnumerable<PackageName>> projects, Notices notices)
    {
        (string Where, IEnumerable<PackageName> Names, bool IsShared)[] named =
        [
            ("--upgrade-package", request.Upgrade.Named, false),
            ("--no-binary", request.NoBinary.Named, false),
            ("--only-binary", request.OnlyBinary.Named, false),
            ("waive", request.Waivers.Select(each => each.Project).OfType<PackageName>(), false),
            ("exclude", request.Exclusions.Select(each => each.Project), false),
            ("constraints", request.Constraints.Select(each => each.Name), true),
        ];
        if (!named.Any(each => each.Names.Any()))
            return;
        var known = projects().Concat(request.Roots.Select(root => root.Name)).ToHashSet();
        foreach (var (where, names, isShared) in named)
        {
            var unmatched = names.Distinct().Where(name => !known.Contains(name)).ToList();
            var compares = (long)unmatched.Count * known.Count <= MostComparisons;
            foreach (var name in unmatched)
            {
                var meant = compares ? Meant(name, known) : null;
                if (meant is not null)
                    notices.Warning($"{where}: no project {name}; did you mean {meant}?");
                else if (!isShared)
                    notices.Warning($"{where}: no project {name}");
            }
        }
    }

    private static PackageName? Meant(PackageName name, IEnumerable<PackageName> known) =>
        known
            .Select(each => (Name: each, Apart: NameDistance.OfSlip(name.Normalized, each.Normalized)))
            .Where(each => each.Apart is not null)
            .OrderBy(each => each.Apart)
            .ThenBy(each => each.Name)
            .Select(each => (PackageName?)each.Name)
            .FirstOrDefault();
}
