using Resolver.Application.Inputs;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.References;
using Resolver.Packaging.Requirements;

namespace Resolver.Application.Requirements;

/// <summary>The direct references of a request: requirements, constraints and overrides that say where the file
/// is.</summary>
internal static class References
{
    /// <summary>Those whose marker holds.</summary>
    /// <param name="environment">Null: whatever the marker, as for several environments.</param>
    public static IEnumerable<Requirement> Active(IEnumerable<Requirement> direct, MarkerEnvironment? environment) =>
        direct.Where(each =>
            environment is null
            || each.Marker is not { } marker
            || marker.TryEvaluate(environment, []) is not { Success: true, Value: false }
        );

    /// <summary>Where the references of these requirements point on this disk, each once.</summary>
    public static IEnumerable<string> Places(IEnumerable<Requirement> direct) =>
        direct.Select(each => each.ValidReference?.LocalPlace).OfType<string>().Distinct();

    /// <summary>What makes two ways to write a path on this disk the same.</summary>
    public static string PlaceKey(string place) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(place));

    /// <summary>Checks that each reference leads to the project that it names.</summary>
    /// <param name="present">What was read of the places.</param>
    /// <exception cref="InputException">One leads to another project.</exception>
    public static void CheckProjects(IEnumerable<Requirement> direct, IReadOnlyList<Distribution> present)
    {
        foreach (var requirement in direct)
        {
            if (requirement.ValidReference is not { LocalPlace: { } place })
                continue;
            var there = present.Where(each => each.Path == place && each.Name is not null).ToList();
            if (there.Count > 0 && !there.Exists(each => each.Name == requirement.Name))
                throw OtherProject(requirement.ToString(), place, there[0], requirement.Name);
        }
    }

    /// <summary>A file that is another project than the one it was requested as.</summary>
    public static InputException OtherProject(
        string reference,
        string place,
        Distribution found,
        PackageName expected
    ) =>
        InputException.BadInput(
            $"{place} contains {found.Name} {found.Version}, not {expected}, which '{reference}' names",
            $"name the project that the file contains: '{found.RawName ?? found.Name.ToString()} @ "
                + $"{FileReference.UrlOf(Path.GetFullPath(place))}'"
        );
}
