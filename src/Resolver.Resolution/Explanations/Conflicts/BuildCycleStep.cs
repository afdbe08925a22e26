using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>One requirement of a build dependency cycle.</summary>
/// <param name="Name">The project that requires.</param>
/// <param name="Versions">Its versions that do, ascending.</param>
/// <param name="VersionsText">The same for a person.</param>
/// <param name="Requirement">What all of them require: the next project of the cycle; its marker names the extras
/// through which they do.</param>
/// <param name="Role">Whether they require it to build or to run.</param>
public sealed record BuildCycleStep(
    string Name,
    IReadOnlyList<string> Versions,
    string VersionsText,
    string Requirement,
    Role Role
)
{
    /// <summary>The requirement for a person: without its marker, which holds.</summary>
    public string Required { get; init; } = Requirement;

    /// <summary><c>wheel 0.41 requires setuptools>=57 to build</c>.</summary>
    public string Text =>
        $"{Name} {VersionsText} {(Versions.Count > 1 ? "require" : "requires")} "
        + $"{Required}{(Role == Role.Build ? " to build" : "")}";
}
