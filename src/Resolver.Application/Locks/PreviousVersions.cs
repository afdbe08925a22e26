using Resolver.Application.Inputs;
using Resolver.Packaging.Lockfiles;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Resolution.Planning;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Application.Locks;

/// <summary>The versions of an earlier plan (JSON) or lock (pylock.toml), distinguished by content (<c>--lock</c>):
/// kept where they satisfy, and what <c>fewest-changes</c> counts from.</summary>
internal static class PreviousVersions
{
    /// <summary>A version a project. Of entries with markers, those that hold; one of a name that then has several
    /// versions says nothing.</summary>
    /// <param name="environment">What markers are judged by; null, for several environments: only what is the same
    /// everywhere counts.</param>
    /// <param name="notices">Receives warnings of what this program does not know in a lock.</param>
    /// <exception cref="InputException">The file cannot be read, or is neither.</exception>
    public static IReadOnlyDictionary<PackageName, Version> Of(
        string file,
        MarkerEnvironment? environment,
        Notices notices
    )
    {
        var opened = PlanFile.Open(file, notices);
        IEnumerable<(PackageName Name, Version Version)> entries = opened.Lock is { } locked
            ? locked.Packages.Where(each => each.Version is not null && Holds(each.Marker, environment)).Select(Entry)
            : ((PlanOutcome.Planned)opened.Read())
                .Plan.Steps.Where(each => Holds(each.Markers, environment))
                .Select(each => (each.Candidate.Name, each.Candidate.Version));
        return entries
            .Distinct()
            .GroupBy(each => each.Name)
            .Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.Single().Version);
    }

    private static (PackageName Name, Version Version) Entry(LockedPackage package) =>
        (package.Name, package.Version!.Value);

    // A lock speaks of extras and groups as well; what it has only for those is a version to keep too.
    private static bool Holds(Marker? marker, MarkerEnvironment? environment) =>
        marker is null
        || environment is null
        || marker.TryEvaluate(
            new MarkerContext
            {
                Environment = environment,
                Extras = [],
                DependencyGroups = [],
            }
        )
            is not { Success: true, Value: false };
}
