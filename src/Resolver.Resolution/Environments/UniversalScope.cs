using Resolver.Packaging.Markers;
using Resolver.Packaging.Markers.Regions;
using Resolver.Packaging.Specifiers;

namespace Resolver.Resolution.Environments;

/// <summary>What <c>--universal</c> plans for.</summary>
/// <param name="Supported">Every environment the plan is to be for, so far as wheels allow.</param>
/// <param name="Interpreter">The environment at hand: where it is supported, it is considered first.</param>
/// <param name="Required">Parts of what is supported that a version must have a distribution for, even if it has
/// wheels for others only.</param>
public sealed record UniversalScope(
    MarkerRegion Supported,
    MarkerEnvironment Interpreter,
    IReadOnlyList<MarkerRegion> Required
)
{
    /// <summary>The environments whose Python a project admits.</summary>
    /// <param name="interpreter">The environment at hand.</param>
    /// <param name="requiresPython">What the project says; null, or a bound that lets in Python 2 and so says
    /// nothing: the interpreter's Python and all later ones.</param>
    public static UniversalScope Of(MarkerEnvironment interpreter, SpecifierSet? requiresPython)
    {
        var supported =
            requiresPython is { } bound && !bound.Contains("2.7.18")
                ? MarkerRegion.OfPython(bound)
                : MarkerRegion.Parse($"python_version >= '{interpreter.PythonVersion}'");
        return new(supported, interpreter, []);
    }

    /// <summary>Whether upper bounds of Requires-Python count: only where the supported Pythons have an end. No one
    /// knows which Pythons of the future a distribution will run on.</summary>
    internal bool HasLastPython { get; } = !Supported.IsOpenToLaterPythons;
}
